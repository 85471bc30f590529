internal import MailMIME

/// How many identifiers a References field has at most: the first, which names the thread, and the last.
private let referenceLimit = 20

extension Composition.Thread {
  /// Makes this message an answer to the one with `headers`. RFC 5322, section 3.6.4.
  ///
  /// The references are those of the original, or what it answers where it has none, and its own identifier. Of long lists
  /// the first and the last are kept; what is repeated or no identifier is left out.
  mutating func answer(_ headers: Headers) {
    let parent = headers.messageIDs("Message-ID").first.flatMap { isIdentifier($0) ? $0 : nil }
    var chain = headers.messageIDs("References").filter(isIdentifier)
    let answered = headers.messageIDs("In-Reply-To").filter(isIdentifier)
    if chain.isEmpty, answered.count == 1 { chain = answered }
    if let parent { chain.append(parent) }
    references = shortened(chain)
    inReplyTo = parent.map { [$0] } ?? []
  }
}

/// `identifiers` with each one at its last place, shortened to the first and the last ones.
private func shortened(_ identifiers: [String]) -> [String] {
  var seen: Set<String> = []
  var kept: [String] = []
  for identifier in identifiers.reversed() where seen.insert(identifier).inserted { kept.append(identifier) }
  kept.reverse()
  guard kept.count > referenceLimit else { return kept }
  return [kept[0]] + kept.suffix(referenceLimit - 1)
}

/// `text` can stand between angle brackets: printable, with an `@`, and not too long for a line.
func isIdentifier(_ text: String) -> Bool {
  let bytes = text.utf8
  guard bytes.count >= 3, bytes.count <= 250, bytes.contains(0x40) else { return false }
  return bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }
}
