/// What a person wrote, as a comment: without white space at its ends, with lines that end in LF. Empty if nothing is left.
public func commentText(_ bytes: [UInt8]) throws(Failure) -> String {
  let lines = bytes.filter { $0 != UInt8(ascii: "\r") }
  guard let text = String(validating: lines, as: UTF8.self), !text.unicodeScalars.contains("\u{FFFD}") else {
    throw Failure(.badData, "the comment is not UTF-8")
  }
  guard !lines.contains(0) else { throw Failure(.badData, "the comment has a NUL in it") }
  let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
  let scalars = text.unicodeScalars
  guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
  // White space at the beginning of the first line may be meant; empty lines before it are not.
  let body = scalars[...last]
  let first = body.firstIndex { !isSpace($0) } ?? body.startIndex
  let start = body[..<first].lastIndex(of: "\n").map { body.index(after: $0) } ?? body.startIndex
  return String(body[start...])
}
