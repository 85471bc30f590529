/// A word or phrase as it stands in the query.
struct Value {
  /// The text, without quotation marks and without a `*` after them.
  var text: String
  /// Where the text begins.
  var offset: Int
  var isQuoted: Bool
  /// A `*` follows the closing quotation mark.
  var hasOuterStar = false
}

extension QueryParser {
  var atEnd: Bool { position >= bytes.count }

  /// The byte at the position. Not to be asked at the end.
  var current: UInt8 { bytes[position] }

  /// The length of the white space at `index`: ASCII, NUL, no-break and ideographic spaces.
  private func spaceLength(at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    switch bytes[index] {
    case 0, 9...13, 32: return 1
    case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0xA0: return 2
    case 0xE3 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80: return 3
    default: return 0
    }
  }

  func isSpace(at index: Int) -> Bool { index >= bytes.count || spaceLength(at: index) > 0 }

  /// What stands at `index` up to the next space or closing parenthesis.
  func word(at index: Int) -> String {
    var end = index
    while end < bytes.count, !isSpace(at: end), bytes[end] != UInt8(ascii: ")") { end += 1 }
    return String(decoding: bytes[index..<end], as: UTF8.self)
  }

  mutating func skipSpace() {
    while case let length = spaceLength(at: position), length > 0 { position += length }
  }

  /// The length of a double quotation mark, straight or curved, at `index`.
  private func quoteLength(at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    if bytes[index] == UInt8(ascii: "\"") { return 1 }
    if index + 2 < bytes.count, bytes[index] == 0xE2, bytes[index + 1] == 0x80, 0x9C...0x9E ~= bytes[index + 2] {
      return 3
    }
    return 0
  }

  // MARK: Operators and names

  func isOperator(_ word: String) -> Bool {
    let end = position + word.utf8.count
    guard end <= bytes.count, bytes[position..<end].elementsEqual(word.utf8) else { return false }
    return isSpace(at: end) || bytes[end] == UInt8(ascii: "(") || bytes[end] == UInt8(ascii: ")")
  }

  mutating func takeOperator(_ word: String) -> Bool {
    guard isOperator(word) else { return false }
    position += word.utf8.count
    return true
  }

  /// Takes the name of a field and its colon. Nil: none stands here.
  mutating func takeFieldName() throws(QueryError) -> Field? {
    var end = position
    while end < bytes.count, UInt8(ascii: "a")...UInt8(ascii: "z") ~= bytes[end] | 0x20 { end += 1 }
    guard end > position, end < bytes.count, bytes[end] == UInt8(ascii: ":") else { return nil }
    let name = String(decoding: bytes[position..<end], as: UTF8.self)
    if let field = Field(name: name) {
      position = end + 1
      return field
    }
    // "Re: budget", "http://…", "std::string" and "localhost:8080" are text; "form:bob" is a slip.
    let next = end + 1
    if isSpace(at: next) || bytes[next] == UInt8(ascii: "/") || bytes[next] == UInt8(ascii: ":") || isDigit(bytes[next])
      || bytes[next] == UInt8(ascii: ")")
    {
      return nil
    }
    throw QueryError(.unknownField(name), at: position)
  }

  // MARK: Values

  mutating func takeValue() throws(QueryError) -> Value {
    budget -= 1
    if budget < 0 { throw QueryError(.tooManyTerms(limit: context.limits.terms), at: position) }
    return quoteLength(at: position) > 0 ? try takeQuoted() : takeWord()
  }

  /// A phrase; `\"` and `\\` stand for the sign itself.
  private mutating func takeQuoted() throws(QueryError) -> Value {
    let start = position
    let opening = quoteLength(at: start)
    position += opening
    var text: [UInt8] = []
    while !atEnd {
      let closing = quoteLength(at: position)
      if closing > 0, (opening == 1) == (closing == 1) {
        position += closing
        var value = Value(
          text: String(decoding: text, as: UTF8.self), offset: start + opening, isQuoted: true)
        if !atEnd, current == UInt8(ascii: "*") {
          position += 1
          value.hasOuterStar = true
        }
        return value
      }
      if current == UInt8(ascii: "\\"), position + 1 < bytes.count,
        bytes[position + 1] == UInt8(ascii: "\"") || bytes[position + 1] == UInt8(ascii: "\\")
      {
        position += 1
      }
      text.append(current == 0 ? UInt8(ascii: " ") : current)
      position += 1
    }
    throw QueryError(.unclosedQuote, at: start)
  }

  /// Everything up to a space, a quotation mark, or a parenthesis that closes a group outside the word.
  private mutating func takeWord() -> Value {
    let start = position
    var open = 0
    while !atEnd, !isSpace(at: position), quoteLength(at: position) == 0 {
      if current == UInt8(ascii: "(") { open += 1 }
      if current == UInt8(ascii: ")") {
        if open == 0 { break }
        open -= 1
      }
      position += 1
    }
    return Value(text: String(decoding: bytes[start..<position], as: UTF8.self), offset: start, isQuoted: false)
  }
}
