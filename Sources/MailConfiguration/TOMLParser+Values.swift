/// Values other than strings.
extension TOMLParser {
  // val = string / boolean / array / inline-table / date-time / float / integer
  mutating func parseValue() throws(TOMLError) -> TOMLValue {
    switch peek() {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try parseString())
    case UInt8(ascii: "["): return try nested { (parser) throws(TOMLError) in try parser.parseArray() }
    case UInt8(ascii: "{"): return try nested { (parser) throws(TOMLError) in try parser.parseInlineTable() }
    default: return try parseScalarValue()
    }
  }

  private mutating func nested(
    _ parse: (inout TOMLParser) throws(TOMLError) -> TOMLValue
  ) throws(TOMLError) -> TOMLValue {
    guard depth < Self.nestingLimit else { throw error("arrays and tables lie too deep in each other") }
    depth += 1
    defer { depth -= 1 }
    return try parse(&self)
  }

  // array = array-open [ array-values ] ws-comment-newline array-close
  private mutating func parseArray() throws(TOMLError) -> TOMLValue {
    advance()
    var values: [TOMLValue] = []
    while true {
      try skipSpaceAndComments()
      if take(UInt8(ascii: "]")) { return .array(values) }
      values.append(try parseValue())
      try skipSpaceAndComments()
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { throw error("expected “,” or “]” in the array") }
    }
  }

  // inline-table = inline-table-open [ inline-table-keyvals ] inline-table-close
  private mutating func parseInlineTable() throws(TOMLError) -> TOMLValue {
    advance()
    let table = TOMLNode(.table, origin: .header, line: line)
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .table(TOMLTable()) }
    while true {
      skipBlanks()
      try parseKeyValue(into: table)
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .table(table.table()) }
      guard take(UInt8(ascii: ",")) else { throw error("expected “,” or “}” in the inline table") }
    }
  }

  private mutating func parseScalarValue() throws(TOMLError) -> TOMLValue {
    let start = place
    while let byte = peek(), isScalarByte(byte, at: start) { advance() }
    let end = place
    place = start
    guard end > start else { throw error("expected a value") }
    let word = String(decoding: source[start..<end], as: UTF8.self)
    guard let value = scalarValue(word) else {
      let shown = source[start...].prefix { $0 > 0x20 && !",]}#=".utf8.contains($0) }
      throw error(
        "“\(String(decoding: shown.prefix(100), as: UTF8.self))” is no value; strings stand in quotation marks")
    }
    place = end
    return value
  }

  /// A date and its time may be parted by one space, which then belongs to the value.
  private func isScalarByte(_ byte: UInt8, at start: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "_"): true
    case UInt8(ascii: " "):
      place - start == 10 && source[start + 4] == UInt8(ascii: "-") && peek(3) == UInt8(ascii: ":")
    default: false
    }
  }

  private func scalarValue(_ word: String) -> TOMLValue? {
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    default: break
    }
    let bytes = Array(word.utf8)
    if isTOMLDateTime(bytes) { return .dateTime(word) }
    guard let digits = withoutUnderscores(bytes) else { return nil }
    return integer(digits) ?? float(digits)
  }

  /// An underscore must stand between two digits.
  private func withoutUnderscores(_ bytes: [UInt8]) -> [UInt8]? {
    let underscore = UInt8(ascii: "_")
    for place in bytes.indices where bytes[place] == underscore {
      guard place > 0, place + 1 < bytes.count, hexadecimalDigit(bytes[place - 1]) != nil,
        hexadecimalDigit(bytes[place + 1]) != nil
      else { return nil }
    }
    return bytes.filter { $0 != underscore }
  }

  // integer = dec-int / hex-int / oct-int / bin-int
  private func integer(_ bytes: [UInt8]) -> TOMLValue? {
    let word = String(decoding: bytes, as: UTF8.self)
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where word.hasPrefix(prefix) {
      let digits = word.dropFirst(2)
      return digits.first?.isHexDigit == true ? Int64(digits, radix: radix).map { .integer($0) } : nil
    }
    guard !hasLeadingZero(bytes) else { return nil }
    return Int64(word).map { .integer($0) }
  }

  // float = float-int-part ( exp / frac [ exp ] )
  private func float(_ bytes: [UInt8]) -> TOMLValue? {
    let marks = Array(".eE".utf8)
    guard !hasLeadingZero(bytes), bytes.contains(where: marks.contains) else { return nil }
    var hasDigitBefore = false
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigitBefore = true
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        guard place == 0 || bytes[place - 1] | 0x20 == UInt8(ascii: "e") else { return nil }
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard hasDigitBefore, place + 1 < bytes.count else { return nil }
        guard byte != UInt8(ascii: ".") || (0x30...0x39).contains(bytes[place + 1]) else { return nil }
        hasDigitBefore = byte == UInt8(ascii: ".")
      default: return nil
      }
    }
    return Double(String(decoding: bytes, as: UTF8.self)).map { .float($0) }
  }

  private func hasLeadingZero(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
    guard digits.first == UInt8(ascii: "0"), let second = digits.dropFirst().first else { return false }
    return (0x30...0x39).contains(second)
  }
}

/// Whether these bytes are a date, a time, or both. RFC 3339, section 5.6, with TOML's local forms.
func isTOMLDateTime(_ bytes: [UInt8]) -> Bool {
  var rest = bytes[...]
  func number(_ count: Int, _ range: ClosedRange<Int>) -> Bool {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    rest = rest.dropFirst(count)
    return range.contains(digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
  }
  func take(_ choices: String) -> Bool {
    guard let first = rest.first, choices.utf8.contains(first) else { return false }
    rest = rest.dropFirst()
    return true
  }
  func time() -> Bool {
    guard number(2, 0...23), take(":"), number(2, 0...59), take(":"), number(2, 0...60) else { return false }
    guard take(".") else { return true }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest.dropFirst(digits.count)
    return !digits.isEmpty
  }
  if bytes.count > 2, bytes[2] == UInt8(ascii: ":") { return time() && rest.isEmpty }
  guard number(4, 0...9999), take("-"), number(2, 1...12), take("-"), number(2, 1...31) else { return false }
  if rest.isEmpty { return true }
  guard take("Tt "), time() else { return false }
  if rest.isEmpty { return true }
  if take("Zz") { return rest.isEmpty }
  return take("+-") && number(2, 0...23) && take(":") && number(2, 0...59) && rest.isEmpty
}
