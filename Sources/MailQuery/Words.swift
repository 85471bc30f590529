internal import MailBytes

/// A word or phrase of a query in the form in which the full-text index keeps words.
struct Words {
  /// The text to match; see `TextTerm.words`.
  var text = ""
  /// The last word is a single Chinese, Japanese or Korean character, found at the beginning of a pair.
  var endsInSingleCharacter = false
  /// Letters and digits in the last word.
  var lastWordLength = 0
  /// The last word is Chinese, Japanese or Korean.
  var endsInPair = false
  /// About how many words there are.
  var count = 0

  /// Nothing in it can be searched for.
  var isEmpty: Bool { count == 0 }

  init(_ source: String) {
    var run: [Unicode.Scalar] = []
    var inWord = false
    var output = String.UnicodeScalarView()
    for scalar in source.unicodeScalars {
      if isCJK(scalar.value) {
        inWord = false
        run.append(scalar)
        continue
      }
      Words.append(run, to: &output, isLast: false)
      count += run.count
      run.removeAll(keepingCapacity: true)
      if Words.isWordScalar(scalar) || (inWord && Words.isMark(scalar)) {
        if !inWord {
          if !output.isEmpty { output.append(" ") }
          count += 1
          lastWordLength = 0
        }
        inWord = true
        if !Words.isMark(scalar) { lastWordLength += 1 }
        output.append(scalar)
      } else {
        inWord = false
      }
    }
    if !run.isEmpty {
      if run.contains(where: Words.isWordScalar) { count += run.count } else { run = [] }
      Words.append(run, to: &output, isLast: true)
      endsInSingleCharacter = run.count == 1
      endsInPair = run.count > 1
    }
    text = String(output)
  }

  /// Appends a run as overlapping pairs. A run that something follows ends with its last character alone, as in the
  /// index; the last run of a phrase doesn't, because in a message more may follow.
  private static func append(_ run: [Unicode.Scalar], to output: inout String.UnicodeScalarView, isLast: Bool) {
    guard !run.isEmpty else { return }
    for index in run.indices {
      if index + 1 == run.count, run.count > 1, isLast { break }
      if !output.isEmpty { output.append(" ") }
      output.append(run[index])
      if index + 1 < run.count { output.append(run[index + 1]) }
    }
  }

  /// Whether the full-text index takes `scalar` as a part of a word: letters, numbers and private use.
  static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.properties.isAlphabetic || 48...57 ~= scalar.value }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .privateUse:
      return true
    default: return false
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool { 0x300...0x36F ~= scalar.value }
}
