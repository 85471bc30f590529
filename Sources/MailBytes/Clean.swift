/// Text from mail as it may be shown to people: without control characters, C1 controls and characters that override
/// the direction of writing. Tabs and line ends become a space.
public func clean(_ text: String) -> String {
  if isPlain(text.utf8.span) { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { appendClean(scalar, to: &result) }
  return String(result)
}

/// The same for text of several lines, whose line ends and tabs stay.
public func cleanLines(_ text: String) -> String {
  if isPlain(text.utf8.span) { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar == "\n" || scalar == "\t" { result.append(scalar) } else { appendClean(scalar, to: &result) }
  }
  return String(result)
}

private func appendClean(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
  if !isUnsafe(scalar.value) {
    result.append(scalar)
  } else if scalar == "\n" || scalar == "\t" {
    result.append(" ")
  }
}

/// Every byte is printable ASCII.
@inlinable
public func isPlain(_ bytes: Span<UInt8>) -> Bool {
  for index in bytes.indices where unsafe bytes[unchecked: index] &- 0x20 > 0x5E { return false }
  return true
}

/// The character could change what a terminal shows elsewhere: C0 and C1 controls, line and paragraph separators,
/// and the embeddings, overrides and isolates of Unicode Standard Annex 9, section 2.
@inlinable
public func isUnsafe(_ scalar: UInt32) -> Bool {
  if scalar < 0x7F { return scalar < 0x20 }
  if scalar < 0xA0 { return true }
  return (0x2028...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar) || scalar == 0xFEFF
    || (0xE0000...0xE007F).contains(scalar) || (0xFFF9...0xFFFB).contains(scalar)
}
