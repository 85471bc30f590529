/// Moving through the document.
extension TOMLParser {
  func peek(_ ahead: Int = 0) -> UInt8? {
    place + ahead < source.count ? source[place + ahead] : nil
  }

  mutating func advance(_ count: Int = 1) { place += count }

  mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    advance()
    return true
  }

  mutating func take(_ text: StaticString) -> Bool {
    let bytes = Array(text.description.utf8)
    guard source[place...].starts(with: bytes) else { return false }
    advance(bytes.count)
    return true
  }

  // ws = *( %x20 / %x09 )
  mutating func skipBlanks() {
    while peek() == UInt8(ascii: " ") || peek() == UInt8(ascii: "\t") { advance() }
  }

  // newline = %x0A / %x0D.0A
  mutating func takeNewline() -> Bool {
    let length = peek() == UInt8(ascii: "\r") ? 2 : 1
    guard peek(length - 1) == UInt8(ascii: "\n") else { return false }
    advance(length)
    line += 1
    lineStart = place
    return true
  }

  // comment = "#" *non-eol
  mutating func skipComment() throws(TOMLError) {
    guard peek() == UInt8(ascii: "#") else { return }
    let start = place
    while let byte = peek(), byte != UInt8(ascii: "\n"), !(byte == UInt8(ascii: "\r") && peek(1) == UInt8(ascii: "\n"))
    {
      guard byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t") else {
        throw error("a control character in a comment")
      }
      advance()
    }
    _ = try text(source[start..<place])
  }

  // ws-comment-newline = *( wschar / [ comment ] newline )
  mutating func skipSpaceAndComments() throws(TOMLError) {
    repeat {
      skipBlanks()
      try skipComment()
    } while takeNewline()
  }

  /// The bytes as text; a document is UTF-8.
  func text(_ bytes: some Collection<UInt8>) throws(TOMLError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw error("this is not UTF-8") }
    return text
  }

  func error(_ problem: String) -> TOMLError {
    TOMLError(line: line, column: place - lineStart + 1, problem: problem)
  }
}
