internal import MailBytes
internal import MailMIME
internal import MailSQLite
internal import MailStore
internal import MailSystem
internal import Maildir

/// Takes correspondents out of the index: the sender of each message, and the recipients of those in the Sent folder.
///
/// `harvest_through` in the `meta` of `state.db` is the id up to which messages have been looked at; ids ascend with arrival.
struct Harvester {
  let store: Store
  let state: Database
  private let own: Set<String>

  init(store: Store, state: Database, own: [String]) {
    self.store = store
    self.state = state
    self.own = Set(own.map { mailKey($0) })
  }

  /// How many messages have got an id since the last time, at most. Costs two look-ups.
  static func waiting(_ state: Database) throws -> Int64 {
    let next = try state.integer("SELECT value FROM meta WHERE key = 'next_id'") ?? 1
    return try next - 1 - (state.integer("SELECT value FROM meta WHERE key = 'harvest_seen'") ?? 0)
  }

  private struct Row {
    var id: Int64
    var folder: Int64
    var name: String
    var sender: String
    var address: String
    var date: Int64
  }

  /// Looks at up to `limit` messages, a batch in each transaction.
  @discardableResult
  func run(limit: Int, progress: ((Int, Int) -> Void)? = nil) throws -> ContactBook.Harvest {
    let index = try store.index()
    let next = try state.integer("SELECT value FROM meta WHERE key = 'next_id'") ?? 1
    var through = try state.integer("SELECT value FROM meta WHERE key = 'harvest_through'") ?? 0
    let total = Int(try index.integer("SELECT count(*) FROM main.message WHERE id > \(through)") ?? 0)
    var done = 0
    let roles = try Dictionary(store.folders().map { ($0.id, $0.role) }, uniquingKeysWith: { one, _ in one })
    while done < limit, !interruptRequested() {
      let rows = try batch(after: through, limit: min(1_000, limit - done), index)
      guard let last = rows.last else { break }
      through = last.id
      let uses = try rows.flatMap { try self.uses(of: $0, role: roles[$0.folder] ?? nil) }
      done += rows.count
      let isAll = done >= total
      try state.transaction {
        let known = try Known(state)
        for use in uses { try known.record(use.address, use.kind, at: use.time) }
        try mark("harvest_through", through)
        if isAll { try mark("harvest_seen", next - 1) }
      }
      progress?(done, total)
    }
    if total == 0 { try state.transaction { try mark("harvest_seen", next - 1) } }
    return ContactBook.Harvest(messages: done, rest: max(0, total - done))
  }

  private func mark(_ key: String, _ value: Int64) throws {
    try state.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('\(key)', \(value))")
  }

  private func batch(after id: Int64, limit: Int, _ index: Database) throws -> [Row] {
    let select = try index.prepare(
      """
      SELECT id, folder, name, sender, sender_address, date FROM main.message WHERE id > ?1 ORDER BY id LIMIT ?2
      """)
    select.bind(id, at: 1)
    select.bind(limit, at: 2)
    var rows: [Row] = []
    while try select.step() {
      rows.append(
        Row(
          id: select.integer(0), folder: select.integer(1), name: select.text(2), sender: select.text(3),
          address: select.text(4), date: select.integer(5)))
    }
    return rows
  }

  private typealias Use = (address: Address, kind: Known.Use, time: Int64)

  private func uses(of row: Row, role: FolderRole?) throws -> [Use] {
    switch role {
    case .trash, .junk, .drafts, .templates: return []
    case .sent: return try recipients(of: row).map { ($0, .sent, row.date) }
    default:
      guard Harvester.isPerson(row.address), !own.contains(mailKey(row.address)) else { return [] }
      return [(Address(name: row.sender, address: row.address), .received, row.date)]
    }
  }

  /// The recipients are read from the message: the index has their names alone.
  private func recipients(of row: Row) throws -> [Address] {
    guard let message = try store.message(id: row.id) else { return [] }
    // A message that can't be read teaches nothing.
    guard let bytes = try? readFile(store.path(of: message), limit: 256 << 10) else { return [] }
    let envelope = Envelope(headerOf: Message(parsingHeaderOf: bytes))
    let all = envelope.to + envelope.cc + envelope.bcc
    // Who writes to hundreds at once writes to a list, not to people.
    guard all.count <= 100 else { return [] }
    return all.filter { !own.contains(mailKey($0.address)) }
  }

  /// Nobody answers such an address.
  private static func isPerson(_ address: String) -> Bool {
    let local = address.lowercased().utf8.prefix { $0 != UInt8(ascii: "@") }
    let letters = local.filter { $0.isLetter }
    for word in ["noreply", "donotreply", "mailerdaemon", "nepasrepondre", "bounce", "bounces"] {
      if letters.starts(with: word.utf8) { return false }
    }
    return true
  }
}
