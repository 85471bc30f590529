internal import MailArchive
internal import MailFormats
internal import MailMIME
internal import MailStore
internal import MailSystem
internal import MailZip
internal import Maildir

/// A packed file in a zip file is unpacked in memory, up to this many bytes.
private let unpackedLimit = 512 << 20

/// A zip file of messages in folders, ours with a manifest or another program's.
struct ZipFileSource {
  let path: String
  let name: String
  let folder: SourceFolder

  /// Opens the file; throws unless every name in it may be used, before anything is read.
  private func open() throws(ImportError) -> ZipReader {
    do throws(ZipError) {
      let reader = try ZipReader(path)
      for entry in reader.entries {
        if case .unsafeName(let reason)? = entry.problem {
          throw ZipError.entry(path: path, name: entry.name, .unsafeName(reason))
        }
      }
      return reader
    } catch {
      throw ImportError(error, path: path)
    }
  }

  /// Hands all messages to `visitor`, folder by folder.
  func read(_ visitor: any SourceVisitor) throws {
    let reader = try open()
    let manifest = try manifest(of: reader)
    let described = Dictionary(
      (manifest?.messages ?? []).map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    if let visitor = visitor as? any TagColourTaker, let manifest { visitor.take(colours: manifest.colours) }
    var done: Int64 = 0
    for (number, entry) in ordered(reader.entries, described) {
      if !entry.isDirectory, entry.name != Manifest.entryName {
        try read(entry, number, described[entry.name], reader, visitor)
      }
      done += entry.packedSize
      try visitor.advance(to: done)
    }
  }

  /// The entries with their numbers, those of one folder together.
  private func ordered(
    _ entries: [ZipEntry], _ described: [String: Manifest.Message]
  ) -> [(Int, ZipEntry)] {
    var folders: [String: [(Int, ZipEntry)]] = [:]
    for (number, entry) in entries.enumerated() {
      folders[described[entry.name]?.folder ?? parent(of: entry.name), default: []].append((number, entry))
    }
    return folders.keys.sorted().flatMap { folders[$0] ?? [] }
  }

  private func manifest(of reader: ZipReader) throws -> Manifest? {
    guard let entry = reader.entries.first(where: { $0.name == Manifest.entryName }) else { return nil }
    do {
      return try Manifest.decode(try reader.read(entry))
    } catch let error as ZipError {
      throw ImportError(error, path: path)
    } catch let error as ManifestError {
      throw ImportError.damaged(path, reason: error.description)
    }
  }

  private func read(
    _ entry: ZipEntry, _ number: Int, _ described: Manifest.Message?, _ reader: ZipReader, _ visitor: any SourceVisitor
  ) throws {
    let shown = "\(name): \(entry.name)"
    // The sizes of mailboxes in it are no sizes of messages.
    let isMailbox = described == nil && !entry.name.lowercased().hasSuffix(".eml")
    guard entry.size <= Int64(visitor.sizeLimit) || isMailbox else {
      return visitor.note(.tooLarge(name: shown, size: entry.size))
    }
    let bytes: [UInt8]
    do throws(ZipError) {
      bytes = try reader.read(entry)
    } catch {
      guard case .entry(_, _, let problem) = error else { throw ImportError(error, path: path) }
      return visitor.note(.unreadable(name: shown, reason: problem.description))
    }
    let head = Array(bytes.prefix(headLength))
    let kind = FileSource(path: entry.name, name: shown).kind(head)
    switch kind {
    case _ where described != nil: try hand(bytes, entry, number, described, shown, visitor)
    case .mbox:
      try readMailbox(ByteWindow(bytes), entry, reader, shown, visitor)
    case .emlx:
      try FileSource(path: entry.name, name: shown, folder: folder(of: entry)).handEMLX(bytes, visitor)
    case .packed(let program): try readPacked(bytes, program, entry, reader, shown, visitor)
    case .message:
      guard bytes.count <= visitor.sizeLimit else {
        return visitor.note(.tooLarge(name: shown, size: entry.size))
      }
      try hand(bytes, entry, number, nil, shown, visitor)
    default: visitor.note(.noMail(name: shown))
    }
  }

  private func hand(
    _ bytes: [UInt8], _ entry: ZipEntry, _ number: Int, _ described: Manifest.Message?, _ shown: String,
    _ visitor: any SourceVisitor
  ) throws {
    var message = FoundMessage(
      bytes: bytes, folder: folder(of: entry), name: shown, order: Int64(number), identity: entry.name)
    if let described {
      message.apply(described)
      message.flags = described.flags.subtracting(.recent)
      message.isRecent = described.flags.contains(.recent)
      message.received = described.received
    } else {
      let fields = MailboxFields(bytes.span, to: bytes.count)
      if fields.isExpunged { return visitor.note(.expunged) }
      let parts = entry.name.split(separator: "/").map(String.init)
      if let file = parts.last, isHalf(parts.dropLast().last) {
        message.flags = MessageFlags(MessageMarks(rawValue: MessageName(file).flags.rawValue))
      }
      message.received = (fields.arrival?.seconds ?? entry.modified).flatMap { plausible($0) }
      message.apply(fields)
    }
    try visitor.take(message)
  }

  private func readMailbox(
    _ window: ByteWindow, _ entry: ZipEntry, _ reader: ZipReader, _ shown: String, _ visitor: any SourceVisitor
  ) throws {
    let parts = entry.name.split(separator: "/").map(String.init)
    let file = parts.last ?? ""
    let bare = withoutSuffix(file, [".gz", ".bz2", ".xz", ".zst"])
    let stem = withoutSuffix(bare, [".mbox", ".mbx"])
    let parent = folder(of: entry)
    // As in a directory.
    let isApple = file == "mbox" && parts.dropLast().last?.hasSuffix(".mbox") == true
    var source = MboxSource(name: shown, variant: nil, folder: isApple ? parent : parent.below(stem))
    let isFolder = stem != bare || reader.entries.contains { $0.name == entry.name + ".msf" }
    if !isFolder { source.folderOfSingle = parent }
    if try !source.read(window, NamingVisitor(visitor, prefix: entry.name)) { visitor.note(.noMail(name: shown)) }
  }

  private func readPacked(
    _ bytes: [UInt8], _ program: String, _ entry: ZipEntry, _ reader: ZipReader, _ shown: String,
    _ visitor: any SourceVisitor
  ) throws {
    guard Program.find(program) != nil else {
      return visitor.note(.unreadable(name: shown, reason: "packed, and \(program) is not installed"))
    }
    let result = try Program(program, ["-dcq"]).collect(input: .bytes(bytes), limit: unpackedLimit)
    if result.isCut { return visitor.note(.tooLarge(name: shown, size: Int64(result.output.count))) }
    let window = ByteWindow(result.output)
    let source = FileSource(path: entry.name, name: shown, folder: folder(of: entry))
    switch source.kind(Array(window.bytes.prefix(headLength))) {
    case .mbox: try readMailbox(window, entry, reader, shown, QuietVisitor(visitor))
    case .message, .emlx: try source.readWhole(window, QuietVisitor(visitor), modified: entry.modified)
    default: visitor.note(.noMail(name: shown))
    }
    if !result.end.isSuccess {
      visitor.note(.unreadable(name: shown, reason: "damaged: \(program) can't unpack all of it"))
    }
  }

  /// The folder that the directories of an entry stand for.
  private func folder(of entry: ZipEntry) -> SourceFolder {
    var parts = entry.name.split(separator: "/").dropLast().map(String.init).filter { $0 != "." }
    let isInMaildir = isHalf(parts.last)
    if isInMaildir { parts.removeLast() }
    return parts.reduce(folder) { folder, part in
      part.first == "." && !isInMaildir ? folder.below(part) : subfolder(part, in: folder)
    }
  }

  /// A part of a Maildir.
  private func isHalf(_ part: String?) -> Bool { part == "cur" || part == "new" }

  private func parent(of name: String) -> String {
    name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
  }
}

/// A visitor that wants to know what colours the tags of an archive have.
protocol TagColourTaker: AnyObject {
  func take(colours: [String: String])
}

/// Places in a file within another say nothing about those in the next.
private final class NamingVisitor: SourceVisitor {
  private let visitor: any SourceVisitor
  private let prefix: String

  init(_ visitor: any SourceVisitor, prefix: String) {
    self.visitor = visitor
    self.prefix = prefix
  }

  var sizeLimit: Int { visitor.sizeLimit }
  func note(_ problem: SourceProblem) { visitor.note(problem) }
  func advance(to bytes: Int64) throws {}

  func take(_ message: FoundMessage) throws {
    var message = message
    message.identity = prefix
    try visitor.take(message)
  }
}

extension ImportError {
  /// What a zip file that can't be read means for an import of `path`.
  init(_ error: ZipError, path: String) {
    self =
      switch error {
      case .notZip: .notMail(path, reason: "not a zip file")
      case .damaged(_, let what): .damaged(path, reason: "damaged: \(what)")
      case .tooMuch(_, let what): .refused(path, reason: "refused: \(what)")
      case .entry(_, let name, let problem): .damaged(path, reason: "\(name): \(problem)")
      case .system(let error): .system(error)
      }
  }
}
