internal import MailBytes
internal import MailMIME
internal import MailSQLite

/// Whom the user has written to or heard from: `known_address` in `state.db`.
struct Known {
  let database: Database
  private let find: Statement
  private let write: Statement
  private let word: Statement
  private let forgetWords: Statement

  /// A longer name is none.
  static let longestName = 200

  init(_ database: Database) throws {
    self.database = database
    find = try database.prepare(
      "SELECT id, name, score, sent, received, last, is_hidden FROM known_address WHERE key = ?1")
    write = try database.prepare(
      """
      INSERT INTO known_address(id, key, address, name, score, sent, received, last, is_hidden)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      ON CONFLICT(id) DO UPDATE SET address = excluded.address, name = excluded.name, score = excluded.score,
        sent = excluded.sent, received = excluded.received, last = excluded.last, is_hidden = excluded.is_hidden
      """)
    word = try database.prepare("INSERT OR IGNORE INTO known_word(word, address) VALUES(?1, ?2)")
    forgetWords = try database.prepare("DELETE FROM known_word WHERE address = ?1")
  }

  /// What a message had to do with an address.
  enum Use {
    /// The user wrote to it.
    case sent
    /// It wrote to the user.
    case received
  }

  /// Notes one use of `address` at `time`, in seconds since 1970.
  func record(_ address: Address, _ use: Use, at time: Int64) throws {
    let plain = mailAddress(address.address)
    let at = plain.utf8.lastIndex(of: UInt8(ascii: "@"))
    guard let at, at != plain.utf8.startIndex, plain.utf8.index(after: at) != plain.utf8.endIndex,
      plain.utf8.count <= longestMailAddress
    else { return }
    let key = mailKey(plain)
    var row = try existing(key)
    let moment = Double(max(time, 1))
    row.score = UseScore.adding(use == .sent ? moment : max(moment - UseScore.receivedPenalty, 1), to: row.score)
    if use == .sent { row.sent += 1 } else { row.received += 1 }
    let name = Known.plainName(address.name ?? "", address: plain)
    let isNew = row.id == nil
    // The latest name counts, unless it is none.
    let isRenamed = !name.isEmpty && name != row.name && (time >= row.last || row.name.isEmpty)
    if isRenamed { row.name = name }
    row.last = max(row.last, time)
    try store(row, key: key, address: plain)
    if isNew || isRenamed { try putWords(row.id ?? database.lastInsertedRow, name: row.name, address: plain) }
  }

  private struct Row {
    var id: Int64?
    var name = ""
    var score = 0.0
    var sent: Int64 = 0
    var received: Int64 = 0
    var last: Int64 = 0
    var isHidden = false
  }

  private func existing(_ key: String) throws -> Row {
    find.bind(key, at: 1)
    defer { find.reset() }
    guard try find.step() else { return Row() }
    return Row(
      id: find.integer(0), name: find.text(1), score: find.double(2), sent: find.integer(3), received: find.integer(4),
      last: find.integer(5), isHidden: find.integer(6) != 0)
  }

  private func store(_ row: Row, key: String, address: String) throws {
    write.bind(row.id, at: 1)
    write.bind(key, at: 2)
    write.bind(address, at: 3)
    write.bind(row.name, at: 4)
    write.bind(row.score, at: 5)
    write.bind(row.sent, at: 6)
    write.bind(row.received, at: 7)
    write.bind(row.last, at: 8)
    write.bind(row.isHidden ? 1 : 0, at: 9)
    try write.run()
  }

  private func putWords(_ id: Int64, name: String, address: String) throws {
    forgetWords.bind(id, at: 1)
    try forgetWords.run()
    for text in Set(ContactWords.ofName(name) + ContactWords.ofAddress(address)) {
      word.bind(text, at: 1)
      word.bind(id, at: 2)
      try word.run()
    }
  }

  /// A name that says something: not the address once more, not in quotes.
  private static func plainName(_ name: String, address: String) -> String {
    var name = trimmed(clean(name))
    if name.utf8.count > 1, let first = name.utf8.first, first == name.utf8.last,
      first == UInt8(ascii: "'") || first == UInt8(ascii: "\"")
    {
      name = trimmed(String(name.dropFirst().dropLast()))
    }
    guard name.utf8.count <= longestName else { return "" }
    return mailKey(name) == mailKey(address) ? "" : name
  }

  /// Keeps `address` from being offered as a correspondent from now on; false if it isn't known.
  func hide(_ address: String) throws -> Bool {
    let key = mailKey(mailAddress(address))
    var row = try existing(key)
    guard row.id != nil else { return false }
    row.isHidden = true
    try store(row, key: key, address: mailAddress(address))
    return true
  }
}
