internal import MailBytes
public import MailStore
internal import MailSystem

/// A message in an archive.
public struct ArchivedMessage: Sendable {
  /// Counted from 1, in the order of the archive.
  public internal(set) var number: Int
  /// Its name in the archive: of its entry, or of its file below a Maildir; empty in an mbox.
  public internal(set) var file: String
  /// The folder it was in; empty where nothing tells.
  public var folder = ""
  public var role: FolderRole?
  public var flags: MessageFlags = []
  public var tags: [String] = []
  public var comment: String?
  /// When it came, seconds since 1970; nil where nothing tells.
  public var received: Int64?

  init(number: Int, file: String) {
    self.number = number
    self.file = file
  }
}

extension ArchivedMessage {
  /// What lists show of the message, which has these bytes.
  func row(_ bytes: [UInt8]) -> MessageRow {
    let flags = comment == nil ? flags : flags.union(.commented)
    return MessageRow(describing: bytes, received: received ?? 0, flags: flags, tags: tags)
  }

  /// Takes over keywords as IMAP has them: `$Forwarded` is a flag, most others are tags.
  mutating func apply(keywords: [String]) {
    if keywords.contains(where: { ["$forwarded", "forwarded"].contains($0.lowercased()) }) { flags.insert(.forwarded) }
    for name in keywords.compactMap({ TagName.name(ofKeyword: $0) }) where !tags.contains(name) { tags.append(name) }
  }

  /// Takes over what the manifest says besides flags.
  mutating func apply(_ known: Manifest.Message) {
    folder = known.folder
    role = known.role
    tags = known.tags
    comment = known.comment
    received = known.received ?? received
  }

  /// It may be called `name`: by its whole name, or else (`isExact` false) by what lists show of it or the last part of it.
  func isCalled(_ name: String, isExact: Bool) -> Bool {
    isExact ? file == name : clean(file) == name || lastComponent(of: file) == name
  }
}

extension [ArchivedMessage] {
  /// The place of the message that `name` means, in the archive `path`: its number or its name.
  func place(of name: String, in path: String) throws -> Int {
    if let number = Int(name), indices.contains(number - 1) { return number - 1 }
    var found = indices.filter { self[$0].isCalled(name, isExact: true) }
    if found.isEmpty { found = indices.filter { self[$0].isCalled(name, isExact: false) } }
    guard let place = found.first else { throw ArchiveError.noSuchMessage(archive: path, name) }
    guard found.count == 1 else { throw ArchiveError.ambiguous(archive: path, name) }
    return place
  }
}
