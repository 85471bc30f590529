internal import MailBytes

extension JSONValue {
  /// The value in `bytes`; nil when they are not one value of JSON, or one that is nested deeper than sixteen times.
  init?(parsing bytes: ArraySlice<UInt8>) {
    var parser = JSONParser(rest: bytes)
    guard let value = parser.value(depth: 16), parser.skipSpace() == nil else { return nil }
    self = value
  }
}

/// Reads JSON from left to right. Each function takes what it reads off the front of `rest`, and gives nil where that is
/// something else.
private struct JSONParser {
  var rest: ArraySlice<UInt8>

  /// Takes off white space; the byte that follows, nil at the end.
  mutating func skipSpace() -> UInt8? {
    while let byte = rest.first, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { rest.removeFirst() }
    return rest.first
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard skipSpace() == byte else { return false }
    rest.removeFirst()
    return true
  }

  /// RFC 8259, section 3.
  mutating func value(depth: Int) -> JSONValue? {
    switch skipSpace() {
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "{"): return depth > 0 ? object(depth: depth - 1) : nil
    case UInt8(ascii: "["): return depth > 0 ? array(depth: depth - 1) : nil
    case UInt8(ascii: "-"), (UInt8(ascii: "0")...UInt8(ascii: "9"))?: return number()
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return nil
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) -> JSONValue? {
    guard rest.starts(with: word.utf8) else { return nil }
    rest.removeFirst(word.utf8.count)
    return value
  }

  /// Section 6. A fraction is cut off; what is too large for 64 bits is no number.
  private mutating func number() -> JSONValue? {
    let text = rest.prefix { $0 == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    rest.removeFirst(text.count)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      while let byte = rest.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { rest.removeFirst() }
    }
    return Int64(String(decoding: text, as: UTF8.self)).map { .number($0) }
  }

  /// Section 4.
  private mutating func object(depth: Int) -> JSONValue? {
    rest.removeFirst()
    var members: [(String, JSONValue)] = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      guard skipSpace() == UInt8(ascii: "\""), let name = string(), take(UInt8(ascii: ":")) else { return nil }
      guard let value = value(depth: depth) else { return nil }
      members.append((name, value))
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .object(members) : nil
  }

  /// Section 5.
  private mutating func array(depth: Int) -> JSONValue? {
    rest.removeFirst()
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      guard let value = value(depth: depth) else { return nil }
      values.append(value)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? .array(values) : nil
  }

  /// Section 7.
  private mutating func string() -> String? {
    rest.removeFirst()
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escaped() else { return nil }
        bytes += Array(String(scalar).utf8)
      case 0..<0x20: return nil
      default: bytes.append(byte)
      }
    }
    return nil
  }

  /// What follows a backslash.
  private mutating func escaped() -> Unicode.Scalar? {
    switch rest.popFirst() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let first = unit() else { return nil }
      guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
      guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"), let second = unit(),
        (0xDC00..<0xE000).contains(second)
      else { return nil }
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    default: return nil
    }
  }

  /// Four hexadecimal digits.
  private mutating func unit() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = rest.popFirst(), let digit = byte.hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
