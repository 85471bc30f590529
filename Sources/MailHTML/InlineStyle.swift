/// What a `style` attribute says that matters to text.
struct InlineStyle: OptionSet {
  let rawValue: UInt8

  /// The element isn't shown.
  static let hidden = InlineStyle(rawValue: 1)
  /// No space above and below.
  static let noMargin = InlineStyle(rawValue: 2)
  /// A line at the left, as mail programs draw it beside quoted text.
  static let leftBorder = InlineStyle(rawValue: 4)
  /// A file is referred to with `url()`.
  static let refersToFile = InlineStyle(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Reads the declarations in `bytes[range]`. CSS Style Attributes, section 3.
  init(declarationsIn range: Range<Int>, of bytes: [UInt8]) {
    var result: InlineStyle = []
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      var colon: Int?
      while end < range.upperBound, bytes[end] != 0x3B {
        if colon == nil, bytes[end] == 0x3A { colon = end }
        end += 1
      }
      if let colon {
        let name = trimmed(start..<colon, in: bytes)
        let value = trimmed(colon + 1..<end, in: bytes)
        result.formUnion(Self.meaning(of: name, value, in: bytes))
      }
      start = end + 1
    }
    self = result
  }

  private static func meaning(of name: Range<Int>, _ value: Range<Int>, in bytes: [UInt8]) -> InlineStyle {
    guard !name.isEmpty, !value.isEmpty else { return [] }
    var result: InlineStyle = []
    switch lowered(bytes[name.lowerBound]) {
    case UInt8(ascii: "d"):
      if equals(name, "display", in: bytes), begins(value, "none", in: bytes) { result = .hidden }
    case UInt8(ascii: "v"):
      if equals(name, "visibility", in: bytes), begins(value, "hidden", in: bytes) { result = .hidden }
    case UInt8(ascii: "m"):
      if equals(name, "mso-hide", in: bytes), begins(value, "all", in: bytes) { result = .hidden }
      if equals(name, "max-height", in: bytes), isZero(value, in: bytes) { result = .hidden }
      if equals(name, "margin", in: bytes), isZero(value, in: bytes) { result = .noMargin }
      if equals(name, "margin-bottom", in: bytes), isZero(value, in: bytes) { result = .noMargin }
    case UInt8(ascii: "o"):
      if equals(name, "opacity", in: bytes), isZero(value, in: bytes) { result = .hidden }
    case UInt8(ascii: "b"):
      if begins(name, "border-left", in: bytes), holds(value, "solid", in: bytes) { result = .leftBorder }
    default: break
    }
    if holds(value, "url(", in: bytes) { result.insert(.refersToFile) }
    return result
  }

  /// The value begins with a length of nothing: `0`, `0px`, `0cm 0cm 1pt`.
  private static func isZero(_ value: Range<Int>, in bytes: [UInt8]) -> Bool {
    guard bytes[value.lowerBound] == 0x30 else { return false }
    var index = value.lowerBound
    while index < value.upperBound, bytes[index] == 0x30 || bytes[index] == 0x2E { index += 1 }
    return index == value.upperBound || !(0x31...0x39).contains(bytes[index])
  }
}

/// `range` without white space at both ends.
func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
  var lower = range.lowerBound
  var upper = range.upperBound
  while lower < upper, isSpace(bytes[lower]) { lower += 1 }
  while upper > lower, isSpace(bytes[upper - 1]) { upper -= 1 }
  return lower..<upper
}

/// `bytes[range]` is `text`, which is in lower case, whatever the case in `bytes`.
func equals(_ range: Range<Int>, _ text: StaticString, in bytes: [UInt8]) -> Bool {
  range.count == text.utf8CodeUnitCount && begins(range, text, in: bytes)
}

/// `bytes[range]` begins with `text`, which is in lower case, whatever the case in `bytes`.
func begins(_ range: Range<Int>, _ text: StaticString, in bytes: [UInt8]) -> Bool {
  let count = text.utf8CodeUnitCount
  guard range.count >= count else { return false }
  let start = unsafe text.utf8Start
  for offset in 0..<count where unsafe lowered(bytes[range.lowerBound + offset]) != start[offset] { return false }
  return true
}

/// `text`, which is in lower case, is somewhere in `bytes[range]`, whatever the case there.
func holds(_ range: Range<Int>, _ text: StaticString, in bytes: [UInt8]) -> Bool {
  let count = text.utf8CodeUnitCount
  guard range.count >= count else { return false }
  for start in range.lowerBound...range.upperBound - count
  where begins(start..<range.upperBound, text, in: bytes) { return true }
  return false
}
