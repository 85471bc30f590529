/// The text of `bytes[range]` with character references resolved, as in an attribute. HTML, section 13.2.5.72.
func attributeText(_ range: Range<Int>, in bytes: [UInt8]) -> String {
  guard bytes[range].contains(0x26) else { return String(decoding: bytes[range], as: UTF8.self) }
  var result: [UInt8] = []
  result.reserveCapacity(range.count)
  var index = range.lowerBound
  while index < range.upperBound {
    if bytes[index] == 0x26, let (scalar, end) = reference(at: index, to: range.upperBound, in: bytes) {
      result.append(contentsOf: Array(String(scalar).utf8))
      index = end
    } else {
      result.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// Reads one reference that ends with a semicolon, or a numeric one. Names that are rare in attributes stay as written.
private func reference(at start: Int, to end: Int, in bytes: [UInt8]) -> (Unicode.Scalar, Int)? {
  var index = start + 1
  guard index < end else { return nil }
  if bytes[index] == 0x23 { return numericReference(from: index + 1, to: end, in: bytes) }
  let nameStart = index
  while index < end, index - nameStart < 8, isLetter(bytes[index]) || (0x30...0x39).contains(bytes[index]) {
    index += 1
  }
  guard index < end, bytes[index] == 0x3B else { return nil }
  let name = String(decoding: bytes[nameStart..<index], as: UTF8.self)
  guard let value = commonReferences[name], let scalar = Unicode.Scalar(value) else { return nil }
  return (scalar, index + 1)
}

private func numericReference(from start: Int, to end: Int, in bytes: [UInt8]) -> (Unicode.Scalar, Int)? {
  var index = start
  var isHex = false
  if index < end, bytes[index] | 0x20 == 0x78 {
    isHex = true
    index += 1
  }
  let digitsStart = index
  var value: UInt32 = 0
  while index < end {
    let byte = bytes[index]
    let digit: UInt32
    switch byte {
    case 0x30...0x39: digit = UInt32(byte - 0x30)
    case 0x41...0x46, 0x61...0x66:
      guard isHex else { return finish() }
      digit = UInt32((byte | 0x20) - 0x61 + 10)
    default: return finish()
    }
    value = min(value * (isHex ? 16 : 10) + digit, 0x11_0000)
    index += 1
  }
  return finish()

  func finish() -> (Unicode.Scalar, Int)? {
    guard index > digitsStart else { return nil }
    let next = index < end && bytes[index] == 0x3B ? index + 1 : index
    return (Unicode.Scalar(value) ?? "\u{FFFD}", next)
  }
}

/// The names found in attributes of real mail.
private let commonReferences: [String: UInt32] = {
  var result: [String: UInt32] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "ndash": 0x2013, "mdash": 0x2014,
    "lsquo": 0x2018, "rsquo": 0x2019, "ldquo": 0x201C, "rdquo": 0x201D, "bull": 0x2022, "hellip": 0x2026,
    "euro": 0x20AC, "trade": 0x2122, "rarr": 0x2192, "larr": 0x2190, "oelig": 0x153, "zwnj": 0x200C,
  ]
  let latin = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
    para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
    Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
    igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
    thorn yuml
    """
  for (offset, name) in latin.split(separator: " ").enumerated() { result[String(name)] = 0xA0 + UInt32(offset) }
  return result
}()
