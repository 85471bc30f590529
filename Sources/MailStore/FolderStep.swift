internal import MailSystem
internal import Maildir

/// A directory that gets another name, or a name under which folders lie.
struct FolderStep: Equatable {
  /// The number of the folder; nil for a directory that is none.
  var folder: Int64?
  var name: String
  var newName: String
  /// Relative to the root; empty where a name has no directory of its own.
  var path: String
  var newPath: String
  /// What tells the directory from others of the same name.
  var inode: Int64
  var isSubscribed = false

  /// What takes the step back.
  var reversed: FolderStep {
    FolderStep(
      folder: folder, name: newName, newName: name, path: newPath, newPath: path, inode: inode,
      isSubscribed: isSubscribed)
  }
}

extension Store {
  /// What has to be renamed for the folder `old`, with all below it, to be called `new`: the topmost first, which comes also
  /// where it has no directory.
  func renameSteps(from old: String, to new: String) throws -> [FolderStep] {
    let found = try discoverFolders()
    let known = try folders()
    let ids = Dictionary(known.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    let subscriptions = try Subscriptions.read(from: maildir)
    var steps: [FolderStep] = []
    func add(_ name: String, folder: Int64?, path: String) throws {
      let newName = new + String(Substring(name.utf8.dropFirst(old.utf8.count)))
      steps.append(
        FolderStep(
          folder: folder, name: name, newName: newName, path: relativePath(path), newPath: "",
          inode: Int64(bitPattern: try fileStatus(path, followLinks: false).inode),
          isSubscribed: subscriptions.contains(name)))
    }
    for folder in found where folder.name.utf8.elementsEqual(old.utf8) || FolderName.isBelow(folder.name, old) {
      try add(folder.name, folder: ids[folder.name], path: folder.path)
    }
    let paths = Set(steps.map(\.path))
    switch layout {
    case .maildirPlusPlus:
      // What other programs keep beside the folders, under their names, comes along.
      for entry in try directoryEntries(root) where entry.first == "." && !paths.contains(entry) {
        let name = FolderName.canonical(FolderName.name(ofDirectory: entry), in: layout)
        if name.utf8.elementsEqual(old.utf8) || FolderName.isBelow(name, old), isDirectory("\(root)/\(entry)") {
          try add(name, folder: nil, path: "\(root)/\(entry)")
        }
      }
    case .tree:
      let path = "\(root)/\(old)"
      if !steps.contains(where: { $0.name.utf8.elementsEqual(old.utf8) }), !steps.isEmpty, isDirectory(path) {
        try add(old, folder: nil, path: path)
      }
    }
    if steps.isEmpty { return [] }
    if !steps.contains(where: { $0.name.utf8.elementsEqual(old.utf8) }) {
      steps.append(FolderStep(folder: nil, name: old, newName: new, path: "", newPath: "", inode: 0))
    }
    steps.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    try setNewPaths(of: &steps)
    return steps
  }

  private func setNewPaths(of steps: inout [FolderStep]) throws {
    let top = steps[0]
    let newTop = relativePath(try maildir.newPath(of: top.newName))
    for place in steps.indices where !steps[place].path.isEmpty {
      switch layout {
      case .maildirPlusPlus: steps[place].newPath = FolderName.directoryName(of: steps[place].newName)
      // One directory holds all of them.
      case .tree:
        steps[place].newPath = newTop + String(Substring(steps[place].path.utf8.dropFirst(top.path.utf8.count)))
      }
    }
  }

  /// Complains where a folder or another directory has one of the new names, or one can't be.
  func checkNewNames(of steps: [FolderStep]) throws {
    let moving = Set(steps.map(\.path))
    let others = try foldersWithMissing().filter { !moving.contains(relativePath($0.path)) || $0.id == 0 }
    let taken = Dictionary(others.map { ($0.name.lowercased(), $0.name) }, uniquingKeysWith: { first, _ in first })
    for step in steps {
      if let name = taken[step.newName.lowercased()] { throw StoreError.folderExists(name) }
      _ = try directory(ofFolder: step.newName)
      if step.newPath.isEmpty || moving.contains(step.newPath) { continue }
      if try inode(step.newPath) != nil { throw StoreError.folderExists(step.newName) }
    }
  }

  /// The number of the directory `path`, relative to the root; nil when there is none.
  private func inode(_ path: String) throws -> Int64? {
    do throws(SystemError) {
      return Int64(bitPattern: try fileStatus("\(root)/\(path)", followLinks: false).inode)
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// The step has been taken.
  func isTaken(_ step: FolderStep) throws -> Bool {
    try step.newPath.isEmpty || inode(step.newPath) == step.inode
  }

  /// Renames the directories. Where a step can't be taken because of what other programs have done meanwhile, the first run
  /// throws, and a later one (`isRepeated`) leaves that folder where it is.
  func take(_ steps: [FolderStep], isRepeated: Bool) throws {
    var parents = Set<String>()
    for step in steps {
      if try isTaken(step) { continue }
      if try inode(step.path) != step.inode {
        if isRepeated { continue }
        throw SystemError.notFound("rename", path: "\(root)/\(step.path)")
      }
      let (path, newPath) = ("\(root)/\(step.path)", "\(root)/\(step.newPath)")
      do throws(SystemError) {
        if layout == .tree { try createDirectories(parentDirectory(of: newPath)) }
        try renameDirectory(path, to: newPath)
        parents.formUnion([parentDirectory(of: path), parentDirectory(of: newPath)])
      } catch {
        guard isRepeated, error.isExisting || error.isNotFound || error.isNotPermitted else { throw error }
      }
    }
    for parent in parents where isDirectory(parent) { try synchroniseDirectory(parent) }
  }
}
