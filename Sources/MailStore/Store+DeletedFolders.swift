internal import MailSQLite
internal import MailSystem
internal import Maildir

/// A folder in Trash, and where it was.
public struct DeletedFolder: Sendable, Equatable {
  /// Its name now: "Trash/Projects".
  public let name: String
  /// The name it had: "Work/Projects".
  public let origin: String
  /// When it was deleted, seconds since 1970.
  public let time: Int64
}

extension Store {
  /// The folders that were deleted and can be restored, by name.
  public func deletedFolders() throws(StoreError) -> [DeletedFolder] {
    try asStoreError {
      let present = try folders()
      return try deletedFolderRows().filter { deleted in
        present.contains { $0.name == deleted.name || FolderName.isBelow($0.name, deleted.name) }
      }
    }
  }

  /// Puts the folder `name`, with all below it, into Trash, and gives the names before and after.
  @discardableResult
  public func deleteFolder(_ name: String) throws(StoreError) -> (old: String, new: String) {
    if isReadOnly { throw .readOnly(root) }
    return try asStoreError {
      try synchronise()
      let old = try folderName(name)
      try checkMovable(old, what: "deleted")
      let trash = try existing(trashFolder())
      if isInTrash(old) { throw StoreError.alreadyInTrash(old) }
      let steps = try perform {
        try stepsIntoTrash(old, trash: trash.name)
      } alongside: { steps in
        try rememberDeletedFolder(steps[0].newName, origin: old, time: now() / 1_000_000_000)
      }
      removeEmptyParents(of: steps)
      return (old, steps[0].newName)
    }
  }

  /// Brings a deleted folder, given by the name it has in Trash or the one it had, back to where it was, or to `target`.
  /// Gives the names before and after.
  @discardableResult
  public func restoreFolder(_ name: String, to target: String? = nil) throws(StoreError) -> (old: String, new: String) {
    if isReadOnly { throw .readOnly(root) }
    return try asStoreError {
      try synchronise()
      let deleted = try deletedFolder(called: name, needsOrigin: target == nil)
      let new = FolderName.canonical(target ?? deleted.origin, in: layout)
      try checkNewName(new)
      if isInTrash(new) { throw StoreError.badFolderName(new, reason: "that is in Trash") }
      try perform {
        let steps = try renameSteps(from: deleted.name, to: new)
        if steps.isEmpty { throw StoreError.noSuchFolder(deleted.name) }
        try checkNewNames(of: steps)
        return steps
      }
      return (deleted.name, new)
    }
  }

  /// The steps by which `name` goes into Trash under its own last name, a number behind it if there is one of that name, or
  /// shortened where it doesn't fit into a name there.
  private func stepsIntoTrash(_ name: String, trash: String) throws -> [FolderStep] {
    var base = FolderName.lastPart(of: name)
    var number = 1
    while true {
      let steps = try renameSteps(from: name, to: "\(trash)/\(base)\(number == 1 ? "" : " \(number)")")
      if steps.isEmpty { throw StoreError.noSuchFolder(name) }
      do {
        try checkNewNames(of: steps)
        return steps
      } catch StoreError.folderExists {
        number += 1
      } catch let error as StoreError {
        guard case .badFolderName = error, base.count > 1 else { throw error }
        base = shortened(base)
      }
    }
  }

  /// `base` without its last character, and without the space that then is the last.
  private func shortened(_ base: String) -> String {
    var base = base
    base.removeLast()
    while base.count > 1, base.last == " " { base.removeLast() }
    return base
  }

  /// The deleted folder that a person calls `name`.
  private func deletedFolder(called name: String, needsOrigin: Bool) throws -> DeletedFolder {
    let canonical = FolderName.canonical(name, in: layout)
    let trash = try trashFolder().name
    let rows = try deletedFolders()
    let names = Set([name, canonical, "\(trash)/\(name)"])
    var fitting = rows.filter { names.contains($0.name) || $0.origin == name || $0.origin == canonical }
    // What has exactly this name in Trash is meant, whatever else was called so.
    if let exact = fitting.first(where: { $0.name == name || $0.name == canonical }) { fitting = [exact] }
    if fitting.count > 1 { throw StoreError.ambiguousFolder(name, candidates: fitting.map(\.name)) }
    if let only = fitting.first { return only }
    for candidate in [name, "\(trash)/\(name)"] {
      guard let found = try? folderName(candidate), isInTrash(found), found != trash else { continue }
      // A folder of a tree that was deleted goes where it was in that tree.
      if let above = rows.first(where: { FolderName.isBelow(found, $0.name) }) {
        let origin = above.origin + String(Substring(found.utf8.dropFirst(above.name.utf8.count)))
        return DeletedFolder(name: found, origin: origin, time: above.time)
      }
      if needsOrigin { throw StoreError.unknownOrigin(found) }
      return DeletedFolder(name: found, origin: "", time: 0)
    }
    throw StoreError.noSuchFolder(name)
  }

  // MARK: Rows

  /// What `state.db` has of deleted folders, also of those that another program has taken away. Within a transaction its
  /// connection must be asked.
  func deletedFolderRows(in database: Database? = nil) throws -> [DeletedFolder] {
    let select = try (database ?? index()).prepare("SELECT name, origin, time FROM deleted_folder ORDER BY name")
    var rows: [DeletedFolder] = []
    while try select.step() {
      rows.append(DeletedFolder(name: select.text(0), origin: select.text(1), time: select.integer(2)))
    }
    return rows
  }

  func rememberDeletedFolder(_ name: String, origin: String, time: Int64) throws {
    let insert = try stateWriter().prepare(
      "INSERT OR REPLACE INTO deleted_folder(name, origin, time) VALUES(?1, ?2, ?3)")
    insert.bind(name, at: 1)
    insert.bind(origin, at: 2)
    insert.bind(time, at: 3)
    try insert.run()
  }

  func forgetDeletedFolder(_ name: String) throws {
    let delete = try stateWriter().prepare("DELETE FROM deleted_folder WHERE name = ?1")
    delete.bind(name, at: 1)
    try delete.run()
  }
}
