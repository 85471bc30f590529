internal import MailBytes

/// How a body is made fit for transport. RFC 2045, section 6; unknown ones are read as they are.
public enum TransferEncoding: String, Sendable, Hashable {
  /// Lines of ASCII.
  case sevenBit = "7bit"
  /// Lines of any octets.
  case eightBit = "8bit"
  /// Any octets.
  case binary = "binary"
  /// Mostly text, with escapes.
  case quotedPrintable = "quoted-printable"
  /// Three octets as four letters.
  case base64 = "base64"
  /// One that RFC 2045 doesn't know, such as x-uuencode; its body is left as text.
  case other = "other"

  init(_ bytes: Span<UInt8>, _ range: Range<Int>?) {
    guard let range else {
      self = .sevenBit
      return
    }
    var start = range.lowerBound
    while start < range.upperBound, bytes[start].isFoldingSpace || bytes[start] == 0x22 { start += 1 }
    var end = start
    while end < range.upperBound, bytes[end] > 0x20, bytes[end] != 0x3B, bytes[end] != 0x28, bytes[end] != 0x22 {
      end += 1
    }
    switch end - start {
    case 0: self = .sevenBit
    case 4 where equalsIgnoringCase(bytes, start, end, "7bit".utf8.span): self = .sevenBit
    case 4 where equalsIgnoringCase(bytes, start, end, "8bit".utf8.span): self = .eightBit
    case 5 where equalsIgnoringCase(bytes, start, end, "7-bit".utf8.span): self = .sevenBit
    case 5 where equalsIgnoringCase(bytes, start, end, "8-bit".utf8.span): self = .eightBit
    case 6 where equalsIgnoringCase(bytes, start, end, "binary".utf8.span): self = .binary
    case 6 where equalsIgnoringCase(bytes, start, end, "base64".utf8.span): self = .base64
    case 16 where equalsIgnoringCase(bytes, start, end, "quoted-printable".utf8.span): self = .quotedPrintable
    default: self = .other
    }
  }
}

extension TransferEncoding: Comparable {
  /// By the octets that a body may have: 7bit and what is encoded, 8bit, binary.
  public static func < (first: TransferEncoding, second: TransferEncoding) -> Bool { first.width < second.width }

  private var width: Int {
    switch self {
    case .sevenBit, .quotedPrintable, .base64: 0
    case .eightBit: 1
    case .binary, .other: 2
    }
  }
}
