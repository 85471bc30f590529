internal import MailSQLite
internal import MailSystem

/// Brings both databases up to date with the files, under the lock that only one process holds at a time.
///
/// INVARIANT: `state.db` commits first. What it gave (ids, UIDs) the index takes over; if the process dies in between, the
/// generations differ and the next one compares everything.
struct Synchroniser {
  let store: Store
  let index: Database
  let state: Database
  let key: HashKey
  let progress: ((SyncProgress) -> Void)?

  init(store: Store, progress: ((SyncProgress) -> Void)?) throws {
    self.store = store
    self.index = try store.indexWriter()
    self.state = try store.stateWriter()
    self.key = try store.hashKey()
    self.progress = progress
  }

  /// Compares, and writes what differs. False: something changed meanwhile, and it should be run once more.
  func run(found: [FoundFolder], recorded: [RecordedFolder], forced: Bool) throws -> Bool {
    let byName = Dictionary(recorded.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var changes: [FolderChange] = []
    for folder in found {
      let known = byName[folder.name]
      if !forced, let known, !known.mayDiffer(from: folder), known.path == store.relativePath(folder.path),
        known.role == folder.role
      {
        continue
      }
      changes.append(
        try FolderChange(found: folder, recorded: known, forced: forced, index: index, key: key))
    }
    let names = Set(found.map(\.name))
    let removed = recorded.filter { !names.contains($0.name) }
    for folder in removed {
      // A folder that this user may not enter has not gone. What is not there at all throws another error.
      do throws(SystemError) {
        _ = try fileStatus(store.absolutePath(ofFolder: folder.path) + "/cur")
      } catch {
        if error.isNotPermitted { throw error }
      }
    }
    if changes.contains(where: { !$0.gone.isEmpty }), somethingChanged(since: changes, in: found) {
      // What is gone from one folder may lie in another that was listed before it went there.
      for place in changes.indices where !changes[place].gone.isEmpty {
        changes[place].gone = []
        changes[place].isSettled = false
      }
      sleep(nanoseconds: Freshness.resolution)
    }
    var gone = changes.flatMap(\.gone)
    for folder in removed { gone += try everything(in: folder) }
    if changes.allSatisfy({ $0.isEmpty && $0.id != 0 }), gone.isEmpty, removed.isEmpty, !forced {
      try index.transaction {
        for change in changes { try insertFolder(change) }
        try recordTimes(changes)
      }
      return changes.allSatisfy(\.isSettled)
    }
    let heirs = try Heirs(state: state, index: index)
    let registrar = try Registrar(
      state: state, whereabouts: Whereabouts(store: store, index: index, key: key))
    let plan = try registrar.register(changes: &changes, gone: gone, forced: forced, heirs: heirs)
    return try writeIndex(changes: changes, removed: removed, plan: plan, heirs: heirs)
  }

  /// Whether a folder may have changed since it was looked at.
  private func somethingChanged(since changes: [FolderChange], in found: [FoundFolder]) -> Bool {
    let listings = Dictionary(changes.map { ($0.found.name, $0.listing) }, uniquingKeysWith: { first, _ in first })
    for folder in found {
      let listing = listings[folder.name]
      let started = listing?.started ?? .max
      let cur = listing?.cur.time ?? folder.curTime
      let new = listing?.new.time ?? folder.newTime
      if max(cur, new) > started - Freshness.resolution { return true }
      // A directory that is not there has no time, as before.
      if (try? fileStatus(folder.path + "/cur").modificationTime) ?? -1 != cur { return true }
      if (try? fileStatus(folder.path + "/new").modificationTime) ?? -1 != new { return true }
    }
    return false
  }

  private func everything(in folder: RecordedFolder) throws -> [GoneMessage] {
    let select = try index.prepare("SELECT id, flags, size FROM message WHERE folder = ?1")
    select.bind(folder.id, at: 1)
    var gone: [GoneMessage] = []
    while try select.step() {
      gone.append(
        GoneMessage(
          id: select.integer(0), folder: folder.id, flags: MessageFlags(rawValue: select.integer(1)),
          size: select.integer(2)))
    }
    return gone
  }

  // MARK: The index

  private func writeIndex(
    changes: [FolderChange], removed: [RecordedFolder], plan: Registration, heirs: Heirs
  ) throws -> Bool {
    var counts = FolderCounts()
    let writer = try IndexWriter(index: index, key: key)
    var arrivals: [Arrival] = []
    try index.transaction {
      for change in changes { try insertFolder(change) }
      for message in plan.gone { try writer.remove(message.id, counts: &counts) }
      for change in changes {
        for message in change.renamed { try writer.rename(message, counts: &counts) }
      }
      for arrival in plan.arrivals {
        if arrival.mayBeIndexed, try writer.move(arrival, counts: &counts) { continue }
        arrivals.append(arrival)
      }
      try counts.write(to: index)
      for folder in removed { try index.execute("DELETE FROM folder WHERE id = \(folder.id)") }
    }
    let lost = try addMessages(arrivals, writer: writer)
    try heirs.settle(arrivals)
    let isComplete = lost.isEmpty && changes.allSatisfy(\.isSettled)
    try index.transaction {
      let open = Set(lost.map(\.folder))
      try recordTimes(
        changes.map { change in
          var change = change
          if open.contains(change.id) { change.isSettled = false }
          return change
        })
      let identity = try state.integer("SELECT value FROM meta WHERE key = 'identity'") ?? 0
      try index.execute(
        """
        INSERT OR REPLACE INTO meta(key, value) VALUES('generation', \(plan.generation));
        INSERT OR REPLACE INTO meta(key, value) VALUES('identity', \(identity))
        """)
    }
    if !lost.isEmpty { try Registrar(state: state).forget(lost.map(\.id)) }
    return isComplete
  }

  /// Reads the new messages and puts them into the index, in transactions of some thousand; gives those whose file was
  /// gone when it was to be read.
  func addMessages(_ arrivals: [Arrival], writer: IndexWriter) throws -> [Arrival] {
    guard !arrivals.isEmpty else { return [] }
    let batch = arrivals.count < 256 ? 1 : 64
    let jobs = (arrivals.count + batch - 1) / batch
    let reader = EnvelopeReader()
    var lost: [Arrival] = []
    var counts = FolderCounts()
    var inTransaction = 0
    try writer.threads.begin(expecting: arrivals.count)
    try index.execute("BEGIN IMMEDIATE")
    do {
      try orderedPipeline(
        count: jobs, workers: jobs < 4 ? 0 : processorCount(), window: 32,
        produce: { job in
          (job * batch..<min(arrivals.count, (job + 1) * batch)).map { reader.read(arrivals[$0]) }
        },
        consume: { job, records in
          for (offset, record) in records.enumerated() {
            let arrival = arrivals[job * batch + offset]
            guard let record else {
              lost.append(arrival)
              continue
            }
            try writer.insert(record, arrival: arrival, bySubject: store.options.threadsBySubject)
            try writer.admitAgain(arrival)
            counts.add(folder: arrival.folder, flags: arrival.flags, size: record.size)
          }
          inTransaction += records.count
          if inTransaction >= 8192 {
            try writer.threads.flush()
            try counts.write(to: index)
            counts = FolderCounts()
            try index.execute("COMMIT; BEGIN IMMEDIATE")
            inTransaction = 0
          }
          progress?(SyncProgress(phase: .envelopes, done: job * batch + records.count, total: arrivals.count))
        })
      try writer.threads.flush()
      try counts.write(to: index)
      try index.execute("COMMIT")
    } catch {
      index.rollBack()
      throw error
    }
    return lost
  }

  // MARK: Files that could not be read

  /// Reads those again that are listed without their header, because a call failed when it was their turn.
  func readAgain() throws {
    let select = try index.prepare(
      """
      SELECT m.id, m.folder, f.path, m.name, m.flags, m.size FROM unreadable u JOIN message m ON m.id = u.id
      JOIN folder f ON f.id = m.folder
      """)
    var waiting: [(arrival: Arrival, old: MessageFlags, size: Int64)] = []
    while try select.step() {
      let old = MessageFlags(rawValue: select.integer(4))
      let arrival = Arrival(
        id: select.integer(0), folder: select.integer(1), folderPath: store.absolutePath(ofFolder: select.text(2)),
        name: select.bytes(3), flags: old.intersection(MessageFlags.inName.union(.recent)), mayBeIndexed: true)
      waiting.append((arrival, old, select.integer(5)))
    }
    guard !waiting.isEmpty else { return }
    let reader = EnvelopeReader()
    let writer = try IndexWriter(index: index, key: key)
    try writer.threads.begin(expecting: waiting.count)
    var counts = FolderCounts()
    try index.transaction {
      for (arrival, old, size) in waiting {
        guard let record = reader.read(arrival), !record.isUnreadable else { continue }
        try writer.insert(record, arrival: arrival, bySubject: store.options.threadsBySubject)
        try writer.forgetUnreadable(arrival.id)
        counts.remove(folder: arrival.folder, flags: old, size: size)
        counts.add(folder: arrival.folder, flags: arrival.flags, size: record.size)
      }
      try writer.threads.flush()
      try counts.write(to: index)
    }
  }

  private func insertFolder(_ change: FolderChange) throws {
    let insert = try index.prepare(
      """
      INSERT INTO folder(id, name, path, role, cur_time, new_time, listed, cur_count, cur_sum, new_count, new_sum)
      VALUES(?1, ?2, ?3, ?4, -1, -1, 0, -1, 0, -1, 0)
      ON CONFLICT(id) DO UPDATE SET name = ?2, path = ?3, role = ?4
      """)
    insert.bind(change.id, at: 1)
    insert.bind(change.found.name, at: 2)
    insert.bind(store.relativePath(change.found.path), at: 3)
    insert.bind(change.found.role?.rawValue, at: 4)
    try insert.run()
  }

  private func recordTimes(_ changes: [FolderChange]) throws {
    let update = try index.prepare(
      """
      UPDATE folder SET cur_time = ?2, new_time = ?3, listed = ?4, cur_count = ?5, cur_sum = ?6, new_count = ?7,
        new_sum = ?8 WHERE id = ?1
      """)
    for change in changes {
      let listing = change.listing
      update.bind(change.id, at: 1)
      update.bind(listing.cur.time, at: 2)
      update.bind(listing.new.time, at: 3)
      // A folder that is left open equals no listing: the index may have what that one lacks.
      update.bind(change.isSettled ? listing.started : 0, at: 4)
      update.bind(change.isSettled ? listing.cur.count : -1, at: 5)
      update.bind(Int64(bitPattern: listing.cur.sum), at: 6)
      update.bind(change.isSettled ? listing.new.count : -1, at: 7)
      update.bind(Int64(bitPattern: listing.new.sum), at: 8)
      try update.run()
    }
  }
}

/// How far a long piece of work has come.
public struct SyncProgress: Sendable {
  /// What is being done.
  public enum Phase: Sendable { case envelopes, text }

  public let phase: Phase
  public let done: Int
  public let total: Int
}

/// Changes to the numbers of messages, unread messages and bytes of folders.
struct FolderCounts {
  private var changes: [Int64: (total: Int64, unread: Int64, bytes: Int64)] = [:]

  mutating func add(folder: Int64, flags: MessageFlags, size: Int64) {
    changes[folder, default: (0, 0, 0)].total += 1
    changes[folder, default: (0, 0, 0)].unread += flags.contains(.seen) ? 0 : 1
    changes[folder, default: (0, 0, 0)].bytes += size
  }

  mutating func remove(folder: Int64, flags: MessageFlags, size: Int64) {
    changes[folder, default: (0, 0, 0)].total -= 1
    changes[folder, default: (0, 0, 0)].unread -= flags.contains(.seen) ? 0 : 1
    changes[folder, default: (0, 0, 0)].bytes -= size
  }

  mutating func change(folder: Int64, from old: MessageFlags, to new: MessageFlags) {
    if old.contains(.seen) == new.contains(.seen) { return }
    changes[folder, default: (0, 0, 0)].unread += new.contains(.seen) ? -1 : 1
  }

  /// Adds the changes to the folders' rows.
  func write(to index: Database) throws {
    if changes.isEmpty { return }
    let update = try index.prepare(
      "UPDATE folder SET total = total + ?2, unread = unread + ?3, bytes = bytes + ?4 WHERE id = ?1")
    for (folder, change) in changes {
      update.bind(folder, at: 1)
      update.bind(change.total, at: 2)
      update.bind(change.unread, at: 3)
      update.bind(change.bytes, at: 4)
      try update.run()
    }
  }
}
