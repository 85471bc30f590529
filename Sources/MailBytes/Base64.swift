/// The base64 encoding. RFC 2045, section 6.8; RFC 4648, section 4.
public enum Base64 {
  /// The octets that `input` stands for, at most `limit`. Octets outside the alphabet are skipped. Padding ends the
  /// data, unless a whole line of base64 follows it: pieces encoded one by one are joined, a plain-text footer isn't
  /// decoded.
  public static func decode(_ input: Span<UInt8>, limit: Int = .max) -> [UInt8] {
    let limit = max(0, limit)
    let capacity = min(input.count / 4 * 3, limit) + 32
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, written in
      guard let target = output.baseAddress else { return }
      unsafe input.withUnsafeBufferPointer { source in
        guard let start = source.baseAddress else { return }
        unsafe base64Quads.withUnsafeBufferPointer { table in
          guard let quads = table.baseAddress else { return }
          var decoder = unsafe Base64Decoder(source: start, count: source.count, target: target, quads: quads)
          unsafe decoder.decode(limit: limit)
          written = unsafe min(decoder.out, limit)
        }
      }
    }
  }

  /// The base64 form of `bytes`; with a `lineLength` (a multiple of four) each line ends in `newline`, the last one
  /// too.
  public static func encode(_ bytes: Span<UInt8>, lineLength: Int = 0, newline: [UInt8] = [0x0A]) -> [UInt8] {
    let letters = (bytes.count + 2) / 3 * 4
    let octetsInLine = lineLength >= 4 ? lineLength / 4 * 3 : max(bytes.count, 1)
    let lines = (bytes.count + octetsInLine - 1) / octetsInLine
    let breaks = lineLength >= 4 ? newline : []
    return unsafe [UInt8](unsafeUninitializedCapacity: letters + lines * breaks.count) { output, written in
      guard let target = output.baseAddress else { return }
      var out = 0
      var start = 0
      while start < bytes.count {
        let end = min(start + octetsInLine, bytes.count)
        out = unsafe encodeLine(bytes, start, end, target, out)
        for byte in breaks {
          unsafe target[out] = byte
          out += 1
        }
        start = end
      }
      written = out
    }
  }

  private static func encodeLine(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ target: UnsafeMutablePointer<UInt8>, _ out: Int
  ) -> Int {
    let alphabet = base64Alphabet.span
    var out = out
    var index = start
    while index < end {
      let left = end - index
      let second = left > 1 ? UInt32(bytes[index + 1]) : 0
      let third = left > 2 ? UInt32(bytes[index + 2]) : 0
      let bits = UInt32(bytes[index]) << 16 | second << 8 | third
      unsafe target[out] = alphabet[Int(bits >> 18)]
      unsafe target[out + 1] = alphabet[Int(bits >> 12 & 63)]
      unsafe target[out + 2] = left > 1 ? alphabet[Int(bits >> 6 & 63)] : 0x3D
      unsafe target[out + 3] = left > 2 ? alphabet[Int(bits & 63)] : 0x3D
      out += 4
      index += 3
    }
    return out
  }
}

let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
