internal import MailBytes

/// The place in an HTML text where a footer is the last thing that is shown: before `</body>` or `</html>`, else the end.
///
/// Comments, the contents of scripts and the like, and attribute values are passed over, so that a `</body>` in one of them
/// doesn't count; and what is left open at the end is closed, so that the footer isn't swallowed.
struct FooterPlace {
  private(set) var offset: Int
  /// What ends that which is open.
  private(set) var closing: [UInt8] = []

  init(_ html: Span<UInt8>) {
    offset = html.count
    var body: Int?
    var end: Int?
    var index = 0
    scan: while index < html.count {
      index = findByte(0x3C, in: html, from: index, to: html.count)
      guard index + 1 < html.count else { break }
      if matches(html, index, "<!--") {
        guard let close = find("-->", in: html, from: index + 4) else {
          closing = Array("-->".utf8)
          break scan
        }
        index = close + 3
        continue
      }
      let isClosing = html[index + 1] == 0x2F
      let start = index + (isClosing ? 2 : 1)
      guard start < html.count, html[start].isLetter else {
        index += 1
        continue
      }
      var nameEnd = start
      while nameEnd < html.count, html[nameEnd].isLetter || html[nameEnd].isDigit { nameEnd += 1 }
      let tag = FooterPlace.tagEnd(html, nameEnd)
      if isClosing, equalsIgnoringCase(html, start, nameEnd, "body".utf8.span) { body = index }
      if isClosing, equalsIgnoringCase(html, start, nameEnd, "html".utf8.span) { end = index }
      guard let after = tag.end else {
        closing = tag.closing
        break scan
      }
      index = after
      guard !isClosing, let name = FooterPlace.rawElement(html, start, nameEnd) else { continue }
      guard let close = find("</\(name)", in: html, from: after) else {
        closing = Array("</\(name)>".utf8)
        break scan
      }
      index = close
    }
    // Where something is open to the very end, everything before it counts.
    if closing.isEmpty { offset = body ?? end ?? html.count }
  }

  /// Whether `block` stands right before the place.
  func isBehind(_ block: String, in html: [UInt8]) -> Bool {
    guard closing.isEmpty else { return false }
    var have: [UInt8] = []
    var index = offset
    let wanted = Array(block.utf8)
    // Line ends may have become others on the way.
    while index > 0, html[index - 1].isFoldingSpace { index -= 1 }
    while index > 0, have.count < wanted.count {
      index -= 1
      if html[index] != 0x0D { have.append(html[index]) }
    }
    return have.reversed().elementsEqual(wanted)
  }

  /// Where a tag ends whose name ends at `start`; what closes it if it doesn't.
  private static func tagEnd(_ html: Span<UInt8>, _ start: Int) -> (end: Int?, closing: [UInt8]) {
    var quote: UInt8 = 0
    var index = start
    var mayQuote = false
    while index < html.count {
      let byte = html[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x3E {
        return (index + 1, [])
      } else if mayQuote, byte == 0x22 || byte == 0x27 {
        quote = byte
      }
      if quote == 0, !byte.isFoldingSpace { mayQuote = byte == 0x3D }
      index += 1
    }
    return (nil, quote == 0 ? [0x3E] : [quote, 0x3E])
  }

  /// The name of an element whose contents are no markup.
  private static func rawElement(_ html: Span<UInt8>, _ start: Int, _ end: Int) -> String? {
    let names = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "template", "select"]
    for name in names where equalsIgnoringCase(html, start, end, name.utf8.span) { return name }
    return nil
  }
}

private func matches(_ html: Span<UInt8>, _ start: Int, _ word: String) -> Bool {
  let end = start + word.utf8.count
  return end <= html.count && equalsIgnoringCase(html, start, end, word.utf8.span)
}

/// Where `word`, in small letters, occurs next.
private func find(_ word: String, in html: Span<UInt8>, from start: Int) -> Int? {
  guard let first = word.utf8.first else { return nil }
  var index = start
  while index < html.count {
    index = findByte(first, in: html, from: index, to: html.count)
    if index < html.count, matches(html, index, word) { return index }
    index += 1
  }
  return nil
}
