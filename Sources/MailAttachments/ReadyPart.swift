internal import MailMIME
internal import MailMedia
internal import MailSystem

/// A part that was looked at: it can be read, and what it is and how large is known.
struct ReadyPart {
  var part: NewPart
  var type: ContentType
  /// The octets before they are encoded.
  var count: Int
  /// The contents of what can be read only once; a file is opened again when it is written.
  var held: FileContent?
  /// The file that it came from, when it is in memory now.
  var source: String?

  /// Whether a text that names the file `path` means this one.
  func isCalled(_ path: String) -> Bool {
    path == source || path == part.name || lastComponent(of: path) == part.name
  }

  /// A message that goes as it is.
  var message: [UInt8]? {
    if type.mediaType == "message/rfc822", case .bytes(let bytes) = part.source { bytes } else { nil }
  }

  /// Larger messages are attached as files without being looked into.
  private static let messageLimit = 64 << 20

  /// Looks at `part`, which must not have more than `limit` octets; messages get `newline` for each line break.
  init(_ part: NewPart, types: MediaTypes, limit: Int, newline: [UInt8]) throws {
    self.part = part
    switch part.source {
    case .file(let path):
      let content = try FileContent(path, limit: limit)
      count = content.count
      type = try Self.type(of: part, head: content.head(MediaTypes.headSize), types)
      held = content.isFile ? nil : content
      if type.mediaType == "message/rfc822", count <= Self.messageLimit { try become(content.bytes(), newline) }
    case .bytes(let bytes):
      count = bytes.count
      type = try Self.type(of: part, head: Array(bytes.prefix(MediaTypes.headSize)), types)
      if type.mediaType == "message/rfc822" { try become(bytes, newline) }
    case .message(let bytes):
      count = bytes.count
      type = ContentType("message", "rfc822")
      self.part.name = part.name ?? part.fileName
      try become(bytes, newline)
    }
    guard count <= limit else { throw AttachError.tooLarge(part.label, limit: limit) }
    // What isn't a whole message that can go as it is, is octets.
    if type.type == "message", message == nil { type = ContentType("application", "octet-stream") }
  }

  /// Becomes a message, if `bytes` are one: with a header, no NUL, and no line that is too long for transport.
  private mutating func become(_ bytes: [UInt8], _ newline: [UInt8]) throws {
    let message = Message(parsing: bytes)
    guard !message.headers.fields.isEmpty else {
      type = ContentType("application", "octet-stream")
      return
    }
    let embedded = message.embedded(newline: newline)
    part.name = part.name ?? part.fileName
    part.description = message.headers.text("Subject")
    part.source = .bytes(embedded)
    count = embedded.count
    held = nil
    if identityEncoding(of: embedded) == .binary { type = ContentType("application", "octet-stream") }
  }

  private static func type(of part: NewPart, head: [UInt8], _ types: MediaTypes) throws -> ContentType {
    let name = part.type ?? types.type(ofName: part.fileName ?? "", head: head[...])
    if let type = attachmentType(name) { return type }
    guard part.type == nil else { throw AttachError.badType(name) }
    return ContentType("application", "octet-stream")
  }
}
