internal import MailBytes
internal import MailMIME
internal import MailSystem

/// Writes one new part: header, empty line, and a body in the encoding that its contents need.
struct PartWriter {
  let options: MessageBuilder.Options
  /// What no line of a part may begin with, behind two hyphens.
  let boundaries: [String]

  /// Texts up to this size may become quoted-printable.
  private static let textLimit = 1 << 20
  /// Octets of a file that make whole lines of base64.
  private static let lines = 57 * 1024

  /// Writes `ready` as an `attachment`, or `inline`.
  func write(_ ready: ReadyPart, disposition: String, to output: Spool) throws {
    if let message = ready.message {
      let encoding = identityEncoding(of: message)
      return try output.write(header(ready, ready.type, encoding, disposition) + message)
    }
    switch ready.part.source {
    case .bytes(let bytes), .message(let bytes):
      try write(ready, disposition, to: output) { body in try body(bytes[...]) }
    case .file(let path):
      let content = try ready.held ?? FileContent(path, limit: ready.count)
      guard content.count == ready.count else { throw AttachError.changed(path) }
      try write(ready, disposition, to: output) { body in try content.forEachPiece(of: Self.lines, body) }
    }
  }

  /// `forEachPiece` hands over the contents, in pieces that but for the last are whole lines of base64, as often as it is
  /// called.
  private func write(
    _ ready: ReadyPart, _ disposition: String, to output: Spool,
    _ forEachPiece: ((ArraySlice<UInt8>) throws -> Void) throws -> Void
  ) throws {
    guard ready.type.type == "text" else {
      try output.write(header(ready, ready.type, .base64, disposition))
      return try forEachPiece { try output.write(base64($0)) }
    }
    var traits = ContentTraits(boundaries: boundaries)
    try forEachPiece { traits.add($0) }
    traits.finish()
    let type = charset(ready.type, traits)
    if traits.isPlain {
      try output.write(header(ready, type, .sevenBit, disposition))
      return try forEachPiece { try output.write(withNewlines($0, options.newline)) }
    }
    if let body = try quotedPrintable(traits, forEachPiece) {
      return try output.write(header(ready, type, .quotedPrintable, disposition) + body)
    }
    try output.write(header(ready, type, .base64, disposition))
    try forEachPiece { try output.write(base64($0)) }
  }

  /// The text as quoted-printable; nil where base64 is better.
  private func quotedPrintable(
    _ traits: ContentTraits, _ forEachPiece: ((ArraySlice<UInt8>) throws -> Void) throws -> Void
  ) throws -> [UInt8]? {
    guard !traits.isBinary, traits.count <= Self.textLimit, traits.escapes * 6 <= traits.count else { return nil }
    var bytes: [UInt8] = []
    try forEachPiece { bytes += $0 }
    let body = QuotedPrintable.encode(bytes.span, newline: options.newline)
    var encoded = ContentTraits(boundaries: boundaries)
    encoded.add(body[...])
    encoded.finish()
    return encoded.hasBoundary ? nil : body
  }

  private func charset(_ type: ContentType, _ traits: ContentTraits) -> ContentType {
    // Of other texts nobody knows it, and a wrong name is worse than none.
    guard type.charset == nil, let charset = traits.charset else { return type }
    return ContentType(
      type.type, type.subtype, parameters: type.parameters.map { ($0.name, $0.value) } + [("charset", charset)])
  }

  private func header(
    _ ready: ReadyPart, _ type: ContentType, _ encoding: TransferEncoding, _ disposition: String
  ) -> [UInt8] {
    var part = BodyPart(type, .data([]))
    part.disposition = disposition
    part.filename = ready.part.fileName
    part.contentID = ready.part.contentID
    part.description = ready.part.description
    return part.header(encoding: encoding, options)
  }

  private func base64(_ piece: ArraySlice<UInt8>) -> [UInt8] {
    Base64.encode(piece.span, lineLength: 76, newline: options.newline)
  }
}
