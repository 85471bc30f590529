internal import MailSQLite
internal import MailSystem
internal import Maildir

/// What became of messages that were to be removed for good.
public struct RemoveResult: Sendable, Equatable {
  public var removed = 0
  /// What their files took.
  public var bytes: Int64 = 0
  /// Those that another program had removed.
  public var missing: [Int64] = []

  public init() {}
}

extension Store {
  /// Removes messages for good: the files, then what is known of them. On the disk when this returns. With `folders`, by
  /// number, one that lies elsewhere by now stays, and counts as missing.
  public func remove(
    _ ids: [Int64], from folders: Set<Int64>? = nil, progress: ((Int) -> Void)? = nil
  ) throws(StoreError) -> RemoveResult {
    try asStoreError {
      var result = RemoveResult()
      var missed: [Int64] = []
      try inBatches(ids, progress: progress) { batch in
        missed += try changing { try removeBatch(batch, from: folders, generation: $0, &result) }
      }
      if !missed.isEmpty {
        try synchronise()
        result.missing = try changing { try removeBatch(missed[...], from: folders, generation: $0, &result) }
      }
      try checkpoint()
      return result
    }
  }

  private struct Removal {
    var id: Int64
    var folder: Int64
    var name: [UInt8]
    var size: Int64
  }

  /// Gives those whose file was not where the index says.
  private func removeBatch(
    _ ids: ArraySlice<Int64>, from folders: Set<Int64>?, generation: Int64, _ result: inout RemoveResult
  ) throws -> [Int64] {
    var missed: [Int64] = []
    var done: [Removal] = []
    try reading {
      let select = try cachedStatement("SELECT folder, name, size FROM message WHERE id = ?1")
      for id in ids {
        select.bind(id, at: 1)
        guard try select.step(), folders?.contains(select.integer(0)) != false else {
          select.reset()
          missed.append(id)
          continue
        }
        let removal = Removal(id: id, folder: select.integer(0), name: select.bytes(1), size: select.integer(2))
        select.reset()
        do {
          try removeFile(folderDirectory(removal.folder) + "/" + String(decoding: removal.name, as: UTF8.self))
          done.append(removal)
        } catch let error as SystemError where error.isNotFound {
          missed.append(id)
        }
      }
    }
    guard !done.isEmpty else { return missed }
    for folder in Set(done.map(\.folder)) {
      for half in ["cur", "new"] where isDirectory(try folderDirectory(folder) + "/" + half) {
        try synchroniseDirectory(folderDirectory(folder) + "/" + half)
      }
    }
    try recordRemovals(done.map(\.id), folders: Set(done.map(\.folder)), generation: generation)
    let index = try indexWriter()
    try index.transaction {
      var counts = FolderCounts()
      var sums = FolderSums()
      let writer = try IndexWriter(index: index, key: hashKey())
      for removal in done {
        try writer.remove(removal.id, counts: &counts)
        sums.remove(removal.name, folder: removal.folder)
      }
      try counts.write(to: index)
      try sums.write(to: index)
    }
    let bytes = done.reduce(0) { $0 + $1.size }
    tellQuota(bytes: -bytes, messages: -done.count)
    result.removed += done.count
    result.bytes += bytes
    return missed
  }

  private func recordRemovals(_ ids: [Int64], folders: Set<Int64>, generation: Int64) throws {
    let state = try stateWriter()
    try state.transaction {
      try recordGeneration(generation)
      try state.execute(
        "UPDATE folder SET modseq = modseq + 1 WHERE id IN (\(folders.map(String.init).joined(separator: ",")))")
      let vanish = try state.prepare(
        """
        UPDATE message SET vanished = unixepoch(),
          modseq = (SELECT modseq FROM folder WHERE folder.id = message.folder) WHERE id = ?1
        """)
      for id in ids {
        vanish.bind(id, at: 1)
        try vanish.run()
      }
    }
  }

  /// Tells other deliverers what has come or gone, where a file `maildirsize` says that they want to know.
  func tellQuota(bytes: Int64, messages: Int) {
    // Sums that can't be written are made anew by whoever needs them.
    try? MaildirQuota.record(bytes: bytes, messages: Int64(messages), inStore: root)
  }

  /// Forgets the row of a message that is gone, with its tags and its comment. In a transaction of `state.db`.
  func forgetStateRow(_ id: Int64) throws {
    try stateWriter().execute(
      """
      DELETE FROM message_tag WHERE message = \(id);
      DELETE FROM comment WHERE message = \(id);
      DELETE FROM trashed WHERE message = \(id);
      DELETE FROM message WHERE id = \(id);
      """)
  }
}
