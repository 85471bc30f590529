internal import MailSQLite

/// What became of messages that were to leave Trash.
public struct RestoreResult: Sendable, Equatable {
  /// How many lie where they came from again, by the name of that folder.
  public var restored: [String: Int] = [:]
  /// Folders that were gone and have been made again.
  public var remade: [String] = []
  /// Names of folders that are gone and can't be made again: what came from there is in the Inbox.
  public var lost: [String] = []
  /// How many went to the Inbox because nobody knows where they came from.
  public var withoutOrigin = 0
  /// How many are not in Trash.
  public var unchanged = 0
  /// Those whose file is gone.
  public var missing = 0

  public init() {}
}

extension Store {
  /// Moves messages to Trash, which remembers where they came from. What is in Trash already, or in a folder there, stays.
  public func trash(_ ids: [Int64], progress: ((Int) -> Void)? = nil) throws(StoreError) -> MoveResult {
    try asStoreError {
      let trash = try trashFolder()
      let outside = Set(try folders().filter { !isInTrash($0.name) }.map(\.id))
      return try move(ids, to: trash, from: outside, progress: progress)
    }
  }

  /// Moves messages that are in Trash back to where each came from, or all of them to `target`. A folder that is gone is
  /// made again; what came from nowhere that is known goes to the Inbox.
  public func restore(
    _ ids: [Int64], to target: Folder? = nil, progress: ((Int) -> Void)? = nil
  ) throws(StoreError) -> RestoreResult {
    if isReadOnly { throw .readOnly(root) }
    return try asStoreError {
      var result = RestoreResult()
      let inTrash = try trashedFolders()
      var groups: [String: [Int64]] = [:]
      for (id, origin) in try origins(of: ids, in: inTrash, &result) {
        let name = target?.name ?? origin
        if name == nil { result.withoutOrigin += 1 }
        groups[name ?? FolderRole.inbox.standardName, default: []].append(id)
      }
      // All folders first: what can't be said or made is known before anything moves.
      var targets: [(folder: Folder, ids: [Int64])] = []
      for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
        targets.append((try target ?? origin(name, &result), members))
      }
      let sources = Set(inTrash.map(\.id))
      var done = 0
      var undo = UndoRecording.new
      for (folder, members) in targets {
        let moved = try move(members, to: folder, from: sources, undo: undo) { progress?(done + $0) }
        result.restored[folder.name, default: 0] += moved.moved.count
        result.missing += moved.missing.count
        result.unchanged += moved.unchanged
        done += members.count
        if !moved.moved.isEmpty { undo = .continued }
      }
      return result
    }
  }

  /// The folder is Trash, or lies in it.
  public func isInTrash(_ folder: Folder) -> Bool { isInTrash(folder.name) }

  /// The folder of Trash and those in it.
  public func trashedFolders() throws(StoreError) -> [Folder] {
    try folders().filter { isInTrash($0.name) }
  }

  /// Where each of those of `ids` came from that are in Trash; nil where that isn't known.
  private func origins(
    of ids: [Int64], in folders: [Folder], _ result: inout RestoreResult
  ) throws -> [(id: Int64, origin: String?)] {
    let names = Dictionary(folders.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let select = try index().prepare(
      """
      SELECT m.folder, t.folder FROM main.message m LEFT JOIN state.trashed t ON t.message = m.id WHERE m.id = ?1
      """, lasting: true)
    var origins: [(id: Int64, origin: String?)] = []
    var known = Set<Int64>()
    for id in ids where known.insert(id).inserted {
      select.bind(id, at: 1)
      guard try select.step() else {
        result.missing += 1
        continue
      }
      let (folder, recorded) = (select.integer(0), select.optionalText(1))
      select.reset()
      guard let name = names[folder] else {
        result.unchanged += 1
        continue
      }
      // A message of a folder that was deleted came from there.
      origins.append((id, try recorded ?? origin(ofFolder: name)))
    }
    return origins
  }

  /// The name that the folder `name`, in Trash, had before it, or one above it, was deleted; nil when that isn't known.
  private func origin(ofFolder name: String) throws -> String? {
    let above = try deletedFolderRows().filter { $0.name == name || name.hasPrefix($0.name + "/") }
    guard let deleted = above.max(by: { $0.name.utf8.count < $1.name.utf8.count }) else { return nil }
    return deleted.origin + String(decoding: name.utf8.dropFirst(deleted.name.utf8.count), as: UTF8.self)
  }

  /// The folder `name` that messages came from: made again when it is gone, the Inbox when it can't be.
  private func origin(_ name: String, _ result: inout RestoreResult) throws -> Folder {
    if !isInTrash(name) {
      if let known = try foldersWithMissing().first(where: { $0.name == name }) { return known }
      do {
        let made = try createFolder(name)
        result.remade.append(made.name)
        return made
      } catch {
        guard error.isAboutName else { throw error }
      }
    }
    result.lost.append(name)
    return try folder(named: FolderRole.inbox.standardName)
  }
}

extension StoreError {
  /// A folder can't be made under the name that was asked for.
  var isAboutName: Bool {
    switch self {
    case .folderExists, .badFolderName, .notPermitted: true
    default: false
    }
  }
}
