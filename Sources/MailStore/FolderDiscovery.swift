internal import MailSystem
internal import Maildir

/// A Maildir that is there on disk.
struct FoundFolder {
  var name: String
  /// Absolute.
  var path: String
  /// The modification times of the two halves, nanoseconds; -1 for one that is missing.
  var curTime: Int64
  var newTime: Int64
  var role: FolderRole?
}

extension Store {
  /// The Maildirs below the root, the Inbox first.
  func discoverFolders() throws -> [FoundFolder] {
    var names = Set<String>()
    var found = try maildir.folders().map { folder in
      var name = folder.name == FolderName.inbox ? FolderRole.inbox.standardName : folder.name
      // Two directories may spell one name (in and without modified UTF-7, composed and decomposed): the second is called
      // what it is called on disk.
      while !names.insert(name).inserted {
        name = names.contains(lastComponent(of: folder.path)) ? name + "+" : lastComponent(of: folder.path)
      }
      return FoundFolder(
        name: name, path: folder.path, curTime: modificationTime(folder.path + "/cur"),
        newTime: modificationTime(folder.path + "/new"))
    }
    let roles = options.roles(among: found.map(\.name))
    for place in found.indices { found[place].role = roles[found[place].name] }
    return found
  }

  private func modificationTime(_ path: String) -> Int64 {
    // What is no directory, or can't be looked at, has no time.
    guard let status = try? fileStatus(path), status.isDirectory else { return -1 }
    return status.modificationTime
  }

  /// The role of the folder `name`, which need not be there yet.
  func role(ofFolder name: String) -> FolderRole? {
    // Without an index there are no folders.
    (try? foldersWithMissing())?.first { $0.name == name }?.role
  }
}

/// The bytes of `span` as an array.
func copy(_ span: Span<UInt8>) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(span.count)
  for index in 0..<span.count { bytes.append(span[index]) }
  return bytes
}
