internal import MailBytes

/// An address as a report names it: its type, and the address itself. RFC 3464, section 2.1.2; RFC 6533, section 3.
public struct ReportAddress: Sendable, Hashable {
  /// The type in lower case: `rfc822`, `utf-8`, `x400` and so on.
  public var type: String
  /// The address, decoded; for a type that isn't mail's, as it was written.
  public var address: String

  /// The mail address `address`, whose type follows from its letters.
  public init(_ address: String) {
    self.address = address
    type = isASCII(address.utf8.span) ? "rfc822" : "utf-8"
  }

  /// An address of another kind.
  public init(type: String, address: String) {
    self.type = type.lowercased()
    self.address = address
  }

  /// The address in the text of a field: `rfc822; ada@example.org`. Nil when nothing is left of it.
  public init?(parsing text: String) {
    var (type, rest) = splitTyped(text)
    // QUIRK: some programs leave the type out, or put the address between angle brackets.
    if rest.isEmpty { (type, rest) = ("rfc822", type) }
    if rest.utf8.first == 0x3C, rest.utf8.last == 0x3E { rest = trimmed(String(rest.dropFirst().dropLast())) }
    guard !rest.isEmpty else { return nil }
    self.init(type: type, address: type.lowercased() == "utf-8" ? decodedUnicodeAddress(rest) : rest)
  }

  /// The field's text. Where `isGlobal` is false only ASCII may be written: other letters become `\x{HEX}`.
  /// RFC 6533, section 3, `utf-8-addr-xtext`.
  func fieldText(isGlobal: Bool) -> String {
    let isMail = type == "rfc822" || type == "utf-8"
    guard isMail, !isASCII(address.utf8.span) else { return "\(type);\(address)" }
    return "utf-8;\(isGlobal ? address : encodedUnicodeAddress(address))"
  }
}

/// `type; value` in its two halves without the space around them; the second one empty where there is no semicolon.
func splitTyped(_ text: String) -> (String, String) {
  guard let semicolon = text.utf8.firstIndex(of: 0x3B) else { return (trimmed(text), "") }
  return (trimmed(String(text[..<semicolon])), trimmed(String(text[text.utf8.index(after: semicolon)...])))
}

/// `text` without white space at its ends.
func trimmed(_ text: String) -> String {
  let bytes = Array(text.utf8)
  guard let first = bytes.firstIndex(where: { !$0.isFoldingSpace }) else { return "" }
  let last = bytes.lastIndex { !$0.isFoldingSpace } ?? first
  return string(bytes[first...last])
}

/// `address` with `\x{HEX}` for what isn't ASCII, and for the characters that would be misread. RFC 6533, section 3.
func encodedUnicodeAddress(_ address: String) -> String {
  var result = ""
  for scalar in address.unicodeScalars {
    let value = scalar.value
    if value > 0x20, value < 0x7F, value != 0x5C, value != 0x2B, value != 0x3D {
      result.unicodeScalars.append(scalar)
    } else {
      result += "\\x{\(String(value, radix: 16, uppercase: true))}"
    }
  }
  return result
}

/// The reverse of `encodedUnicodeAddress`; an escape that can't be read stays as it is.
func decodedUnicodeAddress(_ text: String) -> String {
  let scalars = Array(text.unicodeScalars)
  var result = String.UnicodeScalarView()
  var index = 0
  while index < scalars.count {
    if scalars[index] == "\\", index + 3 < scalars.count, scalars[index + 1] == "x", scalars[index + 2] == "{",
      let close = scalars[(index + 3)..<min(index + 10, scalars.count)].firstIndex(of: "}"),
      let value = UInt32(String(String.UnicodeScalarView(scalars[(index + 3)..<close])), radix: 16),
      let scalar = Unicode.Scalar(value)
    {
      result.append(scalar)
      index = close + 1
    } else {
      result.append(scalars[index])
      index += 1
    }
  }
  return String(result)
}
