/// A subject without what answers and forwards put before it.
struct BareSubject {
  private(set) var text: String
  private(set) var isReply = false
  private(set) var isForward = false

  /// Takes `Re:`, `AW:`, `TR :`, `Re[2]:`, `回复：` and so on away, also behind the tag of a mailing list, which stays.
  init(_ subject: String) {
    var rest = Self.trimmedStart(subject[...])
    rest = Self.strip(rest, &isReply, &isForward)
    if let (tag, behind) = Self.listTag(rest) {
      let stripped = Self.strip(behind, &isReply, &isForward)
      text = stripped.isEmpty ? String(tag) : "\(tag) \(stripped)"
    } else {
      text = String(rest)
    }
    text = trimmed(text)
  }

  private static func strip(_ text: Substring, _ isReply: inout Bool, _ isForward: inout Bool) -> Substring {
    var rest = text
    while let (word, behind) = prefix(rest) {
      if forwardPrefixes.contains(word) { isForward = true } else { isReply = true }
      rest = behind
    }
    return rest
  }

  /// The word that `text` begins with and what is behind it, when it is one that mail programs write.
  private static func prefix(_ text: Substring) -> (word: String, rest: Substring)? {
    var index = text.startIndex
    var count = 0
    while index < text.endIndex, text[index] != ":", text[index] != "：" {
      index = text.index(after: index)
      count += 1
      if count > 24 { return nil }
    }
    guard index < text.endIndex, count > 0 else { return nil }
    var word = text[..<index]
    // French has a space before the colon, often one that doesn't break.
    while let last = word.last, isSpace(last) { word.removeLast() }
    word = withoutNumber(word)
    let key = word.lowercased()
    guard replyPrefixes.contains(key) || forwardPrefixes.contains(key) else { return nil }
    // One letter means something only as Outlook writes it: in capitals, with a space behind the colon.
    let behind = text[text.index(after: index)...]
    if word.count == 1, word != word.uppercased() || !(behind.first.map(isSpace) ?? false) { return nil }
    return (key, trimmedStart(behind))
  }

  /// `Re[2]`, `Re(2)`, `Re^2` and `Re*2` without the number.
  private static func withoutNumber(_ word: Substring) -> Substring {
    var rest = word
    if let last = rest.last, last == "]" || last == ")" { rest.removeLast() }
    let hadBracket = rest.endIndex != word.endIndex
    var digits = 0
    while let last = rest.last, last.isASCII, last.isNumber {
      rest.removeLast()
      digits += 1
    }
    guard digits > 0, let mark = rest.last, hadBracket ? mark == "[" || mark == "(" : mark == "^" || mark == "*" else {
      return word
    }
    return rest.dropLast()
  }

  /// `[tag]` at the beginning, and what is behind it.
  private static func listTag(_ text: Substring) -> (tag: Substring, rest: Substring)? {
    guard text.first == "[", let close = text.firstIndex(of: "]") else { return nil }
    let behind = text.index(after: close)
    guard text.distance(from: text.startIndex, to: behind) <= 60 else { return nil }
    return (text[..<behind], trimmedStart(text[behind...]))
  }

  private static func trimmedStart(_ text: Substring) -> Substring { text.drop { isSpace($0) } }

  private static func isSpace(_ character: Character) -> Bool { character.isWhitespace }
}

/// The subject of an answer to a message with the subject `subject`: `Re:` once, in whatever language it was there.
public func replySubject(_ subject: String) -> String {
  let bare = BareSubject(subject)
  return trimmed("Re: " + (bare.isForward ? "Fwd: " : "") + bare.text)
}

/// The subject under which a message with the subject `subject` is passed on: `Fwd:` once.
public func forwardSubject(_ subject: String) -> String {
  let bare = BareSubject(subject)
  return trimmed("Fwd: " + (bare.isReply ? "Re: " : "") + bare.text)
}
