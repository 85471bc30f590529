internal import MailBytes

/// An unstructured value as text: unfolded, encoded words decoded, other octets as UTF-8 or in the charset `guess`.
/// RFC 5322, section 2.2.3; RFC 2047, section 6.
func decodedHeaderText(_ value: Span<UInt8>, guess: Charset?) -> String {
  if guess == nil, let range = plainRange(value) { return string(value.extracting(range)) }
  let bytes = unfolded(value)
  let text = bytes.span
  if findEncodedWord(text, from: 0) == nil {
    return guess.map { $0.decode(text) } ?? string(text)
  }
  var decoder = HeaderTextDecoder(guess: guess)
  return decoder.decode(text)
}

/// Where the text of `value` lies when it is all of one piece: no line break inside, and nothing that begins an encoded
/// word.
private func plainRange(_ value: Span<UInt8>) -> Range<Int>? {
  var start = 0
  var end = value.count
  while end > 0, value[end - 1].isFoldingSpace { end -= 1 }
  while start < end, value[start].isFoldingSpace { start += 1 }
  for index in start..<end {
    let byte = value[index]
    if byte == 0x0A || byte == 0x0D { return nil }
    if byte == 0x3F, index > 0, value[index - 1] == 0x3D { return nil }
  }
  return start..<end
}

/// The octets of `value` without line breaks; a break with the white space behind it is one space where that is a tab.
func unfolded(_ value: Span<UInt8>) -> [UInt8] {
  var output: [UInt8] = []
  output.reserveCapacity(value.count)
  var index = 0
  var end = value.count
  while end > 0, value[end - 1].isFoldingSpace { end -= 1 }
  while index < end, value[index].isFoldingSpace { index += 1 }
  while index < end {
    let byte = value[index]
    index += 1
    if byte == 0x0A || byte == 0x0D {
      // QUIRK: many programs fold by putting a tab in the place of a space.
      if index < end, value[index] == 0x09 {
        output.append(0x20)
        index += 1
      }
    } else {
      output.append(byte)
    }
  }
  return output
}

/// The place of the next `=?` at or after `start`.
func findEncodedWord(_ text: Span<UInt8>, from start: Int) -> Int? {
  var index = start
  while index < text.count {
    index = findByte(0x3D, in: text, from: index, to: text.count)
    if index + 1 < text.count, text[index + 1] == 0x3F { return index }
    index += 1
  }
  return nil
}

/// The state of decoding one value: octets of encoded words that may go on in the next word are held back.
private struct HeaderTextDecoder {
  let guess: Charset?
  private var output: [UInt8] = []
  private var held: [UInt8] = []
  private var heldCharset: Charset?
  /// No `?=` lies at or behind this place.
  private var noEndFrom = Int.max

  init(guess: Charset?) { self.guess = guess }

  mutating func decode(_ text: Span<UInt8>) -> String {
    var index = 0
    while index < text.count {
      guard let start = findEncodedWord(text, from: index) else { break }
      guard let word = encodedWord(text, start) else {
        appendPlain(text, index, start + 2)
        index = start + 2
        continue
      }
      if heldCharset == nil || !isSpace(text, index, start) {
        flush()
        appendPlain(text, index, start)
      }
      if heldCharset != word.charset { flush() }
      heldCharset = word.charset
      held.append(contentsOf: word.octets)
      index = word.end
    }
    flush()
    appendPlain(text, index, text.count)
    return string(output)
  }

  private func isSpace(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for index in start..<end where !text[index].isWSP { return false }
    return true
  }

  private mutating func flush() {
    guard let charset = heldCharset else { return }
    // QUIRK: words that say us-ascii or iso-8859-1 and are UTF-8 are common.
    if charset == .windows1252, isValidUTF8(held.span) {
      output.append(contentsOf: held)
    } else {
      output.append(contentsOf: charset.utf8(held.span))
    }
    held.removeAll(keepingCapacity: true)
    heldCharset = nil
  }

  private mutating func appendPlain(_ text: Span<UInt8>, _ start: Int, _ end: Int) {
    guard start < end else { return }
    flush()
    if let guess {
      output.append(contentsOf: guess.utf8(text.extracting(start..<end)))
    } else {
      for index in start..<end { output.append(text[index]) }
    }
  }

  /// The encoded word that starts at `start`: `=?charset[*language]?encoding?text?=`. RFC 2047, section 2; RFC 2231,
  /// section 5.
  private mutating func encodedWord(_ text: Span<UInt8>, _ start: Int) -> (charset: Charset, octets: [UInt8], end: Int)?
  {
    var index = start + 2
    var charsetEnd = 0
    while index < text.count, index < start + 60, text[index] != 0x3F, text[index] > 0x20 {
      if text[index] == 0x2A, charsetEnd == 0 { charsetEnd = index }
      index += 1
    }
    guard index + 2 < text.count, text[index] == 0x3F, text[index + 2] == 0x3F else { return nil }
    if charsetEnd == 0 { charsetEnd = index }
    let encoding = text[index + 1] | 0x20
    guard encoding == 0x62 || encoding == 0x71, index + 3 < noEndFrom else { return nil }
    guard let charset = Charset(label: text.extracting((start + 2)..<charsetEnd)) else { return nil }
    let textStart = index + 3
    var end = textStart
    while true {
      end = findByte(0x3F, in: text, from: end, to: text.count)
      if end + 1 >= text.count {
        noEndFrom = textStart
        return nil
      }
      if text[end + 1] == 0x3D { break }
      end += 1
    }
    let content = text.extracting(textStart..<end)
    let octets = encoding == 0x62 ? Base64.decode(content) : QuotedPrintable.decodeWord(content)
    return (charset, octets, end + 2)
  }
}
