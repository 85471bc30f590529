internal import MailStore
internal import MailSystem
internal import Maildir

/// A Maildir++ of its own, with the manifest beside the folders.
final class MaildirOutput: ArchiveOutput {
  private let path: String
  private let selection: ArchiveSelection
  /// The directory of each folder of the selection.
  private let directories: [String]
  private var lines: [UInt8] = []
  private var count = 0

  init(_ path: String, _ selection: ArchiveSelection) throws {
    self.path = path
    self.selection = selection
    try createDirectory(path)
    do {
      try createMaildir(path)
      let root = MaildirRoot(path)
      var names: Set<String> = []
      directories = try selection.folders.map { folder in
        let name = folder.role == .inbox ? FolderName.inbox : folder.name
        guard FolderName.problem(with: name) == nil, names.insert(name).inserted else {
          throw StoreError.badFolderName(name, reason: "it can't be written as a folder of a Maildir")
        }
        return try root.createFolder(name).path
      }
    } catch {
      removeTree(path)
      throw error
    }
  }

  var preparation: @Sendable (Int, [UInt8]) -> SystemError? {
    let (items, directories) = (selection.items, directories)
    return { index, bytes in
      let item = items[index]
      let path = "\(directories[item.folder])/\(item.name)"
      do throws(SystemError) {
        let file = try File(path, [.write, .exclusive])
        try file.write(bytes)
        try file.close()
        try setModificationTime(path, to: nanoseconds(ofSeconds: item.received))
        return nil
      } catch {
        return error
      }
    }
  }

  func append(_ index: Int, _ error: SystemError?, comment: String?) throws {
    if let error { throw error }
    let item = selection.items[index]
    let folder = lastComponent(of: directories[item.folder])
    let file = directories[item.folder] == path ? item.name : "\(folder)/\(item.name)"
    Manifest.append(manifestLine(item, selection, file: file, comment: comment), to: &lines)
    count += 1
  }

  func finish() throws {
    let file = try File("\(path)/\(Manifest.entryName)", [.write, .exclusive])
    try file.write(Manifest.head(messages: count, colours: selection.colours) + lines)
    try file.close()
    let directory = try File(path, [.read, .directory])
    try synchroniseFileSystem(directory.descriptor, path: path)
  }

  func comparison(isCareful: Bool) throws -> @Sendable (Int, [UInt8]) throws -> Bool {
    let (items, directories) = (selection.items, directories)
    return { index, bytes in
      let file = try File("\(directories[items[index].folder])/\(items[index].name)")
      if isCareful { dropCache(file.descriptor) }
      return try readBytes(file.descriptor, at: 0, count: bytes.count + 1, path: file.path) == bytes
    }
  }

  func remove() { removeTree(path) }
}

/// Removes `path` and everything below it, as far as that is possible.
private func removeTree(_ path: String) {
  // What stays is in the way of nobody: it has a name of its own.
  for name in (try? directoryEntries(path)) ?? [] {
    let child = "\(path)/\(name)"
    let isTree = (try? fileStatus(child, followLinks: false))?.isDirectory ?? false
    if isTree { removeTree(child) } else { try? removeFile(child) }
  }
  try? removeDirectory(path)
}
