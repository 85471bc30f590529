/// The quoted-printable encoding. RFC 2045, section 6.7.
public enum QuotedPrintable {
  /// The octets that `input` stands for, at most `limit`. What is no valid escape stays as it is written; white space
  /// at the end of a line is padding from the way and is dropped.
  public static func decode(_ input: Span<UInt8>, limit: Int = .max) -> [UInt8] {
    let limit = max(0, limit)
    return unsafe [UInt8](unsafeUninitializedCapacity: input.count + 16) { output, written in
      guard let target = output.baseAddress else { return }
      unsafe input.withUnsafeBufferPointer { source in
        guard let start = source.baseAddress else { return }
        var out = 0
        var lineStart = 0
        while lineStart < source.count, out < limit {
          let lineEnd = findByte(0x0A, in: input, from: lineStart, to: source.count)
          unsafe decodeLine(start, lineStart, lineEnd, source.count, target, &out)
          lineStart = lineEnd + 1
        }
        written = min(out, limit)
      }
    }
  }

  /// Decodes one line, its break included.
  @inline(__always)
  private static func decodeLine(
    _ source: UnsafePointer<UInt8>, _ start: Int, _ lineEnd: Int, _ count: Int, _ target: UnsafeMutablePointer<UInt8>,
    _ out: inout Int
  ) {
    var end = lineEnd
    while end > start, unsafe source[end - 1].isFoldingSpace { end &-= 1 }
    let isSoft = unsafe end > start && source[end - 1] == 0x3D
    if isSoft { end &-= 1 }
    var index = start
    while index < end {
      while index &+ 8 <= end {
        let word = unsafe UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
        guard !hasEqualsSign(word) else { break }
        unsafe UnsafeMutableRawPointer(target + out).storeBytes(of: word, as: UInt64.self)
        index &+= 8
        out &+= 8
      }
      guard index < end else { break }
      let byte = unsafe source[index]
      if byte == 0x3D, index &+ 2 < end, let high = unsafe source[index + 1].hexDigitValue,
        let low = unsafe source[index + 2].hexDigitValue
      {
        unsafe target[out] = high << 4 | low
        index &+= 3
      } else {
        unsafe target[out] = byte
        index &+= 1
      }
      out &+= 1
    }
    guard !isSoft, lineEnd < count else { return }
    if lineEnd > start, unsafe source[lineEnd - 1] == 0x0D {
      unsafe target[out] = 0x0D
      out &+= 1
    }
    unsafe target[out] = 0x0A
    out &+= 1
  }

  /// Whether one of the eight octets is `=`.
  @inline(__always)
  private static func hasEqualsSign(_ word: UInt64) -> Bool {
    let difference = word ^ 0x3D3D_3D3D_3D3D_3D3D
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080 != 0
  }

  /// The octets of the text of an encoded word in the "Q" encoding. RFC 2047, section 4.2.
  public static func decodeWord(_ input: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    var index = 0
    while index < input.count {
      let byte = input[index]
      if byte == 0x3D, index + 2 < input.count, let high = input[index + 1].hexDigitValue,
        let low = input[index + 2].hexDigitValue
      {
        output.append(high << 4 | low)
        index += 3
      } else {
        output.append(byte == 0x5F ? 0x20 : byte)
        index += 1
      }
    }
    return output
  }
}
