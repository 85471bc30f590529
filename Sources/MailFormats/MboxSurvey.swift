internal import MailBytes

/// What the first megabyte of an mbox tells about the way it was written.
struct MboxSurvey {
  /// The file's own way; nil where nothing speaks for lengths.
  private(set) var lengths: MboxVariant?
  /// There is an empty line before each `From ` line.
  private(set) var hasEmptyLines = true
  /// Whether it quotes as mboxo or as mboxrd; mboxrd where nothing tells.
  private(set) var quoting = MboxVariant.mboxrd

  /// Looks at `bytes`, the beginning of a file, whose first `From ` line is at `start`. With `isWhole` nothing follows them.
  init(_ bytes: Span<UInt8>, from start: Int, isWhole: Bool) {
    let lines = fromLines(bytes, from: start)
    let bare = lines.dropFirst().count { !$0.isAfterEmpty }
    hasEmptyLines = bare * 2 <= lines.count - 1
    countLengths(bytes, lines, isWhole: isWhole)
    compareQuotes(bytes, from: start)
  }

  /// Looks at the lines of two or more `>` and `From `. Among quoted lines of a reply, as in
  ///
  ///     >> It was late.
  ///     >>From there we went home.
  ///
  /// such a line has as many `>` as its neighbours where nothing has been added, and one more in an mboxrd.
  private mutating func compareQuotes(_ bytes: Span<UInt8>, from start: Int) {
    var (added, untouched) = (0, 0)
    var (index, before) = (start, 0)
    while index < bytes.count {
      let next = min(findByte(0x0A, in: bytes, from: index, to: bytes.count) + 1, bytes.count)
      let depth = quoteDepth(bytes, index, next)
      if depth >= 2, begins(bytes, index + depth, next, with: "From ") {
        let around = max(before, quoteDepth(bytes, next, bytes.count))
        if around >= depth { untouched += 1 } else { added += 1 }
      }
      (index, before) = (next, depth)
    }
    if untouched > added { quoting = .mboxo }
  }

  /// The number of `>` that a line begins with, spaces between them apart.
  private func quoteDepth(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var (index, depth) = (start, 0)
    while index < end, bytes[index] == UInt8(ascii: ">") || (bytes[index] == 0x20 && depth > 0) {
      if bytes[index] == UInt8(ascii: ">") { depth += 1 }
      index += 1
    }
    return depth
  }

  private mutating func countLengths(_ bytes: Span<UInt8>, _ lines: [Candidate], isWhole: Bool) {
    var (fits, misfits, inside) = (0, 0, 0)
    var number = 0
    while number < lines.count {
      let line = lines[number]
      number += 1
      let fields = MailboxFields(bytes, from: line.end, to: bytes.count)
      guard let length = fields.contentLength else { continue }
      let end = fields.bodyStart + min(length, 1 << 40)
      guard end + 1_000 < bytes.count || isWhole else { continue }
      guard end <= bytes.count, isEndOfMessage(bytes, end) else {
        misfits += 1
        continue
      }
      fits += 1
      while number < lines.count, lines[number].start < end {
        inside += 1
        number += 1
      }
    }
    if fits > misfits { lengths = inside > 0 ? .mboxcl2 : .mboxcl }
  }

  private struct Candidate {
    var start: Int
    var end: Int
    var isAfterEmpty: Bool
  }

  private func fromLines(_ bytes: Span<UInt8>, from start: Int) -> [Candidate] {
    var found: [Candidate] = []
    var (index, isAfterEmpty) = (start, true)
    while index < bytes.count {
      let newline = findByte(0x0A, in: bytes, from: index, to: bytes.count)
      if bytes[index] == UInt8(ascii: "F"), index == start || isFromLine(bytes, index, newline) {
        found.append(Candidate(start: index, end: min(newline + 1, bytes.count), isAfterEmpty: isAfterEmpty))
      }
      isAfterEmpty = isEmptyLine(bytes, index, newline)
      index = newline + 1
    }
    return found
  }
}

/// The line `bytes[start..<newline]` is a `From ` line by its looks and by the line that follows.
///
/// A sentence that begins with "From" is none: a date or an address alone has to follow, and then a header field.
func isFromLine(_ bytes: Span<UInt8>, _ start: Int, _ newline: Int) -> Bool {
  guard begins(bytes, start, newline, with: "From "), newline - start < longestFromLine,
    let line = FromLine(bytes.extracting(start..<newline))
  else {
    return false
  }
  let next = min(newline + 1, bytes.count)
  let end = findByte(0x0A, in: bytes, from: next, to: bytes.count)
  if fieldName(bytes, next, end) != nil { return true }
  // A message without a header, or one whose header begins with a quoted line of another mailbox.
  return line.date != nil && (isEmptyLine(bytes, next, end) || begins(bytes, next, end, with: ">From "))
}

/// A longer line is no `From ` line.
let longestFromLine = 1_000

/// A message may end at `end` of `bytes`: nothing follows, or a `From ` line, with an empty line or two before it.
func isEndOfMessage(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
  var index = end
  for _ in 0..<3 {
    if index >= bytes.count { return true }
    let newline = findByte(0x0A, in: bytes, from: index, to: bytes.count)
    if isEmptyLine(bytes, index, newline) {
      index = newline + 1
    } else {
      // The body ends with its last line break.
      let isAtLine = index == 0 || bytes[index - 1] == 0x0A
      return isAtLine && begins(bytes, index, newline, with: "From ")
        && FromLine(bytes.extracting(index..<newline)) != nil
    }
  }
  return false
}
