internal import MailArchive
internal import MailFormats
internal import MailStore
internal import MailSystem
internal import Maildir

/// The messages of one Maildir: the directory with `cur/` and `new/`.
struct MaildirSource {
  let path: String
  let name: String
  let folder: SourceFolder
  /// What an archive says of its messages, by `MaildirSource.place` of each.
  var described: [String: Manifest.Message] = [:]

  /// How `described` knows the message of this file, with `new/` or `cur/`, in the directory `path`: whatever its flags are.
  static func place(_ path: String, _ file: String) -> String { "\(path)/\(MessageName(file).key)" }

  /// The directory is one.
  static func isMaildir(_ path: String) -> Bool { isDirectory(path + "/cur") || isDirectory(path + "/new") }

  /// Hands its messages to `visitor`.
  func read(_ visitor: any SourceVisitor, _ reach: Reach) throws {
    let keywords = try DovecotKeywords(folder: path)
    var missing = Set<String>()
    for half in [Subdirectory.new, .cur] {
      for (file, bytes) in try names(half) where try !hand(file, bytes, half, keywords, visitor, reach) {
        missing.insert(MessageName(file).key)
      }
    }
    // Other programs change flags, which changes names, while we read.
    var attempts = 3
    while !missing.isEmpty, attempts > 0 {
      attempts -= 1
      for half in [Subdirectory.new, .cur] {
        for (file, bytes) in try names(half) where missing.contains(MessageName(file).key) {
          if try hand(file, bytes, half, keywords, visitor, reach) { missing.remove(MessageName(file).key) }
        }
      }
    }
  }

  /// The names as people see them, sorted, and as they are.
  private func names(_ half: Subdirectory) throws -> [(String, [UInt8])] {
    var names: [(String, [UInt8])] = []
    try forEachMessage(inFolder: path, half) { name, _ in
      let bytes = name.indices.map { name[$0] }
      names.append((shownName(bytes), bytes))
    }
    return names.sorted { $0.0 < $1.0 }
  }

  /// Hands on one file; false when it isn't there any more.
  private func hand(
    _ file: String, _ name: [UInt8], _ half: Subdirectory, _ keywords: DovecotKeywords, _ visitor: any SourceVisitor,
    _ reach: Reach
  ) throws -> Bool {
    let directory = "\(path)/\(half.rawValue)"
    let (bytes, status): ([UInt8], FileStatus)
    do throws(SystemError) {
      // Only a name in UTF-8 can be part of a path.
      let held = file.utf8.elementsEqual(name) ? nil : try HeldFile(name, in: directory)
      (bytes, status) = try readFileWithStatus(held?.path ?? "\(directory)/\(file)", limit: visitor.sizeLimit + 1)
    } catch {
      if error.isNotFound { return false }
      visitor.note(.unreadable(name: "\(self.name)/\(half.rawValue)/\(file)", reason: error.reason))
      return true
    }
    try reach.add(status.size, visitor)
    let shown = "\(self.name)/\(half.rawValue)/\(file)"
    guard bytes.count <= visitor.sizeLimit else {
      visitor.note(.tooLarge(name: shown, size: status.size))
      return true
    }
    let parsed = MessageName(file)
    let received = status.modificationTime / 1_000_000_000
    var message = FoundMessage(
      bytes: bytes, folder: folder, name: shown, order: max(0, received), identity: "\(path)/\(parsed.key)")
    message.received = received
    message.isRecent = half == .new
    if half == .cur { message.flags = MessageFlags(MessageMarks(rawValue: parsed.flags.rawValue)) }
    message.apply(keywords: keywords.keywords(ofFile: file))
    if let told = described[MaildirSource.place(path, file)] {
      message.apply(told)
    } else {
      // mutt keeps labels in the message itself.
      for label in MailboxFields(bytes.span, to: bytes.count).labels { message.addTag(label) }
    }
    try visitor.take(message)
    return true
  }
}

/// How far a directory has been read, in bytes.
final class Reach {
  private var bytes: Int64 = 0

  func add(_ count: Int64, _ visitor: any SourceVisitor) throws {
    bytes += count
    try visitor.advance(to: bytes)
  }
}
