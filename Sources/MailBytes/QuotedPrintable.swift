/// The quoted-printable encoding. RFC 2045, section 6.7.
public enum QuotedPrintable {
  /// The octets that `input` stands for, at most `limit`. What is no valid escape stays as it is written.
  public static func decode(_ input: Span<UInt8>, limit: Int = .max) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(min(input.count, limit))
    var start = 0
    while start < input.count, output.count < limit {
      let lineEnd = findByte(0x0A, in: input, from: start, to: input.count)
      var end = lineEnd
      while end > start, input[end - 1].isFoldingSpace { end -= 1 }
      var isSoft = false
      if end > start, input[end - 1] == 0x3D, lineEnd < input.count || end == input.count {
        end -= 1
        isSoft = true
      }
      var index = start
      while index < end {
        if input[index] == 0x3D, index + 2 < end + (isSoft ? 1 : 0), let high = input[index + 1].hexDigitValue,
          let low = input[index + 2].hexDigitValue
        {
          output.append(high << 4 | low)
          index += 3
        } else {
          output.append(input[index])
          index += 1
        }
      }
      if !isSoft, lineEnd < input.count {
        if lineEnd > start, input[lineEnd - 1] == 0x0D { output.append(0x0D) }
        output.append(0x0A)
      }
      start = lineEnd + 1
    }
    if output.count > limit { output.removeLast(output.count - limit) }
    return output
  }
}

extension QuotedPrintable {
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
