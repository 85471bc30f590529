/// Going on after a mistake.
extension TOMLParser {
  /// The expression that begins at `start` is the header of a table.
  func isHeader(at start: Int) -> Bool {
    source[start...].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } == UInt8(ascii: "[")
  }

  /// Leaves the place at the next line that looks like the beginning of something: a blank line, a comment, a header, or a
  /// key with its `=`.
  mutating func skipToExpression() {
    depth = 0
    repeat {
      while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
      if peek() == nil { return }
      advance()
      line += 1
      lineStart = place
    } while !looksLikeExpression()
  }

  private func looksLikeExpression() -> Bool {
    var end = place
    while end < source.count, source[end] != UInt8(ascii: "\n") { end += 1 }
    let text = source[place..<end].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    switch text.first {
    case nil, UInt8(ascii: "#"), UInt8(ascii: "\r"): return true
    case UInt8(ascii: "["):
      let name = text.drop { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: " ") }
      return (name.first?.isBareKey ?? false) && !text.contains(UInt8(ascii: ","))
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let quote = text.first, let close = text.dropFirst().firstIndex(of: quote) else { return false }
      return text[(close + 1)...].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "=")
    default:
      let rest = text.drop { $0.isBareKey || " .".utf8.contains($0) }
      return rest.count < text.count && rest.first == UInt8(ascii: "=")
    }
  }
}
