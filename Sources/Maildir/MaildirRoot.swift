public import MailSystem

/// A store as it lies on the disk: where it is, and how its folders are laid out. Nothing is kept open.
public struct MaildirRoot: Sendable, Equatable {
  public enum Layout: Sendable {
    /// Maildir++: the root is the Inbox, the other folders are `.Work.Projects` beside its `cur/`.
    case maildirPlusPlus
    /// A tree of plain Maildirs: folder names are directories below the root, as they are.
    case tree
  }

  /// A folder found in the store.
  public struct Folder: Sendable, Equatable, Hashable {
    /// As people see it: `INBOX`, `Work/Projects`.
    public let name: String
    public let path: String
  }

  public let path: String
  public let layout: Layout

  /// The store at `path`. One that isn't there yet, or has nothing in it, is a Maildir++.
  public init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    layout = MaildirRoot.detectLayout(self.path)
  }

  private static func detectLayout(_ path: String) -> Layout {
    for part in ["cur", "new", "tmp"] where isDirectory("\(path)/\(part)") { return .maildirPlusPlus }
    // What can't be listed can't be known to be a tree either.
    return (try? firstMaildir(below: path, depth: 4)) == true ? .tree : .maildirPlusPlus
  }

  private static func firstMaildir(below path: String, depth: Int) throws -> Bool {
    for name in try directoryEntries(path) {
      if isDirectory("\(path)/\(name)/cur") { return true }
      if depth > 1, name.first != ".", isDirectory("\(path)/\(name)"),
        try firstMaildir(below: "\(path)/\(name)", depth: depth - 1)
      {
        return true
      }
    }
    return false
  }

  /// All folders, the Inbox first, the others in the order of their names' bytes.
  public func folders() throws(SystemError) -> [Folder] {
    var found: [Folder] = []
    switch layout {
    case .maildirPlusPlus:
      if isDirectory("\(path)/cur") { found.append(Folder(name: FolderName.inbox, path: path)) }
      for name in try directoryEntries(path) where name.first == "." && isDirectory("\(path)/\(name)/cur") {
        let decoded = FolderName.canonical(FolderName.name(ofDirectory: name), in: layout)
        found.append(Folder(name: decoded, path: "\(path)/\(name)"))
      }
    case .tree:
      try collect(below: path, prefix: "", depth: 16, into: &found)
    }
    return found.sorted { first, second in
      let (firstIsInbox, secondIsInbox) = (FolderName.isInbox(first.name), FolderName.isInbox(second.name))
      if firstIsInbox != secondIsInbox { return firstIsInbox }
      return first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
    }
  }

  private func collect(
    below directory: String, prefix: String, depth: Int, into found: inout [Folder]
  ) throws(SystemError) {
    for entry in try directoryEntries(directory) {
      // Other programs keep their things in dot directories and in these; none of them is a folder by itself.
      if ["cur", "new", "tmp"].contains(entry) || (prefix.isEmpty && entry == "postbag") { continue }
      let (name, child) = (prefix + entry, "\(directory)/\(entry)")
      let isFolder = isDirectory("\(child)/cur")
      if isFolder {
        let canonical = FolderName.isInbox(name) ? FolderName.inbox : FolderName.canonical(name, in: layout)
        found.append(Folder(name: canonical, path: child))
      }
      if depth > 1, entry.first != "." || isFolder, isDirectory(child) {
        try collect(below: child, prefix: "\(name)/", depth: depth - 1, into: &found)
      }
    }
  }

  /// Where the folder `name` lies, or would lie. Folders of a foreign spelling are found by `folder(named:)` only.
  public func path(of name: String) -> String {
    switch layout {
    case .maildirPlusPlus: FolderName.isInbox(name) ? path : "\(path)/\(FolderName.directoryName(of: name))"
    case .tree: "\(path)/\(FolderName.isInbox(name) ? FolderName.inbox : name)"
    }
  }

  /// The folder called `name`; nil when there is none. The Inbox is found in any case of its letters.
  public func folder(named given: String) throws(SystemError) -> Folder? {
    let name = FolderName.canonical(given, in: layout)
    let usual = path(of: name)
    if FolderName.problem(with: name) == nil, isDirectory("\(usual)/cur") {
      return Folder(name: FolderName.isInbox(name) ? FolderName.inbox : name, path: usual)
    }
    guard isDirectory(path) else { return nil }
    return try folders().first { $0.name == name || (FolderName.isInbox(name) && FolderName.isInbox($0.name)) }
  }

  /// Makes the folder `name` with its three directories, and returns when it is on the disk. One that exists is completed.
  public func createFolder(_ given: String) throws(SystemError) -> Folder {
    let name = FolderName.canonical(given, in: layout)
    guard FolderName.problem(with: name) == nil else { throw .invalidArgument("mkdir", path: name) }
    if let folder = try folder(named: name) {
      try createMaildir(folder.path)
      return folder
    }
    let target = try newPath(of: name)
    if layout == .maildirPlusPlus, target != path {
      try createMaildir(path)
      try createMaildir(target)
      // Marks a folder inside a Maildir++, so that other deliverers find the quota of the whole.
      let marker = try File("\(target)/maildirfolder", [.write, .create])
      try marker.close()
    } else {
      try createMaildir(target)
    }
    return Folder(name: FolderName.isInbox(name) ? FolderName.inbox : name, path: target)
  }
}

extension MaildirRoot {
  /// Where a new folder `name` is to lie: below the Inbox of a tree in the directory that the Inbox has.
  public func newPath(of name: String) throws(SystemError) -> String {
    guard layout == .tree, let slash = name.firstIndex(of: "/"), FolderName.isInbox(String(name[..<slash])) else {
      return path(of: name)
    }
    return (try folder(named: FolderName.inbox)?.path ?? path(of: FolderName.inbox)) + name[slash...]
  }
}

/// Makes `path` a Maildir: the directory itself and those above it, `cur/`, `new/` and `tmp/`, whichever are missing.
/// Returns when they are on the disk.
public func createMaildir(_ path: String) throws(SystemError) {
  try createDirectories(path)
  var isChanged = false
  // INVARIANT: cur/ comes first. A root with any of the three is a Maildir++, whatever happens before the others exist.
  for part in ["cur", "new", "tmp"] where !isDirectory("\(path)/\(part)") {
    do throws(SystemError) { try createDirectory("\(path)/\(part)") } catch {
      guard error.isExisting else { throw error }
    }
    isChanged = true
  }
  if isChanged { try synchroniseDirectory(path) }
}
