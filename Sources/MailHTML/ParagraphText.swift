/// Collects the text of one block and settles its white space. CSS Text, section 4.1.
struct ParagraphText {
  private(set) var bytes: [UInt8] = []
  /// White space was seen that counts only if text follows.
  private var needsSpace = false
  /// Line ends, no-break spaces: an empty block with them is a blank line.
  private(set) var isMeantBlank = false

  var isEmpty: Bool { bytes.isEmpty }

  /// Adds text from HTML; white space is collapsed unless `isPreformatted`.
  mutating func append(_ text: Span<UInt8>, isPreformatted: Bool) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
        if isPreformatted {
          if byte != 0x0D { bytes.append(byte) }
        } else {
          needsSpace = true
        }
        index += 1
      case 0..<0x20, 0x7F: index += 1
      case 0xC2, 0xCD, 0xE2, 0xEF:
        if let count = invisibleCount(text, index) {
          index += count
        } else {
          if byte == 0xC2, index + 1 < text.count, text[index + 1] == 0xA0 { isMeantBlank = true }
          fallthrough
        }
      default:
        flushSpace()
        bytes.append(byte)
        index += 1
      }
    }
  }

  /// Adds `text` as it is.
  mutating func append(_ text: String) {
    guard !text.isEmpty else { return }
    flushSpace()
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds `note` right behind the text so far; white space that was due comes after it.
  mutating func append(note: String) { bytes.append(contentsOf: note.utf8) }

  /// Adds a line end that is meant.
  mutating func breakLine() {
    needsSpace = false
    isMeantBlank = true
    bytes.append(0x0A)
  }

  private mutating func flushSpace() {
    if needsSpace {
      needsSpace = false
      if let last = bytes.last, last != 0x0A { bytes.append(0x20) }
    }
  }

  /// The bytes of a character at `index` that is never seen: soft hyphen, combining grapheme joiner, zero width space,
  /// byte order mark; a zero width joiner or non-joiner that joins nothing.
  private func invisibleCount(_ text: Span<UInt8>, _ index: Int) -> Int? {
    guard index + 1 < text.count else { return nil }
    let second = text[index + 1]
    switch text[index] {
    case 0xC2: return second == 0xAD ? 2 : nil
    case 0xCD: return second == 0x8F ? 2 : nil
    case 0xEF: return second == 0xBB && index + 2 < text.count && text[index + 2] == 0xBF ? 3 : nil
    default:
      guard second == 0x80, index + 2 < text.count else { return nil }
      switch text[index + 2] {
      case 0x8B: return 3
      case 0x8C, 0x8D:
        let follows = index + 3 < text.count ? text[index + 3] : 0x20
        guard !needsSpace, let last = bytes.last, last > 0x7F, !endsWithSpace, follows > 0x7F, follows != 0xC2 else {
          return 3
        }
        return nil
      default: return nil
      }
    }
  }

  /// The last character is a no-break space or a joiner.
  private var endsWithSpace: Bool {
    let count = bytes.count
    guard count >= 2 else { return false }
    if bytes[count - 1] == 0xA0, bytes[count - 2] == 0xC2 { return true }
    return count >= 3 && bytes[count - 3] == 0xE2 && bytes[count - 2] == 0x80
      && (bytes[count - 1] == 0x8C || bytes[count - 1] == 0x8D)
  }

  /// Forgets everything.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    needsSpace = false
    isMeantBlank = false
  }

  /// Empties itself. The text has no white space at its ends and at most one blank line in a row; `isSpaced` says that
  /// blank lines stood before it.
  mutating func take(isPreformatted: Bool) -> (text: String, isSpaced: Bool) {
    defer { clear() }
    if isPreformatted { return (takePreformatted(), false) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var lineFeeds = 0
    var isSpaced = false
    var start = 0
    while start <= bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      let line = visible(start..<end)
      if !line.isEmpty {
        if result.isEmpty {
          isSpaced = lineFeeds > 1
        } else {
          result.append(contentsOf: repeatElement(0x0A, count: min(lineFeeds, 2)))
        }
        lineFeeds = 0
        result.append(contentsOf: bytes[line])
      }
      lineFeeds += 1
      start = end + 1
    }
    return (String(decoding: result, as: UTF8.self), isSpaced)
  }

  private func takePreformatted() -> String {
    var upper = bytes.count
    while upper > 0, bytes[upper - 1] == 0x0A || bytes[upper - 1] == 0x20 { upper -= 1 }
    var lower = 0
    var index = 0
    while index < upper, bytes[index] == 0x0A || bytes[index] == 0x20 {
      index += 1
      if bytes[index - 1] == 0x0A { lower = index }
    }
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// `range` without spaces and no-break spaces at its end, and without spaces at its beginning; empty if it has nothing else.
  private func visible(_ range: Range<Int>) -> Range<Int> {
    var upper = range.upperBound
    while upper > range.lowerBound {
      if bytes[upper - 1] == 0x20 || bytes[upper - 1] == 0x09 {
        upper -= 1
      } else if upper - 2 >= range.lowerBound, bytes[upper - 1] == 0xA0, bytes[upper - 2] == 0xC2 {
        upper -= 2
      } else {
        break
      }
    }
    var lower = range.lowerBound
    while lower < upper, bytes[lower] == 0x20 { lower += 1 }
    // One no-break space is a spacer, several are an indentation.
    if lower + 3 <= upper, bytes[lower] == 0xC2, bytes[lower + 1] == 0xA0, bytes[lower + 2] != 0xC2 { lower += 2 }
    while lower < upper, bytes[lower] == 0x20 { lower += 1 }
    return lower..<upper
  }
}
