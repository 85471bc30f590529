/// HTML that a mail message carries, as UTF-8.
public struct HTMLDocument: Sendable {
  /// At most this many bytes are read.
  public static let standardLimit = 4 << 20

  let bytes: [UInt8]
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

/// The charset that an HTML document names in a `meta` element near its beginning; for documents whose mail part names none.
/// HTML, section 13.2.3.2.
public func declaredCharset(inHTML bytes: [UInt8]) -> String? {
  let window = 0..<min(bytes.count, 1024)
  for start in window where lowered(bytes[start]) == UInt8(ascii: "c") {
    guard begins(start..<window.upperBound, "charset", in: bytes) else { continue }
    var index = start + 7
    while index < window.upperBound, isSpace(bytes[index]) { index += 1 }
    guard index < window.upperBound, bytes[index] == 0x3D else { continue }
    index += 1
    while index < window.upperBound, isSpace(bytes[index]) || bytes[index] == 0x22 || bytes[index] == 0x27 {
      index += 1
    }
    let nameStart = index
    while index < window.upperBound, isLetter(bytes[index]) || bytes[index] &- 0x2D < 0x0D || bytes[index] == 0x5F {
      index += 1
    }
    if index > nameStart { return String(decoding: bytes[nameStart..<index], as: UTF8.self) }
  }
  return nil
}
