internal import MailBytes
internal import MailSQLite
internal import MailSystem

extension Store {
  /// The number of messages that are changed in one piece: the lock is held, and an interrupt waits, no longer than that
  /// takes.
  static let batch = 5000

  /// Runs `body` while no other process of ours compares files with the index or moves them.
  ///
  /// Both databases agree when `body` begins. `body` gets the number of the change that it has to record in `state.db`
  /// (`recordGeneration`); when it ends the index has seen it. If the process dies in between, the numbers differ and the next
  /// one compares everything.
  func changing<Value>(_ body: (_ generation: Int64) throws -> Value) throws -> Value {
    if isReadOnly { throw StoreError.readOnly(root) }
    _ = try index()
    let lock = try storeLock("sync.lock")
    try recoverChanges()
    if try !generationsAgree() { _ = try synchroniseLocked(progress: nil) }
    let state = try stateWriter()
    let generation = try (state.integer("SELECT value FROM meta WHERE key = 'generation'") ?? 0) + 1
    let value = try body(generation)
    if try state.integer("SELECT value FROM meta WHERE key = 'generation'") == generation {
      let identity = try state.integer("SELECT value FROM meta WHERE key = 'identity'") ?? 0
      try indexWriter().execute(
        """
        INSERT OR REPLACE INTO meta(key, value) VALUES('generation', \(generation)), ('identity', \(identity))
        """)
    }
    lock.unlock()
    return value
  }

  /// Writes, in the open transaction of `state.db`, that the change `generation` has begun.
  func recordGeneration(_ generation: Int64) throws {
    try stateWriter().execute("UPDATE meta SET value = \(generation) WHERE key = 'generation'")
  }

  /// Calls `body` with `ids`, each once, in batches, told how many were done after each; stops between two when somebody
  /// asks for it.
  func inBatches(
    _ ids: [Int64], of size: Int = Store.batch, progress: ((Int) -> Void)?, _ body: (ArraySlice<Int64>) throws -> Void
  ) throws {
    var known = Set<Int64>(minimumCapacity: ids.count)
    let ids = ids.filter { known.insert($0).inserted }
    var start = 0
    while start < ids.count {
      if interruptRequested() { throw StoreError.interrupted(done: start, of: ids.count) }
      let end = min(start + size, ids.count)
      try body(ids[start..<end])
      start = end
      progress?(start)
    }
  }

  /// Finishes what a process that died had begun. The lock is held, so none of it is still going on.
  func recoverChanges() throws {
    try recoverFolderRenames()
    try recoverReplacements()
  }
}

/// What changes in the counts and sums by which folders are known to be unchanged, while names come and go.
struct FolderSums {
  private struct Change {
    var cur = FolderListing.Half(time: 0, count: 0, sum: 0)
    var new = FolderListing.Half(time: 0, count: 0, sum: 0)
  }

  private var changes: [Int64: Change] = [:]

  /// A file of this name (with `new/` or `cur/`) has come.
  mutating func add(_ name: [UInt8], folder: Int64) { change(name, folder, by: 1) }

  /// A file of this name has gone.
  mutating func remove(_ name: [UInt8], folder: Int64) { change(name, folder, by: -1) }

  private mutating func change(_ name: [UInt8], _ folder: Int64, by count: Int64) {
    let bare = name[4...]
    let hash = fastHash(bare.span)
    let signed = count > 0 ? hash : 0 &- hash
    if name[0] == UInt8(ascii: "n") {
      changes[folder, default: Change()].new.count += count
      changes[folder, default: Change()].new.sum &+= signed
    } else {
      changes[folder, default: Change()].cur.count += count
      changes[folder, default: Change()].cur.sum &+= signed
    }
  }

  /// Adds the changes to the folders' rows. A folder that was left open stays so.
  func write(to index: Database) throws {
    let select = try index.prepare("SELECT cur_count, cur_sum, new_count, new_sum FROM folder WHERE id = ?1")
    let update = try index.prepare(
      "UPDATE folder SET cur_count = ?2, cur_sum = ?3, new_count = ?4, new_sum = ?5 WHERE id = ?1")
    for (folder, change) in changes {
      select.bind(folder, at: 1)
      guard try select.step() else { continue }
      let (cur, new) = (select.integer(0), select.integer(2))
      let curSum = UInt64(bitPattern: select.integer(1)) &+ change.cur.sum
      let newSum = UInt64(bitPattern: select.integer(3)) &+ change.new.sum
      select.reset()
      guard cur >= 0, new >= 0 else { continue }
      update.bind(folder, at: 1)
      update.bind(cur + change.cur.count, at: 2)
      update.bind(Int64(bitPattern: curSum), at: 3)
      update.bind(new + change.new.count, at: 4)
      update.bind(Int64(bitPattern: newSum), at: 5)
      try update.run()
    }
  }
}
