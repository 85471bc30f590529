internal import MailBytes

/// A part of a message that is to be written.
public struct BodyPart: Sendable {
  /// What the part holds.
  public enum Content: Sendable {
    /// Text; its lines end in LF or CRLF and are written as the options say.
    case text(String)
    /// Octets that arrive exactly as they are.
    case data([UInt8])
    /// Parts.
    case multipart([BodyPart])
    /// A whole message, written as it is.
    case message([UInt8])
  }

  /// The media type; charset, boundary and the like are added when the part is written.
  public var contentType: ContentType
  /// What the part holds.
  public var content: Content
  /// `inline` or `attachment`; nil for no Content-Disposition field.
  public var disposition: String?
  /// The file name, written as the `filename` of the disposition and the `name` of the type.
  public var filename: String?
  /// The Content-ID, without angle brackets.
  public var contentID: String?
  /// The Content-Description. RFC 2045, section 8.
  public var description: String?

  /// A part of `contentType` with `content`.
  public init(_ contentType: ContentType, _ content: Content) {
    self.contentType = contentType
    self.content = content
  }

  /// Text of the type `text/subtype`.
  public static func text(_ text: String, subtype: String = "plain") -> BodyPart {
    BodyPart(ContentType("text", subtype), .text(text))
  }

  /// Paragraphs as format=flowed. RFC 3676.
  public static func flowed(_ paragraphs: [FlowedText.Paragraph]) -> BodyPart {
    BodyPart(
      ContentType("text", "plain", parameters: [("format", "flowed")]), .text(FlowedText.encode(paragraphs)))
  }

  /// A file to be saved.
  public static func attachment(_ data: [UInt8], type: ContentType, filename: String) -> BodyPart {
    var part = BodyPart(type, .data(data))
    part.disposition = "attachment"
    part.filename = filename
    return part
  }

  /// The type `multipart/subtype` of `parts`.
  public static func multipart(_ subtype: String, _ parts: [BodyPart]) -> BodyPart {
    BodyPart(ContentType("multipart", subtype), .multipart(parts))
  }

  /// `message` as a message/rfc822.
  public static func message(_ message: [UInt8]) -> BodyPart {
    BodyPart(ContentType("message", "rfc822"), .message(message))
  }
}
