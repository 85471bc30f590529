/// Internationalised domain names. RFC 3492; RFC 5890.
public enum Punycode {
  /// `domain` with each `xn--` label in its own letters; a label that is damaged stays as it is.
  public static func unicodeDomain(_ domain: String) -> String {
    domain.split(separator: ".", omittingEmptySubsequences: false)
      .map { label in
        let bytes = Array(label.utf8)
        guard bytes.count > 4, bytes.count < 64, bytes[..<4].map({ $0.lowercasedASCII }).elementsEqual("xn--".utf8),
          let decoded = decode(bytes[4...])
        else { return String(label) }
        return decoded
      }
      .joined(separator: ".")
  }

  /// `domain` with each label that isn't ASCII in its `xn--` form.
  public static func asciiDomain(_ domain: String) -> String {
    domain.split(separator: ".", omittingEmptySubsequences: false)
      .map { isASCII(String($0).utf8.span) ? String($0) : "xn--" + encode($0.lowercased()) }
      .joined(separator: ".")
  }

  private static func adapted(_ delta: Int, _ points: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / points
    var steps = 0
    while delta > 455 {
      delta /= 35
      steps += 36
    }
    return steps + 36 * delta / (delta + 38)
  }

  private static func decode(_ input: ArraySlice<UInt8>) -> String? {
    var scalars: [UInt32] = []
    var rest = input
    if let dash = input.lastIndex(of: 0x2D) {
      scalars = input[..<dash].map { UInt32($0) }
      rest = input[(dash + 1)...]
    }
    var (code, position, bias) = (128, 0, 72)
    while !rest.isEmpty {
      let old = position
      var (weight, step) = (1, 36)
      while true {
        guard let byte = rest.popFirst() else { return nil }
        let digit = byte.isDigit ? Int(byte) - 22 : byte.isLetter ? Int(byte | 0x20) - 97 : 36
        guard digit < 36, position < 1 << 30, weight < 1 << 30 else { return nil }
        position += digit * weight
        let threshold = step <= bias ? 1 : step >= bias + 26 ? 26 : step - bias
        if digit < threshold { break }
        weight *= 36 - threshold
        step += 36
      }
      bias = adapted(position - old, scalars.count + 1, isFirst: old == 0)
      code += position / (scalars.count + 1)
      position %= scalars.count + 1
      guard code <= 0x10FFFF, scalars.count < 64 else { return nil }
      scalars.insert(UInt32(code), at: position)
      position += 1
    }
    var text = ""
    for scalar in scalars {
      guard let valid = Unicode.Scalar(scalar) else { return nil }
      text.unicodeScalars.append(valid)
    }
    return text
  }

  private static func encode(_ label: String) -> String {
    let scalars = label.unicodeScalars.map { Int($0.value) }
    var output = scalars.filter { $0 < 128 }.map { UInt8($0) }
    let basic = output.count
    var (code, delta, bias, handled) = (128, 0, 72, basic)
    if basic > 0 { output.append(0x2D) }
    while handled < scalars.count {
      guard let next = scalars.filter({ $0 >= code }).min() else { break }
      delta += (next - code) * (handled + 1)
      code = next
      for scalar in scalars {
        if scalar < code { delta += 1 }
        guard scalar == code else { continue }
        var (rest, step) = (delta, 36)
        while true {
          let threshold = step <= bias ? 1 : step >= bias + 26 ? 26 : step - bias
          if rest < threshold { break }
          output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
          rest = (rest - threshold) / (36 - threshold)
          step += 36
        }
        output.append(digit(rest))
        bias = adapted(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      code += 1
    }
    return string(output)
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? value + 97 : value + 22) }
}
