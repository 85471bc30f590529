internal import MailBytes

/// What a full-text index takes from a message.
public struct IndexText: Sendable {
  /// The text for people as UTF-8: of alternatives the plain one, HTML without its markup, embedded messages too.
  public var body: [UInt8] = []
  /// The file names of parts.
  public var attachmentNames: [String] = []
  /// The media types of the leaves, each once, in the order of the message.
  public var mediaTypes: [String] = []
  /// Whether a part is an attachment.
  public var hasAttachment = false
  /// Whether the message, or a part of it, is signed (OpenPGP or S/MIME).
  public var isSigned = false
  /// Whether the message, or a part of it, is encrypted (OpenPGP or S/MIME).
  public var isEncrypted = false
}

/// The text of `message` for a full-text index, at most `limit` octets of it.
public func indexText(of message: Message, limit: Int = 1 << 20) -> IndexText {
  var collector = IndexTextCollector(limit: limit)
  collector.collect(message.root)
  return collector.result
}

/// The state of the walk over the parts.
private struct IndexTextCollector {
  let limit: Int
  var result = IndexText()
  /// Encoded messages that were opened, each inside the one before.
  private var openedMessages = 0

  init(limit: Int) { self.limit = limit }

  mutating func collect(_ root: Part) {
    var stack = [Visit(part: root)]
    while let visit = stack.popLast() {
      let part = visit.part
      switch part.record.kind {
      case .leaf: collectLeaf(visit)
      case .message:
        note(part, part.contentType)
        stack += part.children.reversed().map { Visit(part: $0) }
      case .multipart:
        let subtype = part.contentType.subtype
        if subtype == "signed" { result.isSigned = true }
        if subtype == "encrypted" { result.isEncrypted = true }
        let children = part.children
        if children.isEmpty { append(part.body.span, ContentType("text", "plain")) }
        let skipsHTML = visit.skipsHTML || (subtype == "alternative" && hasPlainText(children))
        stack += children.reversed().map { Visit(part: $0, skipsHTML: skipsHTML) }
      }
    }
  }

  /// A part that is to be read.
  private struct Visit {
    var part: Part
    /// The same text was there as plain text. RFC 2046, section 5.1.4.
    var skipsHTML = false
  }

  private func hasPlainText(_ alternatives: [Part]) -> Bool {
    alternatives.contains { part in
      part.record.kind == .leaf && part.contentType.isText("plain") && part.body.contains { !$0.isFoldingSpace }
    }
  }

  private mutating func collectLeaf(_ visit: Visit) {
    let part = visit.part
    let type = part.contentType
    note(part, type)
    if type.isText() {
      if visit.skipsHTML, type.subtype == "html" || type.subtype == "enriched" { return }
      append(type, in: part)
    } else if type.type == "message", openedMessages < 3, let message = part.decodedMessage(limit: limit) {
      openedMessages += 1
      collect(message.root)
      openedMessages -= 1
    }
  }

  private mutating func note(_ part: Part, _ type: ContentType) {
    let name = type.mediaType
    if result.mediaTypes.count < 100, !result.mediaTypes.contains(name) { result.mediaTypes.append(name) }
    if result.attachmentNames.count < 1_000, let filename = part.filename { result.attachmentNames.append(filename) }
    if !result.hasAttachment, part.isAttachment { result.hasAttachment = true }
    guard type.type == "application" else { return }
    switch type.subtype {
    case "pgp-encrypted": result.isEncrypted = true
    case "pgp-signature", "pkcs7-signature", "x-pkcs7-signature": result.isSigned = true
    case "pkcs7-mime", "x-pkcs7-mime":
      if type["smime-type"] == "signed-data" { result.isSigned = true } else { result.isEncrypted = true }
    default: break
    }
  }

  private mutating func append(_ type: ContentType, in part: Part) {
    switch part.transferEncoding {
    case .base64, .quotedPrintable:
      let octets = part.decodedBody(limit: limit)
      append(octets.span, type)
    default:
      let octets = part.body.prefix(limit)
      append(octets.span, type)
    }
  }

  private mutating func append(_ octets: Span<UInt8>, _ type: ContentType) {
    guard result.body.count < limit else { return }
    if !result.body.isEmpty { result.body.append(0x0A) }
    if type.subtype == "html" || type.subtype == "xhtml+xml" {
      let text = utf8Text(octets, charset: type.charset)
      appendHTMLText(text.span, to: &result.body)
    } else {
      result.body += utf8Text(octets, charset: type.charset)
    }
    if result.body.count > limit { result.body.removeLast(result.body.count - limit) }
  }
}
