internal import MailBytes

/// Looks for the end of a message line by line, as far as there are bytes.
struct MboxScan {
  /// Where the line begins that is looked at next.
  private(set) var line: Int
  /// The line before that one is empty. True at the beginning: a message may be empty.
  private(set) var isAfterEmpty = true
  /// No line break lies between `line` and here.
  private var searched: Int
  /// `line` is not the beginning of a line: that has been forgotten.
  private var isInside = false

  init(from start: Int) {
    line = start
    searched = start
  }

  /// Where the next `From ` line begins, or the end of the bytes if nothing follows them; nil when more bytes are needed to
  /// tell.
  mutating func advance(_ bytes: Span<UInt8>, isAtEnd: Bool, needsEmptyLine: Bool) -> Int? {
    while line < bytes.count {
      let newline = findByte(0x0A, in: bytes, from: searched, to: bytes.count)
      if newline == bytes.count, !isAtEnd {
        searched = newline
        return nil
      }
      if !isInside, bytes[line] == UInt8(ascii: "F"), isAfterEmpty || !needsEmptyLine,
        begins(bytes, line, newline, with: "From ")
      {
        // The line that follows has a say.
        let isKnown = isAtEnd || newline + 1 + longestFromLine < bytes.count || newline - line > longestFromLine
        if !isKnown, findByte(0x0A, in: bytes, from: newline + 1, to: bytes.count) == bytes.count {
          searched = line
          return nil
        }
        if isFromLine(bytes, line, newline) { return line }
      }
      isAfterEmpty = !isInside && isEmptyLine(bytes, line, newline)
      isInside = false
      line = min(newline + 1, bytes.count)
      searched = line
    }
    return isAtEnd ? bytes.count : nil
  }

  /// The caller drops the bytes looked at so far, whose number is returned.
  mutating func forget() -> Int {
    // A line that may yet become a `From ` line is kept.
    let used = searched - line > longestFromLine ? searched : line
    if used > line { isInside = true }
    line -= min(line, used)
    searched = max(searched - used, line)
    return used
  }
}

/// The lines of a body that are, or look like, quoted `From ` lines.
struct QuotedLines {
  /// The places of the `>` of lines with one.
  private(set) var single: [Int] = []
  /// The places of the first `>` of lines with one or more.
  private(set) var all: [Int] = []
  /// A line begins with `From `.
  private(set) var hasUnquoted = false

  init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: ">") {
        var from = index + 1
        while from < end, bytes[from] == UInt8(ascii: ">") { from += 1 }
        if begins(bytes, from, end, with: "From ") {
          all.append(index)
          if from == index + 1 { single.append(index) }
        }
      } else if bytes[index] == UInt8(ascii: "F"), begins(bytes, index, end, with: "From ") {
        hasUnquoted = true
      }
      index = findByte(0x0A, in: bytes, from: index, to: end) + 1
    }
  }
}
