/// A JSON value. RFC 8259.
package enum JSONValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  /// A number as it was written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  package static func == (one: JSONValue, other: JSONValue) -> Bool { one.text == other.text }

  /// The value of `key` in an object.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.0 == key }?.1
  }

  /// The string, or nil when this is something else.
  var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The whole number, also one in a string, as some servers write `expires_in`.
  var integer: Int64? {
    switch self {
    case .number(let digits), .string(let digits): Int64(digits.prefix { $0 != "." })
    default: nil
    }
  }

  /// The value as a document.
  package var text: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let value): quotedJSON(value)
    case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\(quotedJSON($0.0)): \($0.1.text)" }.joined(separator: ", ") + "}"
    }
  }
}

private func quotedJSON(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "\n": result += "\\n"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// Reads a JSON document; nil when it is none, or deeper than 64 levels.
package func parseJSON(_ source: [UInt8]) -> JSONValue? {
  var parser = JSONParser(source: source)
  guard let value = parser.value(depth: 0) else { return nil }
  parser.skipSpace()
  return parser.place == source.count ? value : nil
}

private struct JSONParser {
  let source: [UInt8]
  var place = 0

  init(source: [UInt8]) { self.source = source }

  var next: UInt8? { place < source.count ? source[place] : nil }

  mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  mutating func take(_ text: StaticString) -> Bool {
    let bytes = Array(text.description.utf8)
    guard source[place...].starts(with: bytes) else { return false }
    place += bytes.count
    return true
  }

  mutating func value(depth: Int) -> JSONValue? {
    guard depth < 64 else { return nil }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return take("true") ? .boolean(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .boolean(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  mutating func number() -> JSONValue? {
    let start = place
    while let byte = next, "0123456789+-.eE".utf8.contains(byte) { place += 1 }
    let text = String(decoding: source[start..<place], as: UTF8.self)
    return Double(text) == nil ? nil : .number(text)
  }

  mutating func array(depth: Int) -> JSONValue? {
    place += 1
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { return nil }
    }
  }

  mutating func object(depth: Int) -> JSONValue? {
    place += 1
    var members: [(String, JSONValue)] = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard let key = string() else { return nil }
      skipSpace()
      guard take(":"), let value = value(depth: depth + 1) else { return nil }
      members.append((key, value))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { return nil }
    }
  }

  mutating func string() -> String? {
    guard take("\"") else { return nil }
    var result: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: result, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        result += Array(String(scalar).utf8)
      case 0..<0x20: return nil
      default: result.append(byte)
      }
    }
    return nil
  }

  mutating func escape() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let first = hexadecimal() else { return nil }
      guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
      guard take("\\u"), let second = hexadecimal(), (0xDC00..<0xE000).contains(second) else { return nil }
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    default: return nil
    }
  }

  mutating func hexadecimal() -> UInt32? {
    guard place + 4 <= source.count else { return nil }
    defer { place += 4 }
    let digits = source[place..<place + 4]
    guard digits.allSatisfy({ "0123456789abcdefABCDEF".utf8.contains($0) }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
