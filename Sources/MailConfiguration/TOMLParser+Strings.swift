/// Strings. TOML v1.0.0, "String".
extension TOMLParser {
  // string = ml-basic-string / basic-string / ml-literal-string / literal-string
  mutating func parseString() throws(TOMLError) -> String {
    if take("\"\"\"") { return try parseMultiLine(quote: UInt8(ascii: "\""), hasEscapes: true) }
    if take("'''") { return try parseMultiLine(quote: UInt8(ascii: "'"), hasEscapes: false) }
    return peek() == UInt8(ascii: "\"") ? try parseBasicString() : try parseLiteralString()
  }

  // basic-string = quotation-mark *basic-char quotation-mark
  mutating func parseBasicString() throws(TOMLError) -> String {
    advance()
    var bytes: [UInt8] = []
    while let byte = peek() {
      if take(UInt8(ascii: "\"")) { return try text(bytes) }
      if byte == UInt8(ascii: "\\") {
        advance()
        try parseEscape(into: &bytes)
      } else {
        try takeCharacter(into: &bytes)
      }
    }
    throw error("the string has no closing quotation mark")
  }

  // literal-string = apostrophe *literal-char apostrophe
  mutating func parseLiteralString() throws(TOMLError) -> String {
    advance()
    var bytes: [UInt8] = []
    while peek() != nil {
      if take(UInt8(ascii: "'")) { return try text(bytes) }
      try takeCharacter(into: &bytes)
    }
    throw error("the string has no closing apostrophe")
  }

  // ml-basic-string and ml-literal-string, after their opening delimiter
  private mutating func parseMultiLine(quote: UInt8, hasEscapes: Bool) throws(TOMLError) -> String {
    _ = takeNewline()
    var bytes: [UInt8] = []
    while let byte = peek() {
      let start = place
      if byte == quote, peek(1) == quote, peek(2) == quote {
        // Up to two more quotation marks belong to the text: """a"" is followed by the delimiter in """a""""".
        advance(3)
        while place - start < 5, take(quote) { bytes.append(quote) }
        return try text(bytes)
      }
      if takeNewline() {
        bytes += source[start..<place]
      } else if hasEscapes, byte == UInt8(ascii: "\\") {
        advance()
        if try !skipEscapedLineEnd() { try parseEscape(into: &bytes) }
      } else {
        try takeCharacter(into: &bytes)
      }
    }
    throw error("the string of several lines has no end")
  }

  // mlb-escaped-nl = escape ws newline *( wschar / newline )
  private mutating func skipEscapedLineEnd() throws(TOMLError) -> Bool {
    let start = place
    skipBlanks()
    guard takeNewline() else {
      place = start
      return false
    }
    repeat { skipBlanks() } while takeNewline()
    return true
  }

  private mutating func takeCharacter(into bytes: inout [UInt8]) throws(TOMLError) {
    guard let byte = peek() else { return }
    guard byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t") else {
      throw error(byte == UInt8(ascii: "\n") ? "the string doesn't end on its line" : "a control character in a string")
    }
    bytes.append(byte)
    advance()
  }

  // escape-seq-char, after the backslash
  private mutating func parseEscape(into bytes: inout [UInt8]) throws(TOMLError) {
    let simple: UInt8
    switch peek() {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): simple = source[place]
    case UInt8(ascii: "b"): simple = 0x08
    case UInt8(ascii: "t"): simple = 0x09
    case UInt8(ascii: "n"): simple = 0x0A
    case UInt8(ascii: "f"): simple = 0x0C
    case UInt8(ascii: "r"): simple = 0x0D
    case UInt8(ascii: "u"): return try parseScalar(digits: 4, into: &bytes)
    case UInt8(ascii: "U"): return try parseScalar(digits: 8, into: &bytes)
    default: throw error("no such escape sequence")
    }
    bytes.append(simple)
    advance()
  }

  private mutating func parseScalar(digits: Int, into bytes: inout [UInt8]) throws(TOMLError) {
    advance()
    var code: UInt32 = 0
    for _ in 0..<digits {
      guard let byte = peek(), let digit = hexadecimalDigit(byte) else {
        throw error("expected \(digits) hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      advance()
    }
    guard let scalar = Unicode.Scalar(code) else { throw error("no such character") }
    bytes += Array(Character(scalar).utf8)
  }
}

/// The value of a hexadecimal digit, or nil.
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
