internal import MailBytes
internal import MailSystem

/// A Maildir that is there on disk.
struct FoundFolder {
  var name: String
  /// Absolute.
  var path: String
  /// The modification times of the two halves, nanoseconds; -1 for one that is missing.
  var curTime: Int64
  var newTime: Int64
}

extension Store {
  /// The Maildirs below the root, the Inbox first.
  func discoverFolders() throws -> [FoundFolder] {
    switch layout {
    case .maildirPlusPlus: try discoverMaildirPlusPlus()
    case .tree: try discoverTree()
    }
  }

  private func discoverMaildirPlusPlus() throws -> [FoundFolder] {
    var found: [FoundFolder] = []
    if let inbox = foundFolder(name: FolderRole.inbox.standardName, path: root) { found.append(inbox) }
    var directories: [[UInt8]] = []
    try forEachDirectoryEntry(at: root) { name, type in
      guard name.count > 1, name[0] == UInt8(ascii: "."), name[1] != UInt8(ascii: "."),
        type == EntryType.directory || type == EntryType.unknown || type == EntryType.symbolicLink
      else { return }
      directories.append(copy(name))
    }
    for directory in directories {
      let path = root + "/" + String(decoding: directory, as: UTF8.self)
      guard let name = folderName(ofDirectory: directory[1...]), let folder = foundFolder(name: name, path: path)
      else { continue }
      found.append(folder)
    }
    return found
  }

  /// Walks the tree without following links to directories, to a depth of 32.
  private func discoverTree() throws -> [FoundFolder] {
    var found: [FoundFolder] = []
    var waiting: [(path: String, name: String, depth: Int)] = [(root, "", 0)]
    while let (path, name, depth) = waiting.popLast() {
      var below: [String] = []
      do {
        try forEachDirectoryEntry(at: path) { entry, type in
          guard type == EntryType.directory || type == EntryType.unknown else { return }
          let component = String(decoding: copy(entry), as: UTF8.self)
          if component.hasPrefix(".") || (name.isEmpty && component == "postbag") { return }
          if component == "cur" || component == "new" || component == "tmp" { return }
          below.append(component)
        }
      } catch let error as SystemError where error.isNotFound || error.isNotPermitted {
        continue
      }
      for component in below where depth < 32 {
        let child = path + "/" + component
        let childName = name.isEmpty ? component : name + "/" + component
        if let folder = foundFolder(name: canonicalInbox(childName), path: child) { found.append(folder) }
        waiting.append((child, childName, depth + 1))
      }
    }
    found.sort { $0.name < $1.name }
    return found
  }

  private func canonicalInbox(_ name: String) -> String {
    name.lowercased() == "inbox" ? FolderRole.inbox.standardName : name
  }

  private func foundFolder(name: String, path: String) -> FoundFolder? {
    let cur = modificationTime(path + "/cur")
    let new = modificationTime(path + "/new")
    guard cur >= 0 || new >= 0 else { return nil }
    return FoundFolder(name: name, path: path, curTime: cur, newTime: new)
  }

  private func modificationTime(_ path: String) -> Int64 {
    // What is no directory, or can't be looked at, has no time.
    guard let status = try? fileStatus(path), status.isDirectory else { return -1 }
    return status.modificationTime
  }

  /// "Work/Projects" for `Work.Projects`, the leading dot taken off: modified UTF-7 (RFC 3501, section 5.1.3), as
  /// Courier and Dovecot write it. A name that isn't well formed is taken as it is.
  private func folderName(ofDirectory name: ArraySlice<UInt8>) -> String? {
    guard !name.isEmpty else { return nil }
    let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard !parts.contains(where: \.isEmpty) else { return nil }
    return parts.map { part in
      ModifiedUTF7.decode(String(decoding: part, as: UTF8.self)) ?? String(decoding: part, as: UTF8.self)
    }.joined(separator: "/")
  }

  /// The role of the folder `name`: from the configuration, else by the standard names.
  func role(ofFolder name: String) -> FolderRole? {
    if let role = options.roles[name] { return role }
    let lower = name.lowercased()
    guard let role = FolderRole.allCases.first(where: { $0.word == lower }) else { return nil }
    // A configured folder takes the place of the standard one.
    return role != .inbox && options.roles.values.contains(role) ? nil : role
  }
}

/// The bytes of `span` as an array.
func copy(_ span: Span<UInt8>) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(span.count)
  for index in 0..<span.count { bytes.append(span[index]) }
  return bytes
}
