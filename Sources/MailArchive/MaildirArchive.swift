internal import MailBytes
internal import MailStore
internal import MailSystem
internal import Maildir

/// A Maildir with its folders, and the manifest beside them if it was written by `MaildirOutput`.
struct MaildirArchive: OpenArchive {
  let colours: [String: String]
  let problems: [String] = []

  private let path: String
  /// In the order of the manifest, those it doesn't know behind.
  private let messages: [ArchivedMessage]

  /// Opens the Maildir `path`, which has a `cur/` or a `new/`.
  init(_ path: String) throws {
    let root = MaildirRoot(path)
    guard isDirectory("\(root.path)/cur") || isDirectory("\(root.path)/new") else {
      throw ArchiveError.unknownForm(path)
    }
    let manifest = try readManifest(of: root.path)
    var known: [String: (Int, Manifest.Message)] = [:]
    for (index, message) in manifest.messages.enumerated() { known[place(message.file)] = (index, message) }
    var found: [(rank: Int, message: ArchivedMessage)] = []
    for folder in try root.folders() {
      let keywords = try DovecotKeywords(folder: folder.path)
      try forEachMessage(inFolder: folder.path) { bytes, half in
        let name = text(bytes)
        let prefix = folder.path == root.path ? "" : "\(lastComponent(of: folder.path))/"
        var message = ArchivedMessage(number: 0, file: "\(prefix)\(half.rawValue)/\(name)")
        // The bits of both are the same.
        message.flags = half == .new ? .recent : MessageFlags(rawValue: Int64(MessageName(name).flags.rawValue))
        if let (rank, told) = known[place(message.file)] {
          message.apply(told)
          return found.append((rank, message))
        }
        // Without it there is no message any more.
        guard let status = try? fileStatus("\(root.path)/\(message.file)") else { return }
        message.folder = folder.name
        message.role = FolderName.isInbox(folder.name) ? .inbox : nil
        message.received = status.modificationTime / 1_000_000_000
        message.apply(keywords: keywords.keywords(ofFile: name))
        found.append((manifest.messages.count, message))
      }
    }
    found.sort { ($0.rank, $0.message.folder, $0.message.file) < ($1.rank, $1.message.folder, $1.message.file) }
    var messages = found.map(\.message)
    for index in messages.indices { messages[index].number = index + 1 }
    self.path = root.path
    self.messages = messages
    colours = manifest.colours
  }

  var count: Int? { messages.count }

  func read(_ name: String) throws -> [UInt8] {
    try readFile("\(path)/\(messages[try messages.place(of: name, in: path)].file)")
  }

  func forEachRow(_ body: (ArchivedMessage, Result<MessageRow, any Error>) throws -> Void) throws -> Int {
    let (messages, path) = (messages, path)
    let describe = { @Sendable (index: Int) -> Result<MessageRow, any Error> in
      Result { messages[index].row(try readFile("\(path)/\(messages[index].file)")) }
    }
    try orderedPipeline(count: messages.count, workers: min(processorCount(), 8), window: 24, produce: describe) {
      try body(messages[$0], $1)
    }
    return 0
  }
}

/// The manifest of the Maildir `path`; an empty one where there is none.
private func readManifest(of path: String) throws -> Manifest {
  let bytes: [UInt8]
  do throws(SystemError) {
    bytes = try readFile("\(path)/\(Manifest.entryName)")
  } catch {
    guard error.isNotFound else { throw error }
    return Manifest()
  }
  do throws(ManifestError) {
    return try Manifest.decode(bytes)
  } catch {
    throw ArchiveError.manifest(archive: path, error)
  }
}

/// What stays the same of the name of a message in a Maildir, such as `.Work/cur/123.host:2,S`, when its flags change.
private func place(_ file: String) -> String {
  let folder = parentDirectory(of: parentDirectory(of: file))
  return "\(folder)/\(MessageName(lastComponent(of: file)).key)"
}
