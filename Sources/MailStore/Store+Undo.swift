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
      var undone: [(id: Int64, target: Int64)] = []
      for target in targets {
        let ids = groups[target.name] ?? []
        let moved = try move(ids, to: target) { progress?(done + $0) }
        result.restored[target.name] = moved.moved.count
        result.changed += moved.missing.count + moved.unchanged
        undone += moved.moved.map { ($0, target.id) }
        done += ids.count
      }
      if !copies.isEmpty {
        result.discarded = try move(copies, to: trashFolder()) { progress?(done + $0) }.moved.count
      }
      if targets.count > 1 { try recordUndo(of: undone, groups: groups) }
      return result
    }
  }

  /// The folder that has the role of Trash; made when first needed.
  func trashFolder() throws -> Folder {
    guard let folder = try foldersWithMissing().first(where: { $0.role == .trash }) else {
      throw StoreError.noSuchFolder(FolderRole.trash.standardName)
    }
    return folder
  }

  /// Each move forgot the one before; all of them together are one.
  private func recordUndo(of moved: [(id: Int64, target: Int64)], groups: [String: [Int64]]) throws {
    let state = try stateWriter()
    guard let last = try lastUndoTarget() else { return }
    try state.transaction {
      let insert = try state.prepare(
        """
        INSERT OR IGNORE INTO undo(message, source, target)
        SELECT ?1, (SELECT name FROM folder WHERE id = ?2), ?3
        """)
      for (id, target) in moved {
        insert.bind(id, at: 1)
        insert.bind(last, at: 2)
        insert.bind(target, at: 3)
        try insert.run()
      }
    }
  }

  /// Where the messages of the move that was taken back last came from, as a number.
  private func lastUndoTarget() throws -> Int64? {
    try stateWriter().integer("SELECT f.id FROM undo u JOIN folder f ON f.name = u.source LIMIT 1")
  }
}
