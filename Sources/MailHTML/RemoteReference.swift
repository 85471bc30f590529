/// Something outside the message that HTML refers to, and that is never loaded.
public struct RemoteReference: Sendable, Hashable {
  public enum Kind: Sendable {
    /// An image, visible or not.
    case image
    /// A style sheet, or a font named by one.
    case style
    /// A frame, a sound, a film or an object.
    case media
    /// A script.
    case script
  }

  public var kind: Kind
  public var url: String
}

/// The references found so far, each once, in order.
struct RemoteReferences {
  /// More are not kept.
  static let limit = 1000

  private(set) var list: [RemoteReference] = []
  private var known: Set<RemoteReference> = []

  /// Notes the attribute value in `bytes[range]` if it lies outside the message.
  mutating func note(_ kind: RemoteReference.Kind, _ range: Range<Int>, in bytes: [UInt8]) {
    let range = trimmed(range, in: bytes)
    guard list.count < Self.limit, isRemote(range, in: bytes) else { return }
    let reference = RemoteReference(kind: kind, url: attributeText(range, in: bytes))
    if known.insert(reference).inserted { list.append(reference) }
  }

  /// Notes what the style declarations or the style sheet in `bytes[range]` refer to: `url()` and `@import`.
  mutating func note(style range: Range<Int>, kind: RemoteReference.Kind, in bytes: [UInt8]) {
    var index = range.lowerBound
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        if begins(index..<range.upperBound, "url(", in: bytes) {
          let argument = styleArgument(from: index + 4, to: range.upperBound, in: bytes)
          note(kind, argument, in: bytes)
          index = argument.upperBound
          continue
        }
      case UInt8(ascii: "@"):
        if begins(index..<range.upperBound, "@import", in: bytes) {
          let argument = styleArgument(from: index + 7, to: range.upperBound, in: bytes)
          note(.style, argument, in: bytes)
          index = argument.upperBound
          continue
        }
      default: break
      }
      index += 1
    }
  }

  /// The word or the quoted text after `start`.
  private func styleArgument(from start: Int, to end: Int, in bytes: [UInt8]) -> Range<Int> {
    var lower = start
    while lower < end, isSpace(bytes[lower]) || bytes[lower] == 0x22 || bytes[lower] == 0x27 { lower += 1 }
    if lower + 4 < end, begins(lower..<end, "url(", in: bytes) {
      lower += 4
      while lower < end, isSpace(bytes[lower]) || bytes[lower] == 0x22 || bytes[lower] == 0x27 { lower += 1 }
    }
    var upper = lower
    while upper < end {
      switch bytes[upper] {
      case 0x22, 0x27, 0x29, 0x3B, 0x20, 0x0A, 0x0D: return lower..<upper
      default: upper += 1
      }
    }
    return lower..<upper
  }
}

/// The URL in `bytes[range]` names something on a network or another host's file.
func isRemote(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
  begins(range, "http:", in: bytes) || begins(range, "https:", in: bytes) || begins(range, "//", in: bytes)
    || begins(range, "ftp:", in: bytes) || begins(range, "file:", in: bytes) || begins(range, "\\\\", in: bytes)
}
