internal import MailSQLite
internal import MailSystem
internal import Maildir

extension Store {
  /// Removes the folder `name`, which lies in Trash, for good: with all messages in it and all folders below it. Refused
  /// where a directory holds what no mail program is known to keep there.
  ///
  /// Each folder goes in one piece: it is renamed away, and only then are its files removed. `progress` is told how many
  /// of how many have been. Who interrupts that leaves them to `removeLeftovers`.
  @discardableResult
  public func removeFolder(_ name: String, progress: ((_ done: Int, _ total: Int) -> Void)? = nil) throws(StoreError)
    -> RemoveResult
  {
    if isReadOnly { throw .readOnly(root) }
    return try asStoreError {
      try synchronise()
      let name = try folderName(name)
      let trash = try trashFolder().name
      guard isInTrash(name), name != trash else {
        throw StoreError.notPermitted(path: name, reason: "only folders in \(trash) can be removed for good")
      }
      let steps = try renameSteps(from: name, to: name)
      var result = RemoveResult()
      for step in steps where !step.path.isEmpty {
        if step.folder == nil { throw unknown(step.path) }
        if let file = try unknownFile(inMaildir: "\(root)/\(step.path)") { throw unknown("\(step.path)/\(file)") }
      }
      let ids = Set(steps.compactMap(\.folder))
      for folder in try folders() where ids.contains(folder.id) {
        result.removed += folder.total
        result.bytes += folder.bytes
      }
      try putAway(steps)
      try synchronise()
      try forget(steps)
      tellQuota(bytes: -result.bytes, messages: -result.removed)
      try removeLeftovers(expecting: result.removed, progress: progress)
      return result
    }
  }

  private func unknown(_ path: String) -> StoreError {
    .notPermitted(path: path, reason: "belongs to no mail program; the folder can't be removed with it")
  }

  private var awayDirectory: String { databaseDirectory + "/removed" }

  /// Renames the directories out of the store, the deepest first: what lies above others goes last.
  private func putAway(_ steps: [FolderStep]) throws {
    try changing { _ in
      try createDirectories(awayDirectory)
      let time = now()
      for (number, step) in steps.reversed().enumerated() where !step.path.isEmpty {
        let path = "\(root)/\(step.path)"
        // In a tree the one above has taken it along.
        guard isDirectory(path) else { continue }
        try renameDirectory(path, to: "\(awayDirectory)/\(time)-\(number)")
        try synchroniseDirectory(parentDirectory(of: path))
      }
    }
  }

  /// The rows of folders that are no more. Their names, once made anew, get a new UIDVALIDITY.
  private func forget(_ steps: [FolderStep]) throws {
    try changing { _ in
      try Subscriptions.update(in: maildir) { subscriptions in
        for step in steps { subscriptions.remove(step.name) }
      }
      let state = try stateWriter()
      let present = Set(try folders().map(\.id))
      try state.transaction {
        for step in steps {
          try forgetDeletedFolder(step.name)
          guard let id = step.folder, !present.contains(id) else { continue }
          try state.execute(
            """
            INSERT INTO retired_folder(name, uidvalidity) SELECT name, uidvalidity FROM folder WHERE id = \(id)
            ON CONFLICT(name) DO UPDATE SET uidvalidity = max(uidvalidity, excluded.uidvalidity);
            DELETE FROM folder WHERE id = \(id)
            """)
        }
      }
    }
  }

  /// Removes the files of folders that are no more, where the process that did away with them could not. Others may do the
  /// same at the same time.
  public func removeLeftovers() throws(StoreError) {
    if isReadOnly { return }
    try asStoreError { try removeLeftovers(expecting: 0, progress: nil) }
  }

  private func removeLeftovers(expecting total: Int, progress: ((_ done: Int, _ total: Int) -> Void)?) throws {
    guard isDirectory(awayDirectory) else { return }
    var count = 0
    for entry in try directoryEntries(awayDirectory) {
      try removeTree("\(awayDirectory)/\(entry)") {
        count += 1
        if count % 256 != 0 { return }
        progress?(count, max(total, count))
        if interruptRequested() { throw StoreError.interrupted(done: count, of: max(total, count)) }
      }
    }
    // Another process puts folders there only while it has the lock.
    let lock = try storeLock("sync.lock")
    do throws(SystemError) {
      try removeDirectory(awayDirectory)
    } catch {
      guard error.isExisting || error.isNotFound else { throw error }
    }
    lock.unlock()
  }

  /// What has gone already is no error. Links are removed, not followed. `removed` is called for each file.
  private func removeTree(_ path: String, removed: () throws -> Void) throws {
    do {
      guard try fileStatus(path, followLinks: false).isDirectory else {
        try removeFile(path)
        return try removed()
      }
      for name in try directoryEntries(path) { try removeTree("\(path)/\(name)", removed: removed) }
      try removeDirectory(path)
    } catch let error as SystemError where error.isNotFound {
      return
    }
  }
}
