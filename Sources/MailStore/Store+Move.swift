internal import MailSQLite
internal import MailSystem
internal import Maildir

/// What became of messages that were to be moved.
public struct MoveResult: Sendable, Equatable {
  /// Those that came into the folder.
  public var moved: [Int64] = []
  /// Those whose file is gone.
  public var missing: [Int64] = []
  /// How many lay in the folder already, or not where they were to be moved from.
  public var unchanged = 0

  public init() {}
}

/// What a move means for taking back the last one.
public enum UndoRecording: Sendable {
  /// It is the last one now.
  case new
  /// It belongs to the one before.
  case continued
  /// It was nobody's wish at this moment: the last one stays what it was.
  case none
  /// It takes back the last one: what has gone back is no longer part of it.
  case takenBack
}

extension Store {
  /// Moves messages into `folder`, which is made when it is a system folder that isn't there yet. On the disk when this
  /// returns. Flags, tags and comments follow; what moves into Trash remembers where it was.
  ///
  /// A message that another program has moved or marked meanwhile is found again. One that would meet another of the same
  /// name gets a new one. With `sources`, folders by number, one that lies elsewhere by now stays there, unchanged.
  public func move(
    _ ids: [Int64], to folder: Folder, from sources: Set<Int64>? = nil, undo: UndoRecording = .new,
    progress: ((Int) -> Void)? = nil
  ) throws(StoreError) -> MoveResult {
    try asStoreError {
      let target = try existing(folder)
      var result = MoveResult()
      var missed: [Int64] = []
      var undo = undo
      try inBatches(ids, progress: progress) { batch in
        missed += try changing { generation in
          var work = try Relocation(store: self, target: target, sources: sources, generation: generation)
          return try work.move(batch, undo: undo, &result)
        }
        // A batch of which nothing moved has not begun a new one.
        if undo == .new, !result.moved.isEmpty { undo = .continued }
      }
      if !missed.isEmpty {
        try synchronise()
        result.missing = try changing { generation in
          var work = try Relocation(store: self, target: target, sources: sources, generation: generation)
          return try work.move(missed[...], undo: undo, &result)
        }
      }
      try checkpoint()
      return result
    }
  }

  /// `folder`, made now where it is one of those that are made when first needed.
  func existing(_ folder: Folder) throws -> Folder {
    if isReadOnly { throw StoreError.readOnly(root) }
    let folder = folder.id == 0 ? try createFolder(folder.name) : folder
    guard isDirectory(folder.path) else { throw StoreError.noSuchFolder(folder.name) }
    try createMaildir(folder.path)
    return folder
  }

  /// The folder `name` is Trash, or lies in it.
  func isInTrash(_ name: String) -> Bool {
    // Without an index there are no folders.
    let trash = (try? presentTrash()) ?? options.names(for: .trash)[0]
    return name == trash || FolderName.isBelow(name, trash)
  }

  private func presentTrash() throws -> String? {
    let select = try cachedStatement("SELECT name FROM main.folder WHERE role = \(FolderRole.trash.rawValue)")
    defer { select.reset() }
    return try select.step() ? select.text(0) : nil
  }

  /// The names of all folders by their numbers.
  func folderNames() throws -> [Int64: String] {
    Dictionary(try folders().map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }
}
