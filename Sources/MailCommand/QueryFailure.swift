public import MailQuery

extension Failure {
  /// What is wrong with the query `text`: the query is shown with a caret under the place.
  public init(_ error: QueryError, in text: String) {
    let code: ExitCode = if case .noSavedSearch = error.problem { .noInput } else { .usage }
    self.init(code, error.description, hint: caretLines(text, at: error.offset))
  }
}

/// `text` in one line, cut where it is long, and below it a caret under the character at byte `offset`.
func caretLines(_ text: String, at offset: Int) -> String {
  let limit = 76
  let place = text.utf8.index(text.startIndex, offsetBy: min(offset, text.utf8.count))
  var before = clean(String(text[..<place]))
  var after = clean(String(text[place...]))
  if displayWidth(before) > limit / 2, displayWidth(before) + displayWidth(after) > limit {
    before = "…" + lastCharacters(of: before, width: limit / 2)
  }
  if displayWidth(before) + displayWidth(after) > limit {
    after = firstCharacters(of: after, width: limit - 1 - displayWidth(before)) + "…"
  }
  return "  \(before)\(after)\n  " + String(repeating: " ", count: displayWidth(before)) + "^"
}

private func firstCharacters(of text: String, width: Int) -> String {
  var taken = 0
  return String(
    text.prefix { character in
      taken += displayWidth(String(character))
      return taken <= width
    })
}

private func lastCharacters(of text: String, width: Int) -> String {
  String(firstCharacters(of: String(text.reversed()), width: width).reversed())
}
