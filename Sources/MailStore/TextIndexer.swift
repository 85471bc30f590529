internal import MailSQLite
internal import MailSystem

/// Brings the full text up to date, in the order of arrival, under a lock that only one process holds at a time.
///
/// INVARIANT: `text_through` in meta is the highest id whose text was looked for, and is written in the transaction that
/// writes the text. Messages that could not be read then stand in `text_pending`.
struct TextIndexer {
  /// How long a transaction may hold other writers up, in nanoseconds: short for a few messages; for many as long as
  /// it takes SQLite to fill the 16 MiB that it then writes in one go.
  static let shortTransaction: Int64 = 50_000_000
  static let longTransaction: Int64 = 500_000_000
  /// From how many messages on the long transactions are used.
  static let many = 2000

  private let store: Store
  private let index: Database
  private let insertText: Statement
  private let setMarks: Statement
  private let addPending: Statement
  private let deletePending: Statement
  private let addresses: AddressTable
  private let limit: Int64
  private let progress: ((SyncProgress) -> Void)?

  init(store: Store, count: Int, progress: ((SyncProgress) -> Void)?) throws {
    self.store = store
    self.progress = progress
    index = try store.indexWriter()
    limit = count >= TextIndexer.many ? TextIndexer.longTransaction : TextIndexer.shortTransaction
    if count >= TextIndexer.many { try index.execute("PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=16384") }
    insertText = try index.prepare(
      """
      INSERT INTO text(rowid, subject, sender, recipient, copy, body, attachment)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """, lasting: true)
    let marks = MessageFlags.fromText
    setMarks = try index.prepare(
      """
      UPDATE message SET flags = flags & ~\(marks.rawValue) | ?2 WHERE id = ?1 AND flags & \(marks.rawValue) <> ?2
      """, lasting: true)
    addPending = try index.prepare("INSERT OR IGNORE INTO text_pending(id) VALUES(?1)", lasting: true)
    deletePending = try index.prepare("DELETE FROM text_pending WHERE id = ?1", lasting: true)
    addresses = try AddressTable(index: index)
  }

  /// Indexes `sources`, which come in the order of their ids; `through`: they are those behind the mark, which follows.
  func run(_ sources: [TextSource], through: Bool) throws {
    let jobs = divide(sources)
    let reader = TextReader()
    var begun = now()
    var breaks = 0
    var done = 0
    try index.execute("BEGIN IMMEDIATE")
    do {
      try orderedPipeline(
        count: jobs.count, workers: jobs.count < 4 ? 0 : processorCount(), window: 12,
        produce: { job in sources[jobs[job]].map { reader.read($0) } },
        consume: { job, records in
          for (offset, record) in records.enumerated() {
            try write(record, for: sources[jobs[job].lowerBound + offset], through: through)
          }
          done += records.count
          if now() - begun >= limit {
            try commit(upTo: through ? sources[done - 1].id : nil)
            // Whoever waits to write looks every hundredth of a second at first, then every tenth.
            breaks += 1
            sleep(nanoseconds: breaks % 4 == 0 ? 105_000_000 : 2_000_000)
            try index.execute("BEGIN IMMEDIATE")
            begun = now()
          }
          progress?(SyncProgress(phase: .text, done: done, total: sources.count))
        })
      try commit(upTo: through ? sources.last?.id : nil)
    } catch {
      index.rollBack()
      throw error
    }
  }

  /// Every transaction leaves a segment of the full text behind, and every word is looked up in all of them. After so many
  /// they are merged.
  static let segmentLimit: Int64 = 48

  /// Merges segments when there are many, in transactions of some hundredths of a second.
  ///
  /// SQLite would do it by itself, but at its own time: a tenth of the work in the middle of the first index, or
  /// all of it in the next short transaction.
  func tidy() throws {
    let segments = try index.integer("SELECT value FROM meta WHERE key = 'text_segments'") ?? 0
    guard segments >= TextIndexer.segmentLimit else { return }
    try index.execute("PRAGMA wal_autocheckpoint=16384")
    var rounds = 0
    // INVARIANT of FTS5: a merge that finds nothing to do changes less than two rows.
    while try mergeChanges() >= 2, rounds < 10_000 { rounds += 1 }
    try index.execute("UPDATE meta SET value = 0 WHERE key = 'text_segments'")
  }

  private func mergeChanges() throws -> Int64 {
    let before = try index.integer("SELECT total_changes()") ?? 0
    try index.execute("INSERT INTO text(text, rank) VALUES('merge', 500)")
    return try (index.integer("SELECT total_changes()") ?? 0) - before
  }

  /// Jobs of at most 32 messages and about a megabyte.
  private func divide(_ sources: [TextSource]) -> [Range<Int>] {
    var jobs: [Range<Int>] = []
    var start = 0
    var bytes: Int64 = 0
    for (number, source) in sources.enumerated() {
      if number > start, number - start == 32 || bytes + source.size > 1 << 20 {
        jobs.append(start..<number)
        start = number
        bytes = 0
      }
      bytes += source.size
    }
    if start < sources.count { jobs.append(start..<sources.count) }
    return jobs
  }

  private func write(_ record: TextRecord?, for source: TextSource, through: Bool) throws {
    guard let record else {
      addPending.bind(source.id, at: 1)
      return try addPending.run()
    }
    insertText.bind(source.id, at: 1)
    for (number, column) in record.columns.enumerated() { insertText.bind(text: column, at: Int32(number + 2)) }
    try insertText.run()
    setMarks.bind(source.id, at: 1)
    setMarks.bind(record.marks.rawValue, at: 2)
    try setMarks.run()
    for correspondent in record.correspondents { try addresses.add(correspondent, message: source.id) }
    if !through {
      deletePending.bind(source.id, at: 1)
      try deletePending.run()
    }
  }

  private func commit(upTo id: Int64?) throws {
    try addresses.flush()
    if let id { try index.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('text_through', \(id))") }
    try index.execute(
      """
      INSERT INTO meta(key, value) VALUES('text_segments', 1) ON CONFLICT(key) DO UPDATE SET value = value + 1;
      COMMIT
      """)
  }
}

/// The tables `address` and `correspondent`: who has to do with which message.
final class AddressTable {
  private static let cacheLimit = 100_000

  private let find: Statement
  private let insertAddress: Statement
  private let insertCorrespondent: Statement
  private let index: Database
  private var known: [String: Int64] = [:]
  private var fresh: [(address: Int64, message: Int64, role: Int64)] = []

  init(index: Database) throws {
    self.index = index
    find = try index.prepare("SELECT id FROM address WHERE address = ?1", lasting: true)
    // INVARIANT: no statement here opens a statement journal (as RETURNING does): FTS5 would write a segment each time.
    insertAddress = try index.prepare("INSERT INTO address(address, domain) VALUES(?1, ?2)", lasting: true)
    insertCorrespondent = try index.prepare(
      "INSERT OR IGNORE INTO correspondent(address, message, role) VALUES(?1, ?2, ?3)", lasting: true)
  }

  func add(_ correspondent: TextRecord.Correspondent, message: Int64) throws {
    fresh.append((try id(of: correspondent), message, correspondent.role.rawValue))
  }

  private func id(of correspondent: TextRecord.Correspondent) throws -> Int64 {
    if let id = known[correspondent.address] { return id }
    if known.count >= AddressTable.cacheLimit { known.removeAll(keepingCapacity: true) }
    find.bind(correspondent.address, at: 1)
    let id: Int64
    if try find.step() {
      id = find.integer(0)
      find.reset()
    } else {
      insertAddress.bind(correspondent.address, at: 1)
      insertAddress.bind(correspondent.domain, at: 2)
      try insertAddress.run()
      id = index.lastInsertedRow
    }
    known[correspondent.address] = id
    return id
  }

  /// Writes what was added, in the order of the table.
  func flush() throws {
    fresh.sort { ($0.address, $0.message, $0.role) < ($1.address, $1.message, $1.role) }
    for row in fresh {
      insertCorrespondent.bind(row.address, at: 1)
      insertCorrespondent.bind(row.message, at: 2)
      insertCorrespondent.bind(row.role, at: 3)
      try insertCorrespondent.run()
    }
    fresh.removeAll(keepingCapacity: true)
  }
}
