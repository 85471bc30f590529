internal import MailBytes

/// One part of a message. RFC 2045, section 2.5.
public struct Part: Sendable {
  let message: Message
  let index: Int

  var record: PartRecord { message.structure.records[index] }

  /// The part's number as IMAP counts: "1.2". The root of a message that is a multipart bears the number of the part
  /// that embeds the message, "" for the whole one; a root that is no multipart is part 1 of its message. RFC 3501,
  /// section 6.4.5.
  public var number: String { message.structure.number(of: index) }

  /// The fields of the part's header.
  public var headers: Headers { Headers(message: message, index: index) }

  /// The header as it is, with the empty line that ends it.
  public var rawHeader: ArraySlice<UInt8> { message.bytes[record.header] }

  /// The body as it is, transfer encoding and all.
  public var body: ArraySlice<UInt8> { message.bytes[record.body] }

  /// Where in the message the body lies.
  public var bodyRange: Range<Int> { record.body }

  /// The parts of a multipart; the root of the embedded message of a message/rfc822.
  public var children: [Part] {
    var parts: [Part] = []
    var child = record.firstChild
    while child >= 0 {
      parts.append(Part(message: message, index: child))
      child = message.structure.records[child].nextSibling
    }
    return parts
  }

  /// The part around this one.
  public var parent: Part? { record.parent < 0 ? nil : Part(message: message, index: record.parent) }

  /// The root of the message that this message/rfc822 part holds. One that is (against the rules) encoded isn't opened
  /// here; see `decodedMessage`.
  public var embeddedMessage: Part? { record.kind == .message ? children.first : nil }

  /// Whether this is the root of a message, either the whole one or an embedded one.
  public var isMessageRoot: Bool { record.isMessageRoot }

  /// How the body is encoded.
  public var transferEncoding: TransferEncoding { TransferEncoding(message.bytes.span, record.transferEncoding) }

  /// The media type; text/plain when the field is missing or can't be read, message/rfc822 in a digest.
  /// RFC 2045, section 5.2; RFC 2046, section 5.1.5.
  public var contentType: ContentType {
    contentType(guess: record.contentType.flatMap { headers.guess(for: message.bytes.span.extracting($0)) })
  }

  /// The media type, with octets above ASCII in its parameters read in the charset `guess`.
  func contentType(guess: Charset?) -> ContentType {
    if let range = record.contentType {
      return ContentType(message.bytes.span.extracting(range), guess: guess) ?? ContentType("text", "plain")
    }
    return record.kind == .message ? ContentType("message", "rfc822") : ContentType("text", "plain")
  }

  /// The disposition, nil when the part names none.
  public var disposition: ContentDisposition? {
    headers["Content-Disposition"].flatMap { ContentDisposition($0.span, guess: headers.guess(for: $0.span)) }
  }

  /// The file name that the sender gave, decoded; a name only, not to be trusted as a path.
  public var filename: String? {
    if let name = disposition?["filename"], !name.isEmpty { return name }
    guard let name = contentType["name"], !name.isEmpty else { return nil }
    return name
  }

  /// The Content-ID without its angle brackets. RFC 2045, section 7.
  public var contentID: String? { headers.messageIDs("Content-ID").first }
}
