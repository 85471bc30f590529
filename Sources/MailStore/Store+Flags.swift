internal import MailBytes
internal import MailSQLite
internal import MailSystem
internal import Maildir

extension Store {
  /// Sets and clears flags of messages. On the disk when this returns.
  ///
  /// A message that another program has moved or marked meanwhile is found again; one that has gone is passed over.
  /// `progress` is told how many have been done. Gives those whose mark could not be set, because their file is gone.
  @discardableResult
  public func setFlags(
    _ ids: [Int64], add: MessageFlags, remove: MessageFlags, progress: ((Int) -> Void)? = nil
  ) throws(StoreError) -> [Int64] {
    if isReadOnly { throw .readOnly(root) }
    return try asStoreError {
      var missed: [Int64] = []
      try inBatches(ids, progress: progress) { missed += try changeFlags($0, add: add, remove: remove) }
      if !missed.isEmpty {
        try synchronise()
        missed = try changeFlags(missed[...], add: add, remove: remove)
      }
      try checkpoint()
      return missed
    }
  }

  /// Renames the files of `ids`, then records it; gives those whose file was not where the index says.
  private func changeFlags(_ ids: ArraySlice<Int64>, add: MessageFlags, remove: MessageFlags) throws -> [Int64] {
    var missed: [Int64] = []
    var done: [(row: FlagRow, name: [UInt8], flags: MessageFlags)] = []
    try reading {
      for id in ids {
        guard let row = try flagRow(id) else {
          missed.append(id)
          continue
        }
        let flags = row.flags.union(add.intersection(.inName)).subtracting(remove.intersection(.inName))
        if flags == row.flags, !row.flags.contains(.recent) || add.isEmpty { continue }
        let isNew = row.flags.contains(.recent)
        var fields = MessageName(String(decoding: row.name[4...], as: UTF8.self))
        fields.flags = MaildirFlags(flags)
        let name = fields.fileName
        if !isNew, name.utf8.elementsEqual(row.name[4...]) { continue }
        let directory = try folderDirectory(row.folder)
        let old = directory + "/" + String(decoding: row.name, as: UTF8.self)
        let new = directory + "/cur/" + name
        do {
          try renameFileExclusively(old, to: new)
          done.append((row, Array("cur/\(name)".utf8), flags.subtracting(.recent)))
        } catch let error as SystemError where error.isExisting && isSameFile(old, new) {
          // One message under two names: the other one stays.
          try removeFile(old)
          done.append((row, Array("cur/\(name)".utf8), flags.subtracting(.recent)))
        } catch let error as SystemError where error.isNotFound || error.isExisting {
          missed.append(id)
        }
      }
    }
    try record(done)
    return missed
  }

  private func isSameFile(_ first: String, _ second: String) -> Bool {
    // What can't be looked at is not known to be the same.
    guard let one = try? fileStatus(first), let other = try? fileStatus(second) else { return false }
    return one.inode == other.inode && one.device == other.device
  }

  private struct FlagRow {
    var id: Int64
    var folder: Int64
    var name: [UInt8]
    var flags: MessageFlags
  }

  private func flagRow(_ id: Int64) throws -> FlagRow? {
    let statement = try cachedStatement("SELECT folder, name, flags FROM message WHERE id = ?1")
    statement.bind(id, at: 1)
    guard try statement.step() else { return nil }
    defer { statement.reset() }
    return FlagRow(
      id: id, folder: statement.integer(0), name: statement.bytes(1),
      flags: MessageFlags(rawValue: statement.integer(2)))
  }

  /// INVARIANT: the renames are on the disk before anything says so.
  private func record(_ done: [(row: FlagRow, name: [UInt8], flags: MessageFlags)]) throws {
    guard !done.isEmpty else { return }
    for folder in Set(done.map(\.row.folder)) {
      let directory = try folderDirectory(folder)
      try synchroniseDirectory(directory + "/cur")
      if done.contains(where: { $0.row.folder == folder && $0.row.flags.contains(.recent) }) {
        try synchroniseDirectory(directory + "/new")
      }
    }
    let state = try stateWriter()
    try state.transaction {
      let folders = try state.prepare("UPDATE folder SET modseq = modseq + 1 WHERE id = ?1")
      for folder in Set(done.map(\.row.folder)) {
        folders.bind(folder, at: 1)
        try folders.run()
      }
      let messages = try state.prepare(
        "UPDATE message SET modseq = (SELECT modseq FROM folder WHERE folder.id = message.folder) WHERE id = ?1")
      for change in done {
        messages.bind(change.row.id, at: 1)
        try messages.run()
      }
    }
    let index = try indexWriter()
    try index.transaction {
      var counts = FolderCounts()
      let message = try index.prepare(
        """
        UPDATE message SET name = ?2, flags = flags & ~\(MessageFlags.inName.union(.recent).rawValue) | ?3
        WHERE id = ?1 AND name = ?4 AND folder = ?5
        """)
      var sums = FolderSums()
      for (row, name, flags) in done {
        message.bind(row.id, at: 1)
        message.bind(text: name, at: 2)
        message.bind(flags.intersection(.inName).rawValue, at: 3)
        message.bind(text: row.name, at: 4)
        message.bind(row.folder, at: 5)
        try message.run()
        // Another process has recorded the change already.
        if index.changes == 0 { continue }
        counts.change(folder: row.folder, from: row.flags, to: flags)
        sums.remove(row.name, folder: row.folder)
        sums.add(name, folder: row.folder)
      }
      try sums.write(to: index)
      try counts.write(to: index)
    }
  }
}
