internal import MailSQLite
internal import MailSystem

extension Store {
  /// Brings the envelopes of all folders up to date with the files: what any program delivered, moved, marked or deleted.
  ///
  /// Costs two `stat` calls a folder when nothing changed.
  public func synchronise(progress: ((SyncProgress) -> Void)? = nil) throws(StoreError) {
    try asStoreError {
      do {
        try synchroniseFolders(progress: progress)
      } catch {
        guard Self.isDamage(error) else { throw error }
        try replaceDamaged()
        try synchroniseFolders(progress: progress)
      }
    }
  }

  /// Whether `error`, SQLite's or ours that tells of it, says that a database is damaged.
  private static func isDamage(_ error: any Error) -> Bool {
    if case StoreError.database(let cause) = error { return cause.isDamaged }
    return (error as? SQLiteError)?.isDamaged ?? false
  }

  /// Complains where the directory is no Maildir. `synchronise` does so too.
  public func checkMaildir() throws(StoreError) {
    try asStoreError {
      if try discoverFolders().isEmpty, !isDirectory(databaseDirectory) { throw StoreError.notAStore(root) }
    }
  }

  /// Five rounds: a store in which other programs work all the time never comes to rest, and need not.
  private func synchroniseFolders(progress: ((SyncProgress) -> Void)?) throws {
    for _ in 0..<5 {
      let found = try discoverFolders()
      guard !found.isEmpty || isDirectory(databaseDirectory) else { throw StoreError.notAStore(root) }
      if try isCurrent(found) { return }
      try createLockDirectory()
      if try synchroniseUnderLock(progress: progress) { return }
    }
  }

  private func synchroniseUnderLock(progress: ((SyncProgress) -> Void)?) throws -> Bool {
    let lock = try storeLock("sync.lock")
    let isComplete = try synchroniseLocked(progress: progress)
    lock.unlock()
    return isComplete
  }

  /// Locks the file `name` of the store's own folder; an error when another process holds it for a minute.
  func storeLock(_ name: String) throws(StoreError) -> FileLock {
    try asStoreError { try FileLock("\(databaseDirectory)/\(name)", patience: 60_000_000_000) }
  }

  private func createLockDirectory() throws {
    // Opening the index makes the directory and both databases.
    _ = try index()
  }

  func synchroniseLocked(progress: ((SyncProgress) -> Void)?) throws -> Bool {
    // Another process may have done the work while this one waited.
    try recoverChanges()
    let found = try discoverFolders()
    if try isCurrent(found) { return true }
    if try !isIndexOfThisState() {
      notices.append(
        "state.db is not the one the index was made with; numbers, tags and comments are those of this one")
      try discardIndex()
      return false
    }
    let forced = try !generationsAgree()
    let synchroniser = try Synchroniser(store: self, progress: progress)
    try synchroniser.readAgain()
    let isComplete = try synchroniser.run(found: found, recorded: try recordedFolders(), forced: forced)
    do {
      try backUpState()
    } catch {
      // Mail is to be read also when there is no room for a copy.
      notices.append("the weekly copy of state.db could not be made: \(error)")
    }
    try checkpoint()
    return isComplete
  }

  private func isCurrent(_ found: [FoundFolder]) throws -> Bool {
    let recorded = try recordedFolders()
    guard recorded.count == found.count else { return false }
    let byName = Dictionary(recorded.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for folder in found {
      guard let known = byName[folder.name], !known.mayDiffer(from: folder),
        known.path == relativePath(folder.path), known.role == folder.role
      else { return false }
    }
    return try generationsAgree() && index().integer("SELECT 1 FROM unreadable LIMIT 1") == nil
  }

  /// The index was made with this `state.db`, and not with one that was lost or that is newer. Ids mean nothing otherwise.
  func isIndexOfThisState() throws -> Bool {
    let index = try index()
    guard let known = try index.integer("SELECT value FROM main.meta WHERE key = 'identity'") else { return true }
    let identity = try index.integer("SELECT value FROM state.meta WHERE key = 'identity'")
    let seen = try index.integer("SELECT value FROM main.meta WHERE key = 'generation'") ?? 0
    let recorded = try index.integer("SELECT value FROM state.meta WHERE key = 'generation'") ?? 0
    return identity ?? 0 == known && seen <= recorded
  }

  /// The index has seen what `state.db` recorded last.
  func generationsAgree() throws -> Bool {
    let index = try index()
    let seen = try index.integer("SELECT value FROM main.meta WHERE key = 'generation'")
    let recorded = try index.integer("SELECT value FROM state.meta WHERE key = 'generation'")
    return try seen ?? 0 == recorded ?? 0 && isIndexOfThisState()
  }

  private func recordedFolders() throws -> [RecordedFolder] {
    let select = try index().prepare(
      """
      SELECT id, name, path, cur_time, cur_count, cur_sum, new_time, new_count, new_sum, listed, role
      FROM main.folder
      """)
    var folders: [RecordedFolder] = []
    while try select.step() {
      folders.append(
        RecordedFolder(
          id: select.integer(0), name: select.text(1), path: select.text(2),
          cur: FolderListing.Half(
            time: select.integer(3), count: select.integer(4), sum: UInt64(bitPattern: select.integer(5))),
          new: FolderListing.Half(
            time: select.integer(6), count: select.integer(7), sum: UInt64(bitPattern: select.integer(8))),
          listed: select.integer(9), role: FolderRole(rawValue: select.integer(10))))
    }
    return folders
  }

  /// `path` as the index keeps it: below the root, without the slash between; empty for the root itself.
  func relativePath(_ path: String) -> String {
    path == root ? "" : String(Substring(path.utf8.dropFirst(root.utf8.count + 1)))
  }

  /// The absolute path of a folder's `path` in the index.
  func absolutePath(ofFolder relative: String) -> String {
    relative.isEmpty ? root : root + "/" + relative
  }
}
