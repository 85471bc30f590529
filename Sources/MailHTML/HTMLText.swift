/// HTML that a mail message carries, as UTF-8.
public struct HTMLDocument: Sendable {
  /// At most this many bytes are read.
  public static let standardLimit = 4 << 20

  private let bytes: [UInt8]
  /// The document is longer than what is read.
  public let isCut: Bool

  /// Takes UTF-8; what lies beyond `limit` is ignored.
  public init(utf8 bytes: [UInt8], limit: Int = HTMLDocument.standardLimit) {
    isCut = bytes.count > limit
    self.bytes = isCut ? Array(bytes[..<limit]) : bytes
  }

  /// The document as text. Scripts, styles, comments and hidden elements are left out; nothing is loaded.
  public func text(links: StyledText.LinkStyle = .footnotes) -> StyledText {
    StyledTextBuilder.build(StructureReader.read(bytes), links: links)
  }
}
