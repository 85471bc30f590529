internal import MailBytes

/// A value and its parameters; those that a quoted string can't hold as RFC 2231, sections 3 and 4, says.
func parameterTokens(_ value: String, _ parameters: [Parameter]) -> [HeaderToken] {
  var tokens = [HeaderToken(value.utf8.filter { $0 > 0x20 && $0 < 0x7F })]
  for parameter in parameters {
    let name = parameter.name.utf8.filter(isTokenText)
    guard !name.isEmpty else { continue }
    for piece in parameterPieces(name, oneLine(parameter.value)) {
      var semicolon = HeaderToken([0x3B])
      semicolon.isGlued = true
      tokens.append(semicolon)
      tokens.append(HeaderToken(piece))
    }
  }
  return tokens
}

private func parameterPieces(_ name: [UInt8], _ value: [UInt8]) -> [[UInt8]] {
  if !value.isEmpty, value.count <= 60, value.allSatisfy(isTokenText) { return [name + [0x3D] + value] }
  let isPrintable = value.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  let isTrimmed = value.first != 0x20 && value.last != 0x20
  if isPrintable, isTrimmed, value.count <= 60, findEncodedWord(value.span, from: 0) == nil {
    var quoted = name + [0x3D, 0x22]
    for byte in value {
      if byte == 0x22 || byte == 0x5C { quoted.append(0x5C) }
      quoted.append(byte)
    }
    return [quoted + [0x22]]
  }
  return extendedPieces(name, value)
}

/// `name*=utf-8''…`, or `name*0*=utf-8''…` and so on when that is too long for a line.
private func extendedPieces(_ name: [UInt8], _ value: [UInt8]) -> [[UInt8]] {
  var chunks: [[UInt8]] = [Array("utf-8''".utf8)]
  var index = 0
  while index < value.count {
    // A chunk holds whole characters, for programs that decode it before they join it to the next one.
    var end = index + 1
    while end < value.count, value[end] & 0xC0 == 0x80, end - index < 4 { end += 1 }
    let escaped = value[index..<end].flatMap { byte -> [UInt8] in
      isAttributeText(byte) ? [byte] : [0x25, hexDigit(byte >> 4), hexDigit(byte)]
    }
    if chunks[chunks.count - 1].count + escaped.count > 60 { chunks.append([]) }
    chunks[chunks.count - 1] += escaped
    index = end
  }
  if chunks.count == 1 { return [name + [0x2A, 0x3D] + chunks[0]] }
  return chunks.enumerated().map { place, chunk in name + Array("*\(place)*=".utf8) + chunk }
}

/// The octets of a token. RFC 2045, section 5.1.
private func isTokenText(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x22, 0x28, 0x29, 0x2C, 0x2F, 0x3A...0x40, 0x5B...0x5D: false
  default: byte > 0x20 && byte < 0x7F
  }
}

/// The octets that an extended value may have as they are. RFC 2231, section 7.
private func isAttributeText(_ byte: UInt8) -> Bool {
  isTokenText(byte) && byte != 0x25 && byte != 0x27 && byte != 0x2A
}
