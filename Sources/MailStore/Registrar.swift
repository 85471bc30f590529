internal import MailSQLite
internal import MailSystem

/// A message file that the index does not have, or has in another folder, with the id that `state.db` gave it.
struct Arrival: Sendable {
  var id: Int64
  var folder: Int64
  /// The absolute path of the folder.
  var folderPath: String
  /// With `new/` or `cur/`.
  var name: [UInt8]
  /// Those of the name, and `recent`.
  var flags: MessageFlags
  /// The id is an old one: the index may have a row for it.
  var mayBeIndexed: Bool
}

/// What `state.db` made of the changes.
struct Registration {
  var generation: Int64
  var arrivals: [Arrival] = []
  /// Those that are gone from the whole store, or whose row in the index has to make way.
  var gone: [GoneMessage] = []
}

/// Gives ids and UIDs, and knows messages again: the only code that writes rows of `state.message` for files.
struct Registrar {
  private let state: Database
  private let byKey: Statement
  private let byOtherKey: Statement
  private let insert: Statement
  private let relocate: Statement
  private let vanish: Statement
  private let whereabouts: Whereabouts?
  private let hasRekeyed: Bool

  /// `whereabouts` is needed to register; without it nothing but `forget` may be called.
  init(state: Database, whereabouts: Whereabouts? = nil) throws {
    self.state = state
    self.whereabouts = whereabouts
    byKey = try state.prepare("SELECT id, folder, vanished IS NOT NULL FROM message WHERE key = ?1", lasting: true)
    insert = try state.prepare(
      "INSERT INTO message(id, folder, key, uid, modseq, since) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", lasting: true)
    relocate = try state.prepare(
      """
      UPDATE message SET folder = ?2, uid = ?3, modseq = ?4, since = ?5, key = ?6, vanished = NULL WHERE id = ?1
      """, lasting: true)
    byOtherKey = try state.prepare(
      """
      SELECT m.id, m.folder, m.vanished IS NOT NULL FROM rekeyed r JOIN message m ON m.id = r.message WHERE r.key = ?1
      """, lasting: true)
    hasRekeyed = try state.integer("SELECT 1 FROM rekeyed LIMIT 1") != nil
    vanish = try state.prepare("UPDATE message SET vanished = ?2, modseq = ?3 WHERE id = ?1", lasting: true)
  }

  /// Numbers of a folder that go up as messages come.
  private struct Counters {
    var uidNext: Int64
    var modseq: Int64
  }

  /// Records all changes in one transaction, which is on the disk when this returns.
  func register(
    changes: inout [FolderChange], gone: [GoneMessage], forced: Bool, heirs: Heirs
  ) throws -> Registration {
    try state.transaction {
      let generation = try (state.integer("SELECT value FROM meta WHERE key = 'generation'") ?? 0) + 1
      var registration = Registration(generation: generation)
      for number in changes.indices where changes[number].id == 0 {
        changes[number].id = try folderID(named: changes[number].found.name)
      }
      var counters = try folderCounters()
      for change in changes where !change.renamed.isEmpty {
        try recordFlagChanges(change, counters: &counters)
      }
      var goneByID = Dictionary(gone.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      registration.arrivals = try admit(&changes, goneByID: &goneByID, counters: &counters)
      let time = now() / 1_000_000_000
      for id in goneByID.keys {
        try heirs.remember(id)
        vanish.bind(id, at: 1)
        vanish.bind(time, at: 2)
        vanish.bind(nextModseq(of: goneByID[id]?.folder ?? 0, &counters), at: 3)
        try vanish.run()
      }
      registration.gone = gone.filter { goneByID[$0.id] != nil }
      if forced { try dropRowsWithoutFile(changes, time: time) }
      try purge(before: time - 30 * 86_400)
      try writeCounters(counters)
      try state.execute("UPDATE meta SET value = \(generation) WHERE key = 'generation'")
      return registration
    }
  }

  /// Marks rows as vanished whose file could not be read any more.
  func forget(_ ids: [Int64]) throws {
    try state.transaction {
      for id in ids {
        try state.execute("UPDATE message SET vanished = unixepoch() WHERE id = \(id)")
      }
    }
  }

  // MARK: New messages

  /// All that appeared, in the order of their names (which begin with the time of delivery), each with its id.
  private func admit(
    _ changes: inout [FolderChange], goneByID: inout [Int64: GoneMessage], counters: inout [Int64: Counters]
  ) throws -> [Arrival] {
    let order = arrivalOrder(changes)
    let isFirst = try state.integer("SELECT 1 FROM message LIMIT 1") == nil
    let time = now() / 1_000_000_000
    let origins = try Origins(state: state)
    let names = try folderNames()
    var nextID = try state.integer("SELECT value FROM meta WHERE key = 'next_id'") ?? 1
    var arrivals: [Arrival] = []
    arrivals.reserveCapacity(order.count)
    for place in order {
      let change = changes[Int(place.change)]
      let entry = change.appeared[Int(place.entry)]
      let key = Array(change.listing.key(of: entry))
      var arrival = Arrival(
        id: 0, folder: change.id, folderPath: change.found.path, name: change.listing.pathName(of: entry),
        flags: entry.flags, mayBeIndexed: false)
      let file = change.found.path + "/" + String(decoding: arrival.name, as: UTF8.self)
      let origin = isFirst ? .new : try recognise(key, file: file, folder: change.id, goneByID: goneByID)
      if case .moving = origin {
        changes[Int(place.change)].isSettled = false
        continue
      }
      if case .known(let known) = origin {
        arrival.id = known.id
        arrival.mayBeIndexed = true
        if known.isElsewhere || known.isVanished {
          relocate.bind(known.id, at: 1)
          relocate.bind(change.id, at: 2)
          relocate.bind(nextUID(of: change.id, &counters), at: 3)
          relocate.bind(nextModseq(of: change.id, &counters), at: 4)
          relocate.bind(time, at: 5)
          relocate.bind(text: key, at: 6)
          try relocate.run()
          if known.isElsewhere, let store = whereabouts?.store {
            let source = names[known.folder] ?? ""
            try origins.messageMoved(
              known.id, from: source, isFromTrash: store.isInTrash(source),
              toTrash: store.isInTrash(change.found.name))
          }
        }
        goneByID[known.id] = nil
      } else {
        arrival.id = nextID
        nextID += 1
        insert.bind(arrival.id, at: 1)
        insert.bind(change.id, at: 2)
        insert.bind(text: key, at: 3)
        insert.bind(nextUID(of: change.id, &counters), at: 4)
        insert.bind(nextModseq(of: change.id, &counters), at: 5)
        insert.bind(isFirst ? nil : time, at: 6)
        try insert.run()
        if !isFirst { try copyAnnotations(key: key, to: arrival.id) }
      }
      arrivals.append(arrival)
    }
    try state.execute("UPDATE meta SET value = \(nextID) WHERE key = 'next_id'")
    return arrivals
  }

  private struct Place {
    var seconds: Int64
    var change: Int32
    var entry: Int32
  }

  private func arrivalOrder(_ changes: [FolderChange]) -> [Place] {
    var order: [Place] = []
    order.reserveCapacity(changes.reduce(0) { $0 + $1.appeared.count })
    for (number, change) in changes.enumerated() {
      for (place, entry) in change.appeared.enumerated() {
        let seconds = deliverySeconds(ofName: change.listing.name(of: entry)) ?? .max
        order.append(Place(seconds: seconds, change: Int32(number), entry: Int32(place)))
      }
    }
    order.sort { first, second in
      if first.seconds != second.seconds { return first.seconds < second.seconds }
      let one = changes[Int(first.change)]
      let other = changes[Int(second.change)]
      return one.listing.name(of: one.appeared[Int(first.entry)])
        .lexicographicallyPrecedes(other.listing.name(of: other.appeared[Int(second.entry)]))
    }
    return order
  }

  private func folderNames() throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    let select = try state.prepare("SELECT id, name FROM folder")
    while try select.step() { names[select.integer(0)] = select.text(1) }
    return names
  }

  private struct Known {
    var id: Int64
    /// The number of the folder it was in.
    var folder: Int64
    var isElsewhere: Bool
    var isVanished: Bool
  }

  /// Where a message comes from that appeared in a folder.
  private enum Origin {
    /// It was never seen, or is a copy.
    case new
    /// It has a row, in this folder or in one from which it has gone.
    case known(Known)
    /// It is on its way between two folders at this moment, and is looked for again later.
    case moving
  }

  /// What the rows with this key make of `file`, which appeared in `folder`.
  private func recognise(
    _ key: [UInt8], file: String, folder: Int64, goneByID: [Int64: GoneMessage]
  ) throws -> Origin {
    byKey.bind(text: key, at: 1)
    var here: Known?
    var elsewhere: [(known: Known, folder: Int64)] = []
    while try byKey.step() {
      let row = known(byKey, folder: folder)
      if row.isElsewhere { elsewhere.append((row, byKey.integer(1))) } else { here = row }
    }
    byKey.reset()
    if here == nil, elsewhere.isEmpty, hasRekeyed {
      byOtherKey.bind(text: key, at: 1)
      defer { byOtherKey.reset() }
      return try byOtherKey.step() ? .known(known(byOtherKey, folder: folder)) : .new
    }
    if let here, !here.isVanished { return .known(here) }
    var moved = elsewhere.first { goneByID[$0.known.id] != nil }?.known
    for row in elsewhere where moved == nil && !row.known.isVanished {
      guard let whereabouts else { continue }
      if try !whereabouts.isStillThere(id: row.known.id, folder: row.folder, key: key) {
        moved = row.known
      } else if !whereabouts.exists(file) {
        return .moving
      }
    }
    if let moved {
      // What is recorded here of the same key was this message on an earlier visit.
      if let here { try forgetRow(here.id) }
      return .known(moved)
    }
    if let here { return .known(here) }
    return elsewhere.first { $0.known.isVanished }.map { .known($0.known) } ?? .new
  }

  private func known(_ row: Statement, folder: Int64) -> Known {
    Known(
      id: row.integer(0), folder: row.integer(1), isElsewhere: row.integer(1) != folder, isVanished: row.integer(2) != 0
    )
  }

  private func forgetRow(_ id: Int64) throws {
    try state.execute(
      """
      DELETE FROM trashed WHERE message = \(id);
      DELETE FROM departed WHERE message = \(id);
      DELETE FROM message_tag WHERE message = \(id);
      DELETE FROM message_keyword WHERE message = \(id);
      DELETE FROM comment WHERE message = \(id);
      DELETE FROM message WHERE id = \(id);
      """)
  }

  /// A copy of a message has its tags and its comment.
  private func copyAnnotations(key: [UInt8], to id: Int64) throws {
    byKey.bind(text: key, at: 1)
    defer { byKey.reset() }
    while try byKey.step() {
      let source = byKey.integer(0)
      if source == id { continue }
      try state.execute(
        """
        INSERT OR IGNORE INTO message_tag(message, tag) SELECT \(id), tag FROM message_tag WHERE message = \(source);
        INSERT OR IGNORE INTO message_keyword(message, keyword)
          SELECT \(id), keyword FROM message_keyword WHERE message = \(source);
        INSERT OR IGNORE INTO comment(message, text, changed)
          SELECT \(id), text, changed FROM comment WHERE message = \(source);
        """)
      return
    }
  }

  // MARK: Rows that go

  /// Where everything is compared: rows of folders that are not there, and of those whose file was not listed.
  private func dropRowsWithoutFile(_ changes: [FolderChange], time: Int64) throws {
    let present = changes.map { String($0.id) }.joined(separator: ",")
    try state.execute(
      "UPDATE message SET vanished = \(time) WHERE vanished IS NULL AND folder NOT IN (\(present))")
    for change in changes where change.isSettled && change.listing.isStable {
      var present = Set<[UInt8]>()
      for entry in change.listing.entries { present.insert(Array(change.listing.key(of: entry))) }
      let select = try state.prepare("SELECT id, key FROM message WHERE folder = ?1 AND vanished IS NULL")
      select.bind(change.id, at: 1)
      var stale: [Int64] = []
      while try select.step() {
        if !present.contains(select.bytes(1)) { stale.append(select.integer(0)) }
      }
      for id in stale {
        try state.execute("UPDATE message SET vanished = \(time) WHERE id = \(id)")
      }
    }
  }

  private func purge(before time: Int64) throws {
    if hasRekeyed { try state.execute("DELETE FROM rekeyed WHERE time < \(time) AND is_pending = 0") }
    guard try state.integer("SELECT 1 FROM message WHERE vanished < \(time) LIMIT 1") != nil else { return }
    try state.execute(
      """
      DELETE FROM message_tag WHERE message IN (SELECT id FROM message WHERE vanished < \(time));
      DELETE FROM trashed WHERE message IN (SELECT id FROM message WHERE vanished < \(time));
      DELETE FROM departed WHERE message IN (SELECT id FROM message WHERE vanished < \(time));
      DELETE FROM message_keyword WHERE message IN (SELECT id FROM message WHERE vanished < \(time));
      DELETE FROM comment WHERE message IN (SELECT id FROM message WHERE vanished < \(time));
      DELETE FROM message WHERE vanished < \(time);
      """)
  }

  // MARK: Folders

  private func folderID(named name: String) throws -> Int64 {
    let insert = try state.prepare(
      """
      INSERT INTO folder(name, uidvalidity) VALUES(?1, \(Schema.nextUIDValidity)) ON CONFLICT(name) DO NOTHING
      """)
    insert.bind(name, at: 1)
    try insert.run()
    let select = try state.prepare("SELECT id FROM folder WHERE name = ?1")
    select.bind(name, at: 1)
    return try select.step() ? select.integer(0) : 0
  }

  private func folderCounters() throws -> [Int64: Counters] {
    var counters: [Int64: Counters] = [:]
    let select = try state.prepare("SELECT id, uidnext, modseq FROM folder")
    while try select.step() {
      counters[select.integer(0)] = Counters(uidNext: select.integer(1), modseq: select.integer(2))
    }
    return counters
  }

  private func writeCounters(_ counters: [Int64: Counters]) throws {
    let update = try state.prepare(
      "UPDATE folder SET uidnext = ?2, modseq = ?3 WHERE id = ?1 AND (uidnext <> ?2 OR modseq <> ?3)")
    for (folder, value) in counters {
      update.bind(folder, at: 1)
      update.bind(value.uidNext, at: 2)
      update.bind(value.modseq, at: 3)
      try update.run()
    }
  }

  private func nextUID(of folder: Int64, _ counters: inout [Int64: Counters]) -> Int64 {
    let uid = counters[folder]?.uidNext ?? 1
    counters[folder, default: Counters(uidNext: 1, modseq: 1)].uidNext = uid + 1
    return uid
  }

  private func nextModseq(of folder: Int64, _ counters: inout [Int64: Counters]) -> Int64 {
    let modseq = (counters[folder]?.modseq ?? 1) + 1
    counters[folder, default: Counters(uidNext: 1, modseq: 1)].modseq = modseq
    return modseq
  }

  private func recordFlagChanges(_ change: FolderChange, counters: inout [Int64: Counters]) throws {
    let update = try state.prepare("UPDATE message SET modseq = ?2 WHERE id = ?1")
    for message in change.renamed {
      update.bind(message.id, at: 1)
      update.bind(nextModseq(of: change.id, &counters), at: 2)
      try update.run()
    }
  }
}

/// The number that a name begins with: the time of delivery in seconds with all programs that follow the Maildir
/// convention. Nil if it begins otherwise.
func deliverySeconds(ofName name: ArraySlice<UInt8>) -> Int64? {
  var value: Int64 = 0
  var digits = 0
  for byte in name {
    guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 12 else { break }
    value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    digits += 1
  }
  return digits == 0 ? nil : value
}
