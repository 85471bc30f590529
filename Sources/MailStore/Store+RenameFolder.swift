internal import MailBytes
internal import MailSystem
internal import Maildir

extension Store {
  /// Renames the folder `old`, with all below it, to `new`, which may lie elsewhere. Nothing is overwritten. Gives the names
  /// before and after. Messages keep their numbers, UIDs, tags and comments; none is read.
  @discardableResult
  public func renameFolder(_ old: String, to new: String) throws(StoreError) -> (old: String, new: String) {
    if isReadOnly { throw .readOnly(root) }
    return try asStoreError {
      try synchronise()
      let old = try folderName(old)
      let new = FolderName.canonical(new, in: layout)
      try checkMovable(old, what: "renamed")
      return (old, try rename(old, to: new))
    }
  }

  /// Puts the folder `name`, with all below it, into the folder `parent`, or on the top level where that is nil.
  @discardableResult
  public func moveFolder(_ name: String, into parent: String?) throws(StoreError) -> (old: String, new: String) {
    if isReadOnly { throw .readOnly(root) }
    return try asStoreError {
      try synchronise()
      let old = try folderName(name)
      try checkMovable(old, what: "moved")
      let last = FolderName.lastPart(of: old)
      guard let parent else { return (old, try rename(old, to: last)) }
      return (old, try rename(old, to: "\(try folderName(parent))/\(last)"))
    }
  }

  private func rename(_ old: String, to new: String) throws -> String {
    try checkNewName(new, renaming: old)
    if FolderName.isBelow(new, old) {
      throw StoreError.badFolderName(new, reason: "a folder can't go into itself")
    }
    if new.utf8.elementsEqual(old.utf8) { throw StoreError.folderExists(old) }
    let intoTrash = isInTrash(new) && !isInTrash(old)
    let steps = try perform {
      let steps = try renameSteps(from: old, to: new)
      if steps.isEmpty { throw StoreError.noSuchFolder(old) }
      try checkNewNames(of: steps)
      return steps
    } alongside: { _ in
      if intoTrash { try rememberDeletedFolder(new, origin: old, time: now() / 1_000_000_000) }
    }
    removeEmptyParents(of: steps)
    return new
  }

  /// The name, as the store has it, of the folder that a person calls `name`: also that of a folder which is only there
  /// because others lie below it, and of one whose real name can't be typed.
  func folderName(_ name: String) throws -> String {
    let all = try foldersWithMissing()
    let canonical = FolderName.canonical(name, in: layout)
    for candidate in [name, canonical] {
      if let folder = all.first(where: { $0.name.utf8.elementsEqual(candidate.utf8) }) { return folder.name }
    }
    for candidate in [name, canonical] {
      if let folder = all.first(where: { $0.name == candidate }) { return folder.name }
      if all.contains(where: { FolderName.isBelow($0.name, candidate) }) { return candidate }
    }
    let lower = canonical.lowercased()
    if let folder = all.first(where: { $0.role != nil && $0.name.lowercased() == lower }) { return folder.name }
    let shown = all.filter { clean($0.name) == name }
    if shown.count == 1 { return shown[0].name }
    throw StoreError.noSuchFolder(name)
  }

  /// Complains where `name` is that of a system folder, or one lies below it.
  func checkMovable(_ name: String, what: String) throws {
    for folder in try foldersWithMissing() {
      guard let role = folder.role else { continue }
      if folder.name == name {
        throw StoreError.notPermitted(
          path: name,
          reason: "\(role == .inbox ? "the Inbox" : "the system folder for \(role.purpose)") can't be \(what)")
      }
      if FolderName.isBelow(folder.name, name), folder.id != 0 {
        throw StoreError.notPermitted(
          path: name, reason: "\(folder.name), the system folder for \(role.purpose), lies in it and can't be \(what)")
      }
    }
  }

  /// Complains where no new folder may be called `name`, nor `old`, with all below it, be renamed so.
  func checkNewName(_ name: String, renaming old: String? = nil) throws {
    _ = try directory(ofFolder: name)
    let ancestors = FolderName.ancestors(of: name)
    guard let parent = ancestors.last else { return }
    let above = Set(ancestors.map { $0.lowercased() })
    let folders = try foldersWithMissing()
    for folder in folders where folder.role == .sent || folder.role == .junk {
      if above.contains(folder.name.lowercased()) {
        throw StoreError.notPermitted(path: name, reason: "\(folder.name) can't have folders in it")
      }
    }
    let names = folders.map { folder in
      // Below the Inbox of a tree names begin otherwise than its own.
      folder.role == .inbox ? String(FolderName.canonical("\(FolderName.inbox)/", in: layout).dropLast()) : folder.name
    }
    let staying = names.filter { name in old.map { name != $0 && !FolderName.isBelow(name, $0) } ?? true }
    let level = FolderName.respelled(parent, among: staying)
    if !level.utf8.elementsEqual(parent.utf8) {
      throw StoreError.badFolderName(name, reason: "\(parent) is called \(level) here")
    }
  }

  /// Directories of a tree that held nothing but what has moved.
  func removeEmptyParents(of steps: [FolderStep]) {
    guard layout == .tree, let top = steps.first else { return }
    for ancestor in FolderName.ancestors(of: top.path).reversed() where !isDirectory("\(root)/\(ancestor)/cur") {
      // One that holds something stays.
      if (try? removeDirectory("\(root)/\(ancestor)")) == nil { return }
    }
  }
}

extension FolderRole {
  /// What the folder is for, in words.
  var purpose: String {
    switch self {
    case .inbox: "new mail"
    case .sent: "sent mail"
    case .drafts: "drafts"
    case .templates: "templates"
    case .trash: "deleted mail"
    case .junk: "junk mail"
    }
  }
}
