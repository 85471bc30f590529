internal import MailBytes

/// One parameter of a Content-Type or Content-Disposition field.
public struct Parameter: Sendable, Hashable {
  /// The name in lower case, without the marks of RFC 2231.
  public let name: String
  /// The value, decoded.
  public let value: String
}

/// The parameters of a structured value, continuations joined and charsets decoded. RFC 2231, sections 3 and 4; where a
/// parameter comes plain and extended, the extended one counts.
func parameters(_ value: Span<UInt8>, guess: Charset?) -> [Parameter] {
  let raw = rawParameters(value)
  var order: [String] = []
  var segments: [String: [ParameterSegment]] = [:]
  for parameter in raw {
    let segment = ParameterSegment(parameter)
    if segments[segment.base] == nil { order.append(segment.base) }
    segments[segment.base, default: []].append(segment)
  }
  return order.map { base in
    Parameter(name: base, value: joined(segments[base] ?? [], guess: guess))
  }
}

private struct ParameterSegment {
  var base: String
  /// The number of a continuation; nil for a whole value.
  var number: Int?
  var isExtended = false
  var value: [UInt8]

  init(_ parameter: RawParameter) {
    value = parameter.value
    var end = parameter.name.count
    if end > 1, parameter.name[end - 1] == 0x2A {
      isExtended = true
      end -= 1
    }
    var digits = end
    while digits > 0, parameter.name[digits - 1].isDigit { digits -= 1 }
    if digits < end, end - digits < 7, digits > 1, parameter.name[digits - 1] == 0x2A {
      var number = 0
      for digit in parameter.name[digits..<end] { number = number * 10 + Int(digit - 0x30) }
      self.number = number
      end = digits - 1
    }
    base = string(parameter.name[..<end])
  }
}

private func joined(_ segments: [ParameterSegment], guess: Charset?) -> String {
  if let whole = segments.first(where: { $0.number == nil && $0.isExtended }) {
    return decodedExtended([whole])
  }
  let continued = segments.filter { $0.number != nil }.sorted { ($0.number ?? 0) < ($1.number ?? 0) }
  if let first = continued.first, first.number == 0 || segments.count == continued.count {
    if continued.contains(where: { $0.isExtended }) { return decodedExtended(continued) }
    let whole = continued.flatMap { $0.value }
    return decodedHeaderText(whole.span, guess: guess)
  }
  // QUIRK: many programs put encoded words into parameters, which RFC 2047, section 5, forbids.
  let value = segments.first?.value ?? []
  return decodedHeaderText(value.span, guess: guess)
}

private func decodedExtended(_ segments: [ParameterSegment]) -> String {
  var octets: [UInt8] = []
  var charset: String?
  for (place, segment) in segments.enumerated() {
    var value = segment.value[...]
    if place == 0, segment.isExtended, let quote = value.firstIndex(of: 0x27),
      let second = value[(quote + 1)...].firstIndex(of: 0x27)
    {
      if quote > value.startIndex { charset = string(value[..<quote]) }
      value = value[(second + 1)...]
    }
    if segment.isExtended { appendPercentDecoded(value, to: &octets) } else { octets.append(contentsOf: value) }
  }
  return decodeText(octets.span, charset: charset)
}

private func appendPercentDecoded(_ value: ArraySlice<UInt8>, to output: inout [UInt8]) {
  var index = value.startIndex
  while index < value.endIndex {
    if value[index] == 0x25, index + 2 < value.endIndex, let high = value[index + 1].hexDigitValue,
      let low = value[index + 2].hexDigitValue
    {
      output.append(high << 4 | low)
      index += 3
    } else {
      output.append(value[index])
      index += 1
    }
  }
}
