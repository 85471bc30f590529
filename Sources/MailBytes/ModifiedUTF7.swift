/// Mailbox names as IMAP and Maildir++ write them: UTF-7 with `&` for `+` and `,` for `/`. RFC 3501, section 5.1.3.
public enum ModifiedUTF7 {
  /// The modified UTF-7 form of `name`.
  public static func encode(_ name: String) -> String {
    var output: [UInt8] = []
    var pending: [UInt8] = []
    for unit in name.utf16 {
      if unit >= 0x20 && unit <= 0x7E {
        flush(&pending, to: &output)
        output.append(UInt8(unit))
        if unit == 0x26 { output.append(0x2D) }
      } else {
        pending.append(UInt8(unit >> 8))
        pending.append(UInt8(truncatingIfNeeded: unit))
      }
    }
    flush(&pending, to: &output)
    return string(output)
  }

  /// The name that `encoded` stands for; nil when `encoded` is not well formed.
  public static func decode(_ encoded: String) -> String? {
    let bytes = Array(encoded.utf8)
    var output = ""
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == 0x26 else {
        guard byte >= 0x20 && byte <= 0x7E else { return nil }
        output.unicodeScalars.append(Unicode.Scalar(byte))
        continue
      }
      guard let end = bytes[index...].firstIndex(of: 0x2D) else { return nil }
      if end == index {
        output.append("&")
      } else {
        guard let text = shifted(bytes[index..<end]) else { return nil }
        output.append(text)
      }
      index = end + 1
    }
    return output
  }

  private static func flush(_ pending: inout [UInt8], to output: inout [UInt8]) {
    guard !pending.isEmpty else { return }
    output.append(0x26)
    for byte in Base64.encode(pending.span) where byte != 0x3D { output.append(byte == 0x2F ? 0x2C : byte) }
    output.append(0x2D)
    pending.removeAll(keepingCapacity: true)
  }

  private static func shifted(_ run: ArraySlice<UInt8>) -> String? {
    var standard: [UInt8] = []
    for byte in run {
      guard byte.isLetter || byte.isDigit || byte == 0x2B || byte == 0x2C else { return nil }
      standard.append(byte == 0x2C ? 0x2F : byte)
    }
    let octets = Base64.decode(standard.span)
    guard octets.count >= 2, octets.count % 2 == 0 else { return nil }
    var units: [UInt16] = []
    for index in stride(from: 0, to: octets.count, by: 2) {
      units.append(UInt16(octets[index]) << 8 | UInt16(octets[index + 1]))
    }
    return String(validating: units, as: UTF16.self)
  }
}
