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
/// several code points, unless it is longer than a word; programs that decode word by word show it whole. The first one
/// stands at `column`. RFC 2047, sections 2 and 5.
func encodedWords(_ run: ArraySlice<UInt8>, isPhrase: Bool, column: Int = 0) -> [HeaderToken] {
  let special = run.reduce(0) { $0 + (isSafeInWord($1, isPhrase: isPhrase) ? 0 : 1) }
  let usesBase64 = special * 3 > run.count
  func length(_ range: Range<Int>) -> Int {
    if usesBase64 { return (range.count + 2) / 3 * 4 }
    return range.reduce(0) { $0 + (isSafeInWord(run[$1], isPhrase: isPhrase) || run[$1] == 0x20 ? 1 : 3) }
  }
  let overhead = "=?utf-8?q??=".utf8.count
  var tokens: [HeaderToken] = []
  var room = max(75 - column, 40) - overhead
  var start = run.startIndex
  var end = start
  for unit in units(of: run, fitting: { length($0) <= 75 - overhead }) {
    if end > start, length(start..<unit.upperBound) > room {
      tokens.append(encodedWord(run[start..<end], usesBase64: usesBase64, isPhrase: isPhrase))
      start = end
      room = 75 - overhead
    }
    end = unit.upperBound
  }
  if end > start { tokens.append(encodedWord(run[start..<end], usesBase64: usesBase64, isPhrase: isPhrase)) }
  return tokens
}

/// The characters of `run` as its reader sees them; the code points of those that `isShort` denies.
private func units(of run: ArraySlice<UInt8>, fitting isShort: (Range<Int>) -> Bool) -> [Range<Int>] {
  var units: [Range<Int>] = []
  var start = run.startIndex
  for character in string(run) {
    let unit = start..<min(start + character.utf8.count, run.endIndex)
    start = unit.upperBound
    if isShort(unit) {
      units.append(unit)
      continue
    }
    var first = unit.lowerBound
    for index in unit.dropFirst() where run[index] & 0xC0 != 0x80 {
      units.append(first..<index)
      first = index
    }
    units.append(first..<unit.upperBound)
  }
  return units
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
