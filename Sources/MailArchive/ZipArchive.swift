internal import MailBytes
internal import MailStore
internal import MailSystem
internal import MailZip

/// A zip file of messages that is open for reading.
struct ZipArchive: OpenArchive {
  /// The messages, in the order of the archive.
  let messages: [ArchivedMessage]
  /// What the archive holds and can't be read, as a person should be told.
  let problems: [String]
  /// The colours of tags, by name, in the spelling of `TagColour`.
  let colours: [String: String]

  private let reader: ZipReader
  private let entries: [ZipEntry]

  /// Opens the archive `path`.
  init(_ path: String) throws {
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

  var count: Int? { messages.count }

  /// The bytes of the message that `name` means.
  func read(_ name: String) throws -> [UInt8] {
    let entry = entries[try messages.place(of: name, in: reader.path)]
    return try passingZipErrors { try reader.read(entry) }
  }

  /// Calls `body` with each message and what lists show of it; for one that can't be read, with the reason.
  func forEachRow(_ body: (ArchivedMessage, Result<MessageRow, any Error>) throws -> Void) throws -> Int {
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
    return 0
  }
}

extension ArchivedMessage {
  fileprivate init(_ entry: ZipEntry, _ known: Manifest.Message?, number: Int) {
    self.init(number: number, file: entry.name)
    received = entry.modified
    if let known {
      flags = known.flags
      apply(known)
      return
    }
    folder = parentDirectory(of: entry.name)
    if folder == "." { folder = "" }
    // Nothing says that it hasn't been read.
    flags = .seen
  }
}

/// The entry is meant to be a message: no directory, and none of the files that other programs put beside them.
private func isMessage(_ entry: ZipEntry) -> Bool {
  if entry.isDirectory || entry.name == Manifest.entryName { return false }
  return !entry.name.hasPrefix("__MACOSX/") && !lastComponent(of: entry.name).hasPrefix(".")
}
