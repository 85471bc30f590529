internal import MailBytes

/// The words of `text`, with encoded words for those that ASCII can't say; `column` is where the first one stands.
/// RFC 2047, section 5.
func textTokens(_ text: String, column: Int = 0) -> [HeaderToken] {
  let bytes = oneLine(text)
  guard !bytes.isEmpty else { return [] }
  var tokens: [HeaderToken] = []
  var index = 0
  while index < bytes.count {
    if let end = plainWordEnd(bytes, index), isAlone(bytes, index, end) {
      tokens.append(HeaderToken(Array(bytes[index..<end])))
      index = end + 1
    } else {
      let end = encodedRunEnd(bytes, index)
      tokens += encodedWords(bytes[index..<end], isPhrase: false, column: tokens.isEmpty ? column : 0)
      index = end + 1
    }
  }
  return tokens
}

/// The octets of `text` as one line: a line break is a space, other control characters but tabs are dropped. Encoded they
/// would be legal, and break the programs that decode them.
func oneLine(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  guard bytes.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) else { return bytes }
  var output: [UInt8] = []
  for (index, byte) in bytes.enumerated() {
    if byte == 0x0D || byte == 0x0A {
      if byte == 0x0D || index == 0 || bytes[index - 1] != 0x0D { output.append(0x20) }
    } else if byte >= 0x20 && byte != 0x7F || byte == 0x09 {
      output.append(byte)
    }
  }
  return output
}

/// The end of the word at `start` when it can be written as it is.
private func plainWordEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
  var end = start
  while end < bytes.count, bytes[end] != 0x20 {
    guard bytes[end] > 0x20, bytes[end] < 0x7F else { return nil }
    if bytes[end] == 0x3D, end + 1 < bytes.count, bytes[end + 1] == 0x3F { return nil }
    end += 1
  }
  return end > start && end - start <= 400 ? end : nil
}

/// Whether exactly one space, or an end of the text, stands behind the word.
private func isAlone(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
  end == bytes.count || (end + 1 < bytes.count && bytes[end + 1] != 0x20)
}

/// The end of the text from `start` that goes into encoded words: up to the space before the next plain word.
private func encodedRunEnd(_ bytes: [UInt8], _ start: Int) -> Int {
  var index = start
  while index < bytes.count {
    if bytes[index] == 0x20, index > start, bytes[index - 1] != 0x20, let end = plainWordEnd(bytes, index + 1),
      isAlone(bytes, index + 1, end)
    {
      return index
    }
    index += 1
  }
  return bytes.count
}

/// `run` (UTF-8) as encoded words of at most 75 octets each. None of them divides a character as its reader sees it, be it of
/// several code points, unless that doesn't fit; programs that decode word by word show it whole. The first one stands at
/// `column`. RFC 2047, sections 2 and 5.
func encodedWords(_ run: ArraySlice<UInt8>, isPhrase: Bool, column: Int = 0) -> [HeaderToken] {
  let special = run.reduce(0) { $0 + (isSafeInWord($1, isPhrase: isPhrase) ? 0 : 1) }
  let divider = WordDivider(run: run, usesBase64: special * 3 > run.count, isPhrase: isPhrase)
  var tokens: [HeaderToken] = []
  var start = run.startIndex
  while start < run.endIndex {
    let end = divider.wordEnd(from: start, columns: tokens.isEmpty ? max(75 - column, 40) : 75)
    tokens.append(encodedWord(run[start..<end], usesBase64: divider.usesBase64, isPhrase: isPhrase))
    start = end
  }
  return tokens
}

/// Says where encoded words end.
private struct WordDivider {
  let run: ArraySlice<UInt8>
  let usesBase64: Bool
  let isPhrase: Bool
  /// The ends of characters as their reader sees them.
  private var ends: [Int] = []
  private static let overhead = "=?utf-8?q??=".utf8.count

  init(run: ArraySlice<UInt8>, usesBase64: Bool, isPhrase: Bool) {
    self.run = run
    self.usesBase64 = usesBase64
    self.isPhrase = isPhrase
    var end = run.startIndex
    for character in string(run) {
      end = min(end + character.utf8.count, run.endIndex)
      ends.append(end)
    }
    if ends.last != run.endIndex { ends.append(run.endIndex) }
  }

  /// The end of the word of at most `columns` octets that begins at `start`.
  func wordEnd(from start: Int, columns: Int) -> Int {
    let limit = limit(from: start, room: columns - Self.overhead)
    if limit == run.endIndex { return limit }
    let whole = ends[firstEnd(after: start)...].prefix { $0 <= limit }
    // QUIRK: GMime (notmuch) joins the base64 of neighbours in a name, and what follows padding is lost.
    if usesBase64 {
      if let end = whole.last(where: { ($0 - start) % 3 == 0 }), end - start >= 18 { return end }
      let points = stride(from: limit, to: start, by: -1).filter { isCharacterStart($0) }
      if isPhrase, let end = points.first(where: { ($0 - start) % 3 == 0 }) { return end }
    }
    return whole.last ?? stride(from: limit, to: start, by: -1).first { isCharacterStart($0) } ?? limit
  }

  private func isCharacterStart(_ index: Int) -> Bool { run[index] & 0xC0 != 0x80 }

  /// The place up to which octets from `start` on fit into `room`.
  private func limit(from start: Int, room: Int) -> Int {
    if usesBase64 { return min(start + room / 4 * 3, run.endIndex) }
    var length = 0
    for index in start..<run.endIndex {
      length += isSafeInWord(run[index], isPhrase: isPhrase) || run[index] == 0x20 ? 1 : 3
      if length > room { return index }
    }
    return run.endIndex
  }

  /// The place in `ends` of the first one behind `start`.
  private func firstEnd(after start: Int) -> Int {
    var low = 0
    var high = ends.count
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > start { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

private func encodedWord(_ bytes: ArraySlice<UInt8>, usesBase64: Bool, isPhrase: Bool) -> HeaderToken {
  let content = usesBase64 ? Base64.encode(bytes.span) : quotedWord(bytes, isPhrase: isPhrase)
  var token = HeaderToken(Array("=?utf-8?\(usesBase64 ? "b" : "q")?".utf8) + content + [0x3F, 0x3D])
  token.limit = 76
  return token
}

private func isSafeInWord(_ byte: UInt8, isPhrase: Bool) -> Bool {
  if byte.isLetter || byte.isDigit { return true }
  switch byte {
  case 0x21, 0x2A, 0x2B, 0x2D, 0x2F: return true
  case 0x3D, 0x3F, 0x5F: return false
  default: return !isPhrase && byte > 0x20 && byte < 0x7F
  }
}

private func quotedWord(_ bytes: ArraySlice<UInt8>, isPhrase: Bool) -> [UInt8] {
  var output: [UInt8] = []
  for byte in bytes {
    if byte == 0x20 {
      output.append(0x5F)
    } else if isSafeInWord(byte, isPhrase: isPhrase) {
      output.append(byte)
    } else {
      output += [0x3D, hexDigit(byte >> 4), hexDigit(byte)]
    }
  }
  return output
}
