internal import MailSQLite

/// The rows of `message` and `envelope`: how they are put in, moved and taken out.
struct IndexWriter {
  let threads: ThreadTable
  private let key: HashKey
  private let insertMessage: Statement
  private let insertEnvelope: Statement
  private let selectMessage: Statement
  private let update: Statement
  private let deleteStatements: [Statement]
  private let textThrough: Int64

  /// With `onlyRemoves`, in a transaction that has begun, tables that are empty are passed over.
  init(index: Database, key: HashKey, onlyRemoves: Bool = false) throws {
    self.key = key
    threads = try ThreadTable(index: index)
    insertMessage = try index.prepare(
      """
      INSERT OR REPLACE INTO message(id, folder, name, flags, date, received, size, thread, sender, subject,
        sender_address, recipients, message_id) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
      """, lasting: true)
    insertEnvelope = try index.prepare(
      "INSERT OR REPLACE INTO envelope(id, hash, refs, subject_key) VALUES(?1, ?2, ?3, ?4)", lasting: true)
    selectMessage = try index.prepare("SELECT folder, flags, size FROM message WHERE id = ?1", lasting: true)
    update = try index.prepare("UPDATE message SET folder = ?2, name = ?3, flags = ?4 WHERE id = ?1", lasting: true)
    let isFilled = { (table: String) in
      try !onlyRemoves || index.integer("SELECT 1 FROM \(table) LIMIT 1") != nil
    }
    var deletions: [String] = []
    textThrough = try index.integer("SELECT value FROM meta WHERE key = 'text_through'") ?? 0
    // First: what has text leaves a tombstone, with the marks that only the text gave.
    if !onlyRemoves || textThrough > 0 {
      deletions.append(
        """
        INSERT OR IGNORE INTO tombstone(id, marks) SELECT id, flags & \(MessageFlags.fromText.rawValue) FROM message
        WHERE id = ?1 AND id <= (SELECT value FROM meta WHERE key = 'text_through')
          AND id NOT IN (SELECT id FROM text_pending)
        """)
    }
    deletions += ["DELETE FROM message WHERE id = ?1", "DELETE FROM envelope WHERE id = ?1"]
    for table in ["text_pending", "unreadable"] where try isFilled(table) {
      deletions.append("DELETE FROM \(table) WHERE id = ?1")
    }
    reports = try ReportTable(index: index)
    if try isFilled("report") { deletions.append("DELETE FROM report WHERE message = ?1") }
    deleteStatements = try deletions.map { try index.prepare($0, lasting: true) }
    takeFromTombs = try index.prepare("DELETE FROM tombstone WHERE id = ?1", lasting: true)
    takeMarks = try index.prepare(
      """
      UPDATE message SET flags = flags & ~\(MessageFlags.fromText.rawValue) | (SELECT marks FROM tombstone WHERE id = ?1)
      WHERE id = ?1 AND id IN (SELECT id FROM tombstone)
      """, lasting: true)
    noteUnreadable = try index.prepare("INSERT OR IGNORE INTO unreadable(id) VALUES(?1)", lasting: true)
    deleteUnreadable = try index.prepare("DELETE FROM unreadable WHERE id = ?1", lasting: true)
    addPending = try index.prepare("INSERT OR IGNORE INTO text_pending(id) VALUES(?1)", lasting: true)
    self.index = index
  }

  private let index: Database
  private let reports: ReportTable
  private let takeFromTombs: Statement
  private let takeMarks: Statement
  private let addPending: Statement
  private let noteUnreadable: Statement
  private let deleteUnreadable: Statement

  /// Puts a message in that has just been read.
  func insert(_ record: EnvelopeRecord, arrival: Arrival, bySubject: Bool) throws {
    var hashes: [Int64] = record.references.map(key.hash)
    let references = hashes
    let own: Int64? = record.messageID.isEmpty ? nil : key.hash(record.messageID)
    if let own { hashes.append(own) }
    if bySubject, !record.subjectKey.isEmpty { hashes.append(key.hash("subject \(record.subjectKey)")) }
    let thread = try threads.thread(ofMessage: arrival.id, mentioning: hashes)
    insertMessage.bind(arrival.id, at: 1)
    insertMessage.bind(arrival.folder, at: 2)
    insertMessage.bind(text: arrival.name, at: 3)
    let marks = try record.marks.union(reports.marks(ofMessage: own))
    insertMessage.bind(arrival.flags.union(marks).rawValue, at: 4)
    insertMessage.bind(record.date, at: 5)
    insertMessage.bind(record.received, at: 6)
    insertMessage.bind(record.size, at: 7)
    insertMessage.bind(thread, at: 8)
    insertMessage.bind(record.sender, at: 9)
    insertMessage.bind(record.subject, at: 10)
    insertMessage.bind(record.senderAddress, at: 11)
    insertMessage.bind(record.recipients, at: 12)
    insertMessage.bind(record.messageID, at: 13)
    try insertMessage.run()
    insertEnvelope.bind(arrival.id, at: 1)
    insertEnvelope.bind(own, at: 2)
    insertEnvelope.bind(blob: packed(references), at: 3)
    insertEnvelope.bind(record.subjectKey, at: 4)
    try insertEnvelope.run()
    if !record.reports.isEmpty { try reports.add(record.reports, from: arrival.id, at: record.date, key: key) }
    if record.isUnreadable {
      noteUnreadable.bind(arrival.id, at: 1)
      try noteUnreadable.run()
    }
  }

  /// What is to be done besides when an old message has got a row again.
  func admitAgain(_ arrival: Arrival) throws {
    if arrival.mayBeIndexed, arrival.id <= textThrough { try bringBack(arrival.id) }
  }

  /// The message could be read at last.
  func forgetUnreadable(_ id: Int64) throws {
    deleteUnreadable.bind(id, at: 1)
    try deleteUnreadable.run()
  }

  /// A message that had gone has come back: its text may still be there.
  private func bringBack(_ id: Int64) throws {
    takeMarks.bind(id, at: 1)
    try takeMarks.run()
    takeFromTombs.bind(id, at: 1)
    try takeFromTombs.run()
    if index.changes == 0 {
      addPending.bind(id, at: 1)
      try addPending.run()
    }
  }

  /// Gives the row of a known message its new folder and name. False: there is no row.
  func move(_ arrival: Arrival, counts: inout FolderCounts) throws -> Bool {
    selectMessage.bind(arrival.id, at: 1)
    guard try selectMessage.step() else { return false }
    let folder = selectMessage.integer(0)
    let flags = MessageFlags(rawValue: selectMessage.integer(1))
    let size = selectMessage.integer(2)
    selectMessage.reset()
    let changed = flags.subtracting(MessageFlags.inName.union(.recent)).union(arrival.flags)
    counts.remove(folder: folder, flags: flags, size: size)
    counts.add(folder: arrival.folder, flags: changed, size: size)
    try set(arrival.id, folder: arrival.folder, name: arrival.name, flags: changed)
    return true
  }

  /// Gives a row its new name and flags. What it had is read here: others may have changed it since it was compared.
  func rename(_ message: RenamedMessage, counts: inout FolderCounts) throws {
    selectMessage.bind(message.id, at: 1)
    guard try selectMessage.step() else { return }
    let folder = selectMessage.integer(0)
    let old = MessageFlags(rawValue: selectMessage.integer(1))
    selectMessage.reset()
    let flags = old.subtracting(MessageFlags.inName.union(.recent)).union(message.flags)
    try set(message.id, folder: folder, name: message.name, flags: flags)
    counts.change(folder: folder, from: old, to: flags)
  }

  /// Writes folder, name and flags of a row.
  func set(_ id: Int64, folder: Int64, name: [UInt8], flags: MessageFlags) throws {
    update.bind(id, at: 1)
    update.bind(folder, at: 2)
    update.bind(text: name, at: 3)
    update.bind(flags.rawValue, at: 4)
    try update.run()
  }

  /// Takes a message out; its text stays as a tombstone.
  func remove(_ id: Int64, counts: inout FolderCounts) throws {
    selectMessage.bind(id, at: 1)
    guard try selectMessage.step() else { return }
    counts.remove(
      folder: selectMessage.integer(0), flags: MessageFlags(rawValue: selectMessage.integer(1)),
      size: selectMessage.integer(2))
    selectMessage.reset()
    for statement in deleteStatements {
      statement.bind(id, at: 1)
      try statement.run()
    }
  }

  /// Eight bytes a hash, big-endian.
  private func packed(_ hashes: [Int64]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * 8)
    for hash in hashes {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: hash >> Int64(shift)))
      }
    }
    return bytes
  }
}
