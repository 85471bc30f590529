internal import MailBytes
public import MailStore
internal import MailSystem
internal import MailZip

/// A message in an archive.
public struct ArchivedMessage: Sendable {
  /// Counted from 1, in the order of the archive.
  public let number: Int
  /// The name of its entry; empty in an mbox.
  public let file: String
  /// The folder it was in; empty where nothing tells.
  public var folder = ""
  public var role: FolderRole?
  public var flags: MessageFlags = []
  public var tags: [String] = []
  public var comment: String?
  /// When it came, seconds since 1970; nil where nothing tells.
  public var received: Int64?
}

/// An archive that is open for reading: a zip file of messages, of our making or another's, or an mbox.
public struct ArchiveReader {
  /// The messages, in the order of the archive. Empty for an mbox, which is only known when it has been read.
  public let messages: [ArchivedMessage]
  /// What the archive holds and can't be read, as a person should be told.
  public let problems: [String]
  /// The colours of tags, by name, in the spelling of `TagColour`.
  public let colours: [String: String]

  private let reader: ZipReader
  private let entries: [ZipEntry]

  /// Opens the archive `path`.
  public init(_ path: String) throws {
    let reader = try passingZipErrors { try ZipReader(path) }
    self.reader = reader
    var manifest = Manifest()
    if let entry = reader.entries.first(where: { $0.name == Manifest.entryName }) {
      let bytes = try passingZipErrors { try reader.read(entry) }
      do throws(ManifestError) {
        manifest = try Manifest.decode(bytes)
      } catch {
        throw ArchiveError.manifest(archive: path, error)
      }
    }
    let known = Dictionary(manifest.messages.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    var messages: [ArchivedMessage] = []
    var entries: [ZipEntry] = []
    var problems: [String] = []
    for entry in reader.entries where isMessage(entry) {
      if let problem = entry.problem {
        problems.append("\(path): \(entry.name): \(problem)")
        continue
      }
      messages.append(ArchivedMessage(entry, known[entry.name], number: messages.count + 1))
      entries.append(entry)
    }
    // The archive may have lost what its manifest names.
    let present = Set(reader.entries.map(\.name))
    problems += manifest.messages.filter { !present.contains($0.file) }.map {
      "\(path): \($0.file): not there any more"
    }
    self.messages = messages
    self.entries = entries
    self.problems = problems
    colours = manifest.colours
  }

  /// The bytes of `message`.
  public func read(_ message: ArchivedMessage) throws -> [UInt8] {
    try passingZipErrors { try reader.read(entries[message.number - 1]) }
  }

  /// The message that `name` means: its number, the name of its entry, or the last part of that.
  public func message(_ name: String) throws -> ArchivedMessage {
    if let number = Int(name), messages.indices.contains(number - 1) { return messages[number - 1] }
    var found = messages.filter { $0.file == name }
    // As lists show it.
    if found.isEmpty { found = messages.filter { clean($0.file) == name || lastComponent(of: $0.file) == name } }
    guard let message = found.first else { throw ArchiveError.noSuchMessage(archive: reader.path, name) }
    guard found.count == 1 else { throw ArchiveError.ambiguous(archive: reader.path, name) }
    return message
  }

  /// Calls `body` with each message and what lists show of it; for one that can't be read, with the reason.
  public func forEachRow(_ body: (ArchivedMessage, Result<MessageRow, any Error>) throws -> Void) throws {
    let (messages, entries, reader) = (messages, entries, reader)
    let describe = { @Sendable (index: Int) -> Result<MessageRow, any Error> in
      Result {
        let bytes = try passingZipErrors { try reader.read(entries[index]) }
        return messages[index].row(bytes)
      }
    }
    try orderedPipeline(count: messages.count, workers: min(processorCount(), 8), window: 24, produce: describe) {
      try body(messages[$0], $1)
    }
  }
}

extension ArchivedMessage {
  fileprivate init(_ entry: ZipEntry, _ known: Manifest.Message?, number: Int) {
    self.number = number
    file = entry.name
    guard let known else {
      folder = parentDirectory(of: entry.name)
      if folder == "." { folder = "" }
      received = entry.modified
      // Nothing says that it hasn't been read.
      flags = .seen
      return
    }
    folder = known.folder
    role = known.role
    flags = known.flags
    tags = known.tags
    comment = known.comment
    received = known.received ?? entry.modified
  }

  /// What lists show of the message, which has these bytes.
  func row(_ bytes: [UInt8]) -> MessageRow {
    let flags = comment == nil ? flags : flags.union(.commented)
    return MessageRow(describing: bytes, received: received ?? 0, flags: flags, tags: tags)
  }
}

/// The entry is meant to be a message: no directory, and none of the files that other programs put beside them.
private func isMessage(_ entry: ZipEntry) -> Bool {
  if entry.isDirectory || entry.name == Manifest.entryName { return false }
  return !entry.name.hasPrefix("__MACOSX/") && !lastComponent(of: entry.name).hasPrefix(".")
}
