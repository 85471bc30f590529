extension Charset {
  /// The text that `bytes` stand for; what can't be decoded becomes U+FFFD. Never fails.
  public func decode(_ bytes: Span<UInt8>) -> String {
    if name == "utf-8" { return stringWithoutMark(bytes) }
    if isASCIICompatible, isASCII(bytes) { return string(bytes) }
    return string(utf8(bytes).span)
  }

  /// The text that `bytes` stand for; what can't be decoded becomes U+FFFD. Never fails.
  public func decode(_ bytes: ArraySlice<UInt8>) -> String { decode(bytes.span) }

  /// The text that `bytes` stand for; what can't be decoded becomes U+FFFD. Never fails.
  public func decode(_ bytes: [UInt8]) -> String { decode(bytes.span) }

  /// The text of `bytes` as UTF-8 octets; damaged UTF-8 is left as it is when this charset is UTF-8.
  public func utf8(_ bytes: Span<UInt8>) -> [UInt8] {
    switch name {
    case "utf-8": return copied(bytes)
    case "windows-1252": return decodedWindows1252(bytes)
    case "utf-16le": return decodedUTF16(bytes, bigEndian: false)
    case "utf-16be": return decodedUTF16(bytes, bigEndian: true)
    case "hz-gb-2312": return convertedToUTF8(octetsOfHZ(bytes).span, from: "GB18030")
    default:
      if isASCIICompatible, isASCII(bytes) { return copied(bytes) }
      return convertedToUTF8(bytes, from: iconvName)
    }
  }
}

/// `bytes` as text in the charset that `label` names. Without a label, or with one that isn't known: UTF-8 where that
/// fits, else windows-1252. Never fails.
public func decodeText(_ bytes: Span<UInt8>, charset label: String?) -> String {
  if let label, let charset = Charset(label: label) {
    // QUIRK: much mail that says us-ascii or iso-8859-1 is UTF-8; text that is valid UTF-8 by chance is very rare.
    if charset == .windows1252, !isASCII(bytes), isValidUTF8(bytes) { return string(bytes) }
    return charset.decode(bytes)
  }
  return isValidUTF8(bytes) ? stringWithoutMark(bytes) : Charset.windows1252.decode(bytes)
}

/// `bytes` as text in the charset that `label` names; see the form that takes a span.
public func decodeText(_ bytes: ArraySlice<UInt8>, charset label: String?) -> String {
  decodeText(bytes.span, charset: label)
}

func copied(_ bytes: Span<UInt8>) -> [UInt8] {
  unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) }
}

/// The text of `bytes` without a leading UTF-8 byte order mark.
private func stringWithoutMark(_ bytes: Span<UInt8>) -> String {
  guard bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF else { return string(bytes) }
  return string(bytes.extracting(3..<bytes.count))
}

/// Appends the UTF-8 form of `scalar`.
@inline(__always) func appendUTF8(_ scalar: UInt32, to output: inout [UInt8]) {
  if scalar < 0x80 {
    output.append(UInt8(truncatingIfNeeded: scalar))
  } else if scalar < 0x800 {
    output.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
    output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
  } else if scalar < 0x10000 {
    output.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
    output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
    output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
  } else {
    output.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
    output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
    output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
    output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
  }
}

private func decodedWindows1252(_ bytes: Span<UInt8>) -> [UInt8] {
  var output: [UInt8] = []
  output.reserveCapacity(bytes.count + bytes.count / 4)
  for index in 0..<bytes.count {
    let byte = bytes[index]
    if byte < 0x80 {
      output.append(byte)
    } else {
      appendUTF8(byte < 0xA0 ? UInt32(windows1252High[Int(byte - 0x80)]) : UInt32(byte), to: &output)
    }
  }
  return output
}

private func decodedUTF16(_ bytes: Span<UInt8>, bigEndian: Bool) -> [UInt8] {
  var bigEndian = bigEndian
  var index = 0
  if bytes.count >= 2 {
    if bytes[0] == 0xFE, bytes[1] == 0xFF { (bigEndian, index) = (true, 2) }
    if bytes[0] == 0xFF, bytes[1] == 0xFE { (bigEndian, index) = (false, 2) }
  }
  var output: [UInt8] = []
  output.reserveCapacity(bytes.count)
  var high: UInt32 = 0
  while index + 1 < bytes.count {
    let unit = UInt32(bytes[bigEndian ? index : index + 1]) << 8 | UInt32(bytes[bigEndian ? index + 1 : index])
    index += 2
    if unit & 0xFC00 == 0xDC00, high != 0 {
      appendUTF8(0x10000 + (high & 0x3FF) << 10 + (unit & 0x3FF), to: &output)
      high = 0
      continue
    }
    if high != 0 { appendUTF8(0xFFFD, to: &output) }
    high = 0
    if unit & 0xFC00 == 0xD800 {
      high = unit
    } else {
      appendUTF8(unit & 0xFC00 == 0xDC00 ? 0xFFFD : unit, to: &output)
    }
  }
  if high != 0 || index < bytes.count { appendUTF8(0xFFFD, to: &output) }
  return output
}

/// The GB 2312 octets of text in HZ: `~{` and `~}` switch, `~~` is a tilde. RFC 1843.
private func octetsOfHZ(_ bytes: Span<UInt8>) -> [UInt8] {
  var output: [UInt8] = []
  var isShifted = false
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    if byte == 0x7E, next == 0x7B || next == 0x7D || next == 0x7E || next == 0x0A {
      if next == 0x7B { isShifted = true }
      if next == 0x7D { isShifted = false }
      if next == 0x7E { output.append(0x7E) }
      index += 2
    } else if isShifted, byte >= 0x21, byte <= 0x7D, next >= 0x21, next <= 0x7E {
      output.append(byte | 0x80)
      output.append(next | 0x80)
      index += 2
    } else {
      if byte == 0x0A { isShifted = false }
      output.append(byte)
      index += 1
    }
  }
  return output
}

/// `bytes` as UTF-8 octets; see `decodeText`. Always well formed.
public func utf8Text(_ bytes: Span<UInt8>, charset label: String?) -> [UInt8] {
  if isASCII(bytes) {
    guard let label, let charset = Charset(label: label), !charset.isASCIICompatible else { return copied(bytes) }
    return charset.utf8(bytes)
  }
  return Array(decodeText(bytes, charset: label).utf8)
}
