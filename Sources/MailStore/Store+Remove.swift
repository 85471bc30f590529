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
      try inBatches(ids, of: Store.removalBatch, progress: progress) { batch in
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

  /// As many as are removed in one piece: larger pieces write each page of the databases less often.
  private static let removalBatch = 16_000

  /// Gives those whose file was not where the index says.
  private func removeBatch(
    _ ids: ArraySlice<Int64>, from folders: Set<Int64>?, generation: Int64, _ result: inout RemoveResult
  ) throws -> [Int64] {
    var missed: [Int64] = []
    let removals = try removals(ids, from: folders, &missed)
    guard !removals.isEmpty else { return missed }
    let (state, index) = (try stateWriter(), try indexWriter())
    var gone = RemoveResult()
    do {
      try state.transaction {
        try index.execute("BEGIN IMMEDIATE")
        try recordGeneration(generation)
        try record(removals, state, index, &gone)
      }
      try index.execute("COMMIT")
    } catch {
      index.rollBack()
      // What is gone is found to be gone by the next synchronisation; on a full disk that has room for it now.
      guard let cause = error as? SQLiteError, cause.isFull, gone.removed > 0 else { throw error }
      for directory in Set(removals.map(\.half)) where isDirectory(directory) { try synchroniseDirectory(directory) }
      _ = try synchroniseLocked(progress: nil)
    }
    tellQuota(bytes: -gone.bytes, messages: -gone.removed)
    result.removed += gone.removed
    result.bytes += gone.bytes
    return missed + gone.missing
  }

  private func removals(
    _ ids: ArraySlice<Int64>, from folders: Set<Int64>?, _ missed: inout [Int64]
  ) throws -> [Removal] {
    var removals: [Removal] = []
    removals.reserveCapacity(ids.count)
    try reading {
      let select = try cachedStatement("SELECT folder, name, size FROM message WHERE id = ?1")
      for id in ids {
        select.bind(id, at: 1)
        guard try select.step(), folders?.contains(select.integer(0)) != false else {
          select.reset()
          missed.append(id)
          continue
        }
        let folder = select.integer(0)
        removals.append(
          Removal(
            id: id, folder: folder, directory: try folderDirectory(folder), name: select.bytes(1),
            size: select.integer(2)))
        select.reset()
      }
    }
    return removals
  }

  /// Removes the files, by several threads, and takes their messages out of both databases meanwhile, whose transactions are
  /// open.
  private func record(_ removals: [Removal], _ state: Database, _ index: Database, _ gone: inout RemoveResult) throws {
    var counts = FolderCounts()
    var sums = FolderSums()
    let writer = try IndexWriter(index: index, key: hashKey(), onlyRemoves: true)
    let folders = Set(removals.map(\.folder))
    try state.execute(
      "UPDATE folder SET modseq = modseq + 1 WHERE id IN (\(folders.map(String.init).joined(separator: ",")))")
    let vanish = try state.prepare(
      """
      UPDATE message SET vanished = unixepoch(),
        modseq = (SELECT modseq FROM folder WHERE folder.id = message.folder) WHERE id = ?1
      """)
    let piece = 250
    let pieces = (removals.count + piece - 1) / piece
    try orderedPipeline(
      count: pieces, workers: pieces < 2 ? 0 : min(processorCount(), 4), window: 16,
      produce: { removals[$0 * piece..<min(removals.count, ($0 + 1) * piece)].map { $0.removeFile() } },
      consume: { number, outcomes in
        for (offset, outcome) in outcomes.enumerated() {
          let removal = removals[number * piece + offset]
          if let error = outcome {
            guard error.isNotFound else { throw error }
            gone.missing.append(removal.id)
            continue
          }
          gone.removed += 1
          gone.bytes += removal.size
          vanish.bind(removal.id, at: 1)
          try vanish.run()
          try writer.remove(removal.id, counts: &counts)
          sums.remove(removal.name, folder: removal.folder)
        }
      })
    // INVARIANT: the files are gone for good before anything says so.
    for directory in Set(removals.map(\.half)) where isDirectory(directory) { try synchroniseDirectory(directory) }
    try counts.write(to: index)
    try sums.write(to: index)
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
      DELETE FROM message_keyword WHERE message = \(id);
      DELETE FROM comment WHERE message = \(id);
      DELETE FROM trashed WHERE message = \(id);
      DELETE FROM departed WHERE message = \(id);
      DELETE FROM message WHERE id = \(id);
      """)
  }
}

/// A message that is to be removed.
private struct Removal: Sendable {
  var id: Int64
  var folder: Int64
  /// The folder's absolute path.
  var directory: String
  /// With `new/` or `cur/`.
  var name: [UInt8]
  var size: Int64

  /// The directory that its file lies in.
  var half: String { directory + (name[0] == UInt8(ascii: "n") ? "/new" : "/cur") }

  /// Nil when it is gone now.
  func removeFile() -> SystemError? {
    do throws(SystemError) {
      try MailSystem.removeFile(directory + "/" + String(decoding: name, as: UTF8.self))
      return nil
    } catch {
      return error
    }
  }
}
