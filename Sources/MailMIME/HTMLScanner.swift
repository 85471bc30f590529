internal import MailBytes

/// Appends the text of `html` (UTF-8) to `output` for an index: tags out, entities decoded, a line break where a block
/// begins, no script, style or comment. One pass; the tree that HTML means is not built.
func appendHTMLText(_ html: Span<UInt8>, to output: inout [UInt8]) {
  var index = 0
  output.reserveCapacity(output.count + html.count / 2)
  while index < html.count {
    let byte = html[index]
    if byte == 0x3C {
      index = passTag(html, index, &output)
    } else if byte == 0x26 {
      index = appendEntity(html, index, to: &output)
    } else {
      if byte.isFoldingSpace { appendSpace(to: &output) } else { output.append(byte) }
      index += 1
    }
  }
}

/// Appends a space unless one stands there, or a line begins.
@inline(__always)
private func appendSpace(to output: inout [UInt8]) {
  guard let last = output.last, last != 0x20, last != 0x0A else { return }
  output.append(0x20)
}

/// Passes over the markup at `start`; gives the place behind it.
private func passTag(_ html: Span<UInt8>, _ start: Int, _ output: inout [UInt8]) -> Int {
  guard start + 1 < html.count else { return html.count }
  let next = html[start + 1]
  if next == 0x21 {
    return passComment(html, start)
  }
  let isClosing = next == 0x2F
  var nameEnd = start + (isClosing ? 2 : 1)
  let nameStart = nameEnd
  guard nameStart < html.count, html[nameStart].isLetter || next == 0x3F else {
    output.append(0x3C)
    return start + 1
  }
  while nameEnd < html.count, html[nameEnd].isLetter || html[nameEnd].isDigit { nameEnd += 1 }
  var end = findByte(0x3E, in: html, from: nameEnd, to: html.count)
  end = min(end + 1, html.count)
  if isBlock(html, nameStart, nameEnd) {
    if let last = output.last, last != 0x0A { output.append(0x0A) }
  }
  if !isClosing {
    for name in ["script", "style"] where equalsIgnoringCase(html, nameStart, nameEnd, name.utf8.span) {
      return passElement(html, end, name)
    }
  }
  return end
}

private func passComment(_ html: Span<UInt8>, _ start: Int) -> Int {
  guard start + 3 < html.count, html[start + 2] == 0x2D, html[start + 3] == 0x2D else {
    return min(findByte(0x3E, in: html, from: start, to: html.count) + 1, html.count)
  }
  var end = start + 4
  while end < html.count {
    end = findByte(0x3E, in: html, from: end, to: html.count)
    if end < html.count, html[end - 1] == 0x2D, html[end - 2] == 0x2D { return end + 1 }
    end += 1
  }
  return html.count
}

/// Passes over the content of a script or style element.
private func passElement(_ html: Span<UInt8>, _ start: Int, _ name: String) -> Int {
  var index = start
  while index < html.count {
    index = findByte(0x3C, in: html, from: index, to: html.count)
    let end = index + 2 + name.utf8.count
    if end <= html.count, html[index + 1] == 0x2F, equalsIgnoringCase(html, index + 2, end, name.utf8.span) {
      return min(findByte(0x3E, in: html, from: end, to: html.count) + 1, html.count)
    }
    index += 1
  }
  return html.count
}

/// Whether the element called `html[start..<end]` begins on a line of its own.
private func isBlock(_ html: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  guard end - start <= 10 else { return false }
  let inline: Bool
  switch end - start {
  case 1:
    let letter = html[start] | 0x20
    inline = letter != 0x70
  case 2:
    let key = UInt16(html[start] | 0x20) << 8 | UInt16(html[start + 1] | 0x20)
    inline = key == 0x656D || key == 0x7474  // em, tt
  default:
    inline = inlineElements.contains { equalsIgnoringCase(html, start, end, $0.utf8.span) }
  }
  return !inline
}

/// The elements that leave the words on both sides of them together.
private let inlineElements = [
  "abbr", "acronym", "big", "cite", "code", "dfn", "font", "img", "kbd", "label", "mark", "samp", "small", "span",
  "strike",
  "strong", "sub", "sup", "var", "wbr", "del", "ins", "blink", "nobr",
]

/// Appends what the character reference at `start` stands for; gives the place behind it.
private func appendEntity(_ html: Span<UInt8>, _ start: Int, to output: inout [UInt8]) -> Int {
  var end = start + 1
  var scalar: UInt32?
  if end < html.count, html[end] == 0x23 {
    (scalar, end) = numericReference(html, end + 1)
  } else {
    while end < html.count, end < start + 12, html[end].isLetter || html[end].isDigit { end += 1 }
    scalar = htmlEntities[string(html.extracting((start + 1)..<end))]
  }
  guard let scalar, let valid = Unicode.Scalar(scalar) else {
    output.append(0x26)
    return start + 1
  }
  if valid == "\u{A0}" { appendSpace(to: &output) } else { output.append(contentsOf: UTF8.encode(valid) ?? .init()) }
  return end < html.count && html[end] == 0x3B ? end + 1 : end
}

private func numericReference(_ html: Span<UInt8>, _ start: Int) -> (UInt32?, Int) {
  var index = start
  let isHexadecimal = index < html.count && html[index] | 0x20 == 0x78
  if isHexadecimal { index += 1 }
  let digits = index
  var value: UInt32 = 0
  while index < html.count, index - digits < 8, let digit = html[index].hexDigitValue, isHexadecimal || digit < 10 {
    value = value &* (isHexadecimal ? 16 : 10) &+ UInt32(digit)
    index += 1
  }
  guard index > digits else { return (nil, start) }
  if value >= 0x80, value < 0xA0 { value = windows1252Scalar(UInt8(value)) }
  return (value, index)
}
