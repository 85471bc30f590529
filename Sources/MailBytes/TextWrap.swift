/// Cuts `text` into lines of at most `width` terminal columns and hands them to `body` as ranges of UTF-8 bytes,
/// without the spaces at their ends.
///
/// Breaks are at spaces and between wide characters. A word that is wider than a line stays whole, so that addresses
/// can be copied.
public func wrapLines(_ text: Span<UInt8>, width: Int, _ body: (Range<Int>) -> Void) {
  var meter = WidthMeter()
  var lineStart = 0
  var columns = 0
  /// Where the line may end, and where the next would begin then; columns up to there.
  var breakEnd: Int?
  var breakNext = 0
  var breakColumns = 0
  var previousIsWide = false
  var previousIsSpace = false
  var index = 0
  while index < text.count {
    let start = index
    let scalar = nextScalar(in: text, &index)
    let isSpace = scalar == 0x20 || scalar == 0x09
    let taken = scalar == 0x09 ? 1 : meter.add(scalar)
    if isSpace {
      if !previousIsSpace { breakEnd = start }
      breakNext = index
      breakColumns = columns + taken
    } else if taken == 2 || previousIsWide, start > lineStart, !previousIsSpace, taken > 0, mayBegin(line: scalar) {
      breakEnd = start
      breakNext = start
      breakColumns = columns
    }
    columns += taken
    previousIsWide = taken == 2
    previousIsSpace = isSpace
    if columns > width, !isSpace, let end = breakEnd, end > lineStart {
      body(lineStart..<end)
      lineStart = breakNext
      columns -= breakColumns
      breakEnd = nil
    }
  }
  var end = text.count
  while end > lineStart, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
  if end > lineStart || lineStart == 0 { body(lineStart..<end) }
}

/// Closing punctuation of Chinese and Japanese stays with what it closes. Unicode Standard Annex 14, class CL.
private func mayBegin(line scalar: UInt32) -> Bool {
  switch scalar {
  case 0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x30FC, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E,
    0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0x21...0x29, 0x2C...0x2F, 0x3A, 0x3B, 0x3F:
    false
  default: true
  }
}

/// `line` with tabs filled up to columns of eight.
public func expandTabs(_ line: Substring) -> String {
  guard line.utf8.contains(0x09) else { return String(line) }
  var result = ""
  for (index, piece) in line.split(separator: "\t", omittingEmptySubsequences: false).enumerated() {
    if index > 0 { result += String(repeating: " ", count: 8 - displayWidth(result) % 8) }
    result += piece
  }
  return result
}
