internal import MailBytes

/// A parameter as written: the name in lower case, quotes and quoted pairs removed.
struct RawParameter {
  var name: [UInt8]
  var value: [UInt8]
}

/// The parameters behind the first `;` of a structured value. RFC 2045, section 5.1. Values that lack their quotes run
/// to the next `;`; a quote that isn't closed runs to there as well.
func rawParameters(_ value: Span<UInt8>) -> [RawParameter] {
  var parameters: [RawParameter] = []
  var index = 0
  var quotesAreBroken = false
  skipToSemicolon(value, &index)
  while index < value.count, parameters.count < parameterLimit {
    while index < value.count, value[index].isFoldingSpace || value[index] == 0x3B { index += 1 }
    var name: [UInt8] = []
    while index < value.count, value[index] != 0x3D, value[index] != 0x3B {
      if value[index] > 0x20 { name.append(value[index].lowercasedASCII) }
      index += 1
    }
    guard index < value.count, value[index] == 0x3D else { continue }
    index += 1
    let text = parameterValue(value, &index, &quotesAreBroken)
    if !name.isEmpty { parameters.append(RawParameter(name: name, value: text)) }
  }
  return parameters
}

private func skipToSemicolon(_ value: Span<UInt8>, _ index: inout Int) {
  while index < value.count, value[index] != 0x3B { index += 1 }
}

private func parameterValue(_ value: Span<UInt8>, _ index: inout Int, _ quotesAreBroken: inout Bool) -> [UInt8] {
  while index < value.count, value[index].isFoldingSpace { index += 1 }
  if index < value.count, value[index] == 0x22 {
    if !quotesAreBroken, let text = quotedString(value, &index) {
      skipToSemicolon(value, &index)
      return text
    }
    quotesAreBroken = true
    index += 1
  }
  var text: [UInt8] = []
  while index < value.count, value[index] != 0x3B {
    let byte = value[index]
    if byte == 0x28, text.last?.isWSP ?? false { break }
    if byte != 0x0D, byte != 0x0A { text.append(byte) }
    index += 1
  }
  skipToSemicolon(value, &index)
  while let last = text.last, last.isFoldingSpace { text.removeLast() }
  return text
}

/// The content of the quoted string that starts at `index`; nil, and nothing moved, when its end is missing.
/// RFC 5322, section 3.2.4.
func quotedString(_ value: Span<UInt8>, _ index: inout Int) -> [UInt8]? {
  var text: [UInt8] = []
  var position = index + 1
  while position < value.count {
    let byte = value[position]
    if byte == 0x22 {
      index = position + 1
      return text
    }
    if byte == 0x5C, position + 1 < value.count, value[position + 1] == 0x22 || value[position + 1] == 0x5C {
      position += 1
      text.append(value[position])
    } else if byte != 0x0D && byte != 0x0A {
      text.append(byte)
    }
    position += 1
  }
  return nil
}
