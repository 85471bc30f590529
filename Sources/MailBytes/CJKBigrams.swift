/// Appends `text` (UTF-8) to `output` with each run of Chinese, Japanese or Korean characters turned into overlapping
/// pairs and its last character, with spaces between ("東京都" becomes "東京 京都 都"): a full-text index then finds any two
/// characters in a row, every single one as the beginning of a word, and a phrase that goes on after the run.
public func appendCJKBigrams(of text: Span<UInt8>, to output: inout [UInt8]) {
  var previous: Range<Int>?
  var runLength = 0
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte < 0x80 {
      if let previous { finishRun(text, previous, runLength, to: &output) }
      if runLength > 0, byte != 0x20 { output.append(0x20) }
      runLength = 0
      output.append(byte)
      index += 1
      continue
    }
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
    let end = min(index + length, text.count)
    if isCJK(text, index, end) {
      if runLength == 0 {
        if let last = output.last, last != 0x20, last != 0x0A { output.append(0x20) }
      } else if let previous {
        if runLength > 1 { output.append(0x20) }
        append(text, previous, to: &output)
        append(text, index..<end, to: &output)
      }
      previous = index..<end
      runLength += 1
    } else {
      if let previous { finishRun(text, previous, runLength, to: &output) }
      if runLength > 0 { output.append(0x20) }
      runLength = 0
      append(text, index..<end, to: &output)
    }
    index = end
  }
  if let previous { finishRun(text, previous, runLength, to: &output) }
}

/// The last character of a run of `length` characters, alone.
private func finishRun(_ text: Span<UInt8>, _ last: Range<Int>, _ length: Int, to output: inout [UInt8]) {
  if length > 1 { output.append(0x20) }
  if length > 0 { append(text, last, to: &output) }
}

/// `text` with its runs of Chinese, Japanese and Korean characters as overlapping pairs; see `appendCJKBigrams`.
public func cjkBigrams(_ text: String) -> String {
  guard !isASCII(text.utf8.span) else { return text }
  var output: [UInt8] = []
  output.reserveCapacity(text.utf8.count * 2)
  appendCJKBigrams(of: text.utf8.span, to: &output)
  return string(output)
}

/// Whether `scalar` is written without spaces between words: Han, kana, Hangul.
public func isCJK(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x1100...0x11FF, 0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x3035, 0x3041...0x318F,
    0x31A0...0x31BF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF,
    0xF900...0xFAFF, 0xFF66...0xFFDC, 0x20000...0x3FFFF:
    true
  default: false
  }
}

private func isCJK(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  switch end - start {
  case 3:
    let high = UInt32(text[start] & 0x0F) << 12
    return isCJK(high | UInt32(text[start + 1] & 0x3F) << 6 | UInt32(text[start + 2] & 0x3F))
  case 4:
    let high = UInt32(text[start] & 0x07) << 18 | UInt32(text[start + 1] & 0x3F) << 12
    return isCJK(high | UInt32(text[start + 2] & 0x3F) << 6 | UInt32(text[start + 3] & 0x3F))
  default: return false
  }
}

private func append(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
  for index in range { output.append(text[index]) }
}
