internal import MailSQLite

/// What became of the messages of the last move.
public struct UndoResult: Sendable, Equatable {
  /// Messages that lie again where they were, by the name of that folder.
  public var restored: [String: Int] = [:]
  /// Copies that went to Trash.
  public var discarded = 0
  /// Messages that have been moved or removed since, and stay as they are.
  public var changed = 0

  public init() {}
}

extension Store {
  /// Takes back the last move (or copy): what still lies where it was moved to goes where it came from, copies go to Trash.
  /// Doing it twice moves the messages once more.
  public func undoLastMove(progress: ((Int) -> Void)? = nil) throws(StoreError) -> UndoResult {
    if isReadOnly { throw .readOnly(root) }
    return try asStoreError {
      var result = UndoResult()
      var groups: [String: [Int64]] = [:]
      var copies: [Int64] = []
      let select = try index().prepare(
        """
        SELECT u.message, u.source, u.target = coalesce(m.folder, 0) FROM state.undo u
        LEFT JOIN main.message m ON m.id = u.message ORDER BY u.message
        """)
      var count = 0
      while try select.step() {
        count += 1
        if select.integer(2) == 0 {
          result.changed += 1
        } else if let source = select.optionalText(1) {
          groups[source, default: []].append(select.integer(0))
        } else {
          copies.append(select.integer(0))
        }
      }
      guard count > 0 else { throw StoreError.nothingToUndo }
      // Before anything moves: a folder that is gone is said while all is as it was.
      let targets = try groups.keys.sorted().map { try folder(named: $0) }
      var done = 0
      var back: [(id: Int64, source: String?, target: Int64)] = []
      let present = try folderNames()
      let sources = try sourcesOfUndo()
      for target in targets {
        let ids = groups[target.name] ?? []
        let moved = try move(ids, to: target, undo: .takenBack) { progress?(done + $0) }
        result.restored[target.name] = moved.moved.count
        result.changed += moved.missing.count + moved.unchanged
        for id in moved.moved { back.append((id, sources[id].flatMap { present[$0] }, target.id)) }
        done += ids.count
      }
      if !copies.isEmpty {
        let trash = try existing(trashFolder())
        let moved = try move(copies, to: trash, undo: .takenBack) { progress?(done + $0) }
        result.discarded = moved.moved.count
        for id in moved.moved { back.append((id, sources[id].flatMap { present[$0] }, trash.id)) }
      }
      try recordUndo(of: back)
      return result
    }
  }

  /// The folder that each message of the last move was moved to.
  private func sourcesOfUndo() throws -> [Int64: Int64] {
    var sources: [Int64: Int64] = [:]
    let select = try stateWriter().prepare("SELECT message, target FROM undo")
    while try select.step() { sources[select.integer(0)] = select.integer(1) }
    return sources
  }

  /// The folder that has the role of Trash; made when first needed.
  func trashFolder() throws -> Folder {
    guard let folder = try foldersWithMissing().first(where: { $0.role == .trash }) else {
      throw StoreError.noSuchFolder(FolderRole.trash.standardName)
    }
    return folder
  }

  /// What was taken back is the last move now, in the other direction. Until then each message that has gone back was taken
  /// off the list, so that a second call does the rest of one that was stopped.
  private func recordUndo(of back: [(id: Int64, source: String?, target: Int64)]) throws {
    let state = try stateWriter()
    try state.transaction {
      try state.execute("DELETE FROM undo")
      let insert = try state.prepare("INSERT OR REPLACE INTO undo(message, source, target) VALUES(?1, ?2, ?3)")
      // A folder that is gone by now is no place to go back to.
      for (id, source, target) in back where source != nil {
        insert.bind(id, at: 1)
        insert.bind(source, at: 2)
        insert.bind(target, at: 3)
        try insert.run()
      }
    }
  }
}
