internal import MailBytes

extension Part {
  /// The body with its transfer encoding removed, at most `limit` octets of it.
  public func decodedBody(limit: Int = .max) -> [UInt8] {
    switch transferEncoding {
    case .base64: return Base64.decode(body.span, limit: limit)
    case .quotedPrintable: return QuotedPrintable.decode(body.span, limit: limit)
    default: return Array(body.prefix(max(0, limit)))
    }
  }

  /// The body as text: transfer encoding and charset decoded, at most `limit` octets of the encoded text.
  public func text(limit: Int = .max) -> String {
    let charset = contentType.charset
    switch transferEncoding {
    case .base64, .quotedPrintable:
      let octets = decodedBody(limit: limit)
      return decodeText(octets.span, charset: charset)
    default: return decodeText(body.prefix(max(0, limit)), charset: charset)
    }
  }

  /// The message that a message/rfc822 part holds in base64 or quoted-printable, which RFC 2046, section 5.2.1, forbids and
  /// some programs do; at most `limit` octets of it. nil for every other part.
  public func decodedMessage(limit: Int = .max, limits: ParseLimits = .standard) -> Message? {
    guard record.kind == .leaf, transferEncoding == .base64 || transferEncoding == .quotedPrintable else { return nil }
    switch contentType.mediaType {
    case "message/rfc822", "message/global": return Message(parsing: decodedBody(limit: limit), limits: limits)
    default: return nil
    }
  }

  /// Whether people would call this part an attachment: it says so, or it is no text and isn't shown inside a text.
  public var isAttachment: Bool {
    guard record.kind != .multipart else { return false }
    let type = contentType
    let disposition = disposition
    if isCryptography(type) { return false }
    if let disposition, disposition.isAttachment { return true }
    if type.type == "text" || record.kind == .message {
      return disposition == nil && type.type == "text" && filename != nil
    }
    if type.type == "message" { return type.subtype == "rfc822" }
    let isInRelated = parent?.record.kind == .multipart && parent?.contentType.subtype == "related"
    return !(isInRelated && (contentID != nil || type.type == "image"))
  }

  /// Whether the part is a signature or holds the encrypted message: nothing that people would save.
  private func isCryptography(_ type: ContentType) -> Bool {
    guard type.type == "application" else { return false }
    switch type.subtype {
    case "pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "pgp-encrypted", "pkcs7-mime", "x-pkcs7-mime":
      return true
    default: return parent?.record.kind == .multipart && parent?.contentType.subtype == "encrypted"
    }
  }
}
