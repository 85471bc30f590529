/// `text` as it is compared with what a person types: small letters without accents, white space as one space, nothing that
/// has no width of its own. `É` is `e`, `ß` is `ss`.
public func folded(_ text: String) -> String {
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count)
  var endsInSpace = true
  for scalar in text.unicodeScalars {
    let value = scalar.value
    if value < 0x80 {
      let byte = UInt8(truncatingIfNeeded: value)
      if byte <= 0x20 || byte == 0x7F {
        if !endsInSpace { result.append(0x20) }
        endsInSpace = true
        continue
      }
      result.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    } else if scalar.properties.isWhitespace {
      if !endsInSpace { result.append(0x20) }
      endsInSpace = true
      continue
    } else {
      appendFolded(scalar, to: &result)
    }
    endsInSpace = false
  }
  if result.last == 0x20 { result.removeLast() }
  return String(decoding: result, as: UTF8.self)
}

private func appendFolded(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
  let value = scalar.value
  if let base = latinBase(value) {
    result.append(base)
    if let second = secondLetter(value) { result.append(second) }
    return
  }
  if let base = greekOrCyrillicBase(value).flatMap({ Unicode.Scalar($0) }) {
    result += Array(UTF8.encode(base) ?? UTF8.encodedReplacementCharacter)
    return
  }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control: return
  default:
    // The small letter of a symbol such as the angstrom sign may be one of those above.
    for small in scalar.properties.lowercaseMapping.unicodeScalars {
      if small != scalar { appendFolded(small, to: &result) } else { result += Array(String(small).utf8) }
    }
  }
}

private func latinBase(_ value: UInt32) -> UInt8? {
  let base: UInt8
  switch value {
  case 0xC0..<0x250: base = unsafe latinBases.utf8Start[Int(value - 0xC0)]
  case 0x1E00..<0x1F00: base = unsafe additionalLatinBases.utf8Start[Int(value - 0x1E00)]
  // Full-width forms, as Japanese keyboards write Latin letters and digits.
  case 0xFF01...0xFF5E: base = UInt8(truncatingIfNeeded: value - 0xFEE0)
  default: return nil
  }
  guard base != UInt8(ascii: ".") || value > 0xFF00 else { return nil }
  return base &- 0x41 < 26 ? base | 0x20 : base
}
