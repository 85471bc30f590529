internal import MailBytes

/// The words of `text`, with encoded words for those that ASCII can't say. In a phrase also what is no atom is encoded
/// or quoted. RFC 2047, section 5.
func textTokens(_ text: String, isPhrase: Bool) -> [HeaderToken] {
  let bytes = Array(text.utf8)
  guard !bytes.isEmpty else { return [] }
  var tokens: [HeaderToken] = []
  var index = 0
  while index < bytes.count {
    if let end = plainWordEnd(bytes, index), isAlone(bytes, index, end) {
      tokens.append(HeaderToken(Array(bytes[index..<end])))
      index = end + 1
    } else {
      let end = encodedRunEnd(bytes, index)
      tokens += encodedWords(bytes[index..<end], isPhrase: isPhrase)
      index = end + 1
    }
  }
  return tokens
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

/// `run` (UTF-8) as encoded words of at most 75 octets each, none of which divides a character. RFC 2047, sections 2
/// and 5.
func encodedWords(_ run: ArraySlice<UInt8>, isPhrase: Bool) -> [HeaderToken] {
  let special = run.reduce(0) { $0 + (isSafeInWord($1, isPhrase: isPhrase) ? 0 : 1) }
  let usesBase64 = special * 3 > run.count
  let overhead = "=?utf-8?q??=".utf8.count
  var tokens: [HeaderToken] = []
  var start = run.startIndex
  while start < run.endIndex {
    var end = start
    var length = 0
    while end < run.endIndex {
      var next = end + 1
      while next < run.endIndex, run[next] & 0xC0 == 0x80, next - end < 4 { next += 1 }
      if usesBase64 {
        length = (next - start + 2) / 3 * 4
      } else {
        for index in end..<next { length += isSafeInWord(run[index], isPhrase: isPhrase) || run[index] == 0x20 ? 1 : 3 }
      }
      if length + overhead > 75, end > start { break }
      end = next
    }
    let content = usesBase64 ? Base64.encode(run[start..<end].span) : quotedWord(run[start..<end], isPhrase: isPhrase)
    var token = HeaderToken(Array("=?utf-8?\(usesBase64 ? "b" : "q")?".utf8) + content + [0x3F, 0x3D])
    token.limit = 76
    tokens.append(token)
    start = end
  }
  return tokens
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
