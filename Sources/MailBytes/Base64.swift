/// The base64 encoding. RFC 2045, section 6.8; RFC 4648, section 4.
public enum Base64 {
  /// The octets that `input` stands for, at most `limit`. Octets outside the alphabet are skipped; the end is a padding
  /// that no further base64 line follows, so that a plain-text footer behind it is not decoded.
  public static func decode(_ input: Span<UInt8>, limit: Int = .max) -> [UInt8] {
    let capacity = min(input.count / 4 * 3 + 3, max(0, limit) &+ 32 < 0 ? .max : max(0, min(limit, .max - 32)) + 32)
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, written in
      var bits: UInt32 = 0
      var held = 0
      var out = 0
      var index = 0
      while index < input.count, out < limit {
        let value = base64Values[Int(input[index])]
        index += 1
        if value < 64 {
          bits = bits << 6 | UInt32(value)
          held += 1
          if held == 4 {
            unsafe output[out] = UInt8(truncatingIfNeeded: bits >> 16)
            unsafe output[out + 1] = UInt8(truncatingIfNeeded: bits >> 8)
            unsafe output[out + 2] = UInt8(truncatingIfNeeded: bits)
            out += 3
            held = 0
            bits = 0
          }
        } else if value == 64 && held > 1 {
          break
        }
      }
      if held >= 2 {
        bits <<= UInt32(6 * (4 - held))
        unsafe output[out] = UInt8(truncatingIfNeeded: bits >> 16)
        out += 1
        if held == 3 {
          unsafe output[out] = UInt8(truncatingIfNeeded: bits >> 8)
          out += 1
        }
      }
      written = min(out, limit)
    }
  }

  /// The base64 form of `bytes`; with a `lineLength` (a multiple of four) each line ends in `newline`, the last one too.
  public static func encode(_ bytes: Span<UInt8>, lineLength: Int = 0, newline: [UInt8] = [0x0A]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(
      bytes.count / 3 * 4 + 4 + (lineLength > 0 ? bytes.count / lineLength * 2 * newline.count : 0))
    var column = 0
    var index = 0
    while index < bytes.count {
      let first = UInt32(bytes[index])
      let second = index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0
      let third = index + 2 < bytes.count ? UInt32(bytes[index + 2]) : 0
      let bits = first << 16 | second << 8 | third
      output.append(base64Alphabet[Int(bits >> 18)])
      output.append(base64Alphabet[Int(bits >> 12 & 63)])
      output.append(index + 1 < bytes.count ? base64Alphabet[Int(bits >> 6 & 63)] : 0x3D)
      output.append(index + 2 < bytes.count ? base64Alphabet[Int(bits & 63)] : 0x3D)
      index += 3
      column += 4
      if lineLength > 0, column >= lineLength {
        output.append(contentsOf: newline)
        column = 0
      }
    }
    if lineLength > 0, column > 0 { output.append(contentsOf: newline) }
    return output
  }
}

let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// The value of each octet: 0–63, 64 for `=`, 255 for what isn't base64.
let base64Values: [UInt8] = {
  var values = [UInt8](repeating: 255, count: 256)
  for (value, byte) in base64Alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
  values[0x3D] = 64
  return values
}()
