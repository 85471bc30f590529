internal import MailBytes

/// The most bytes of a mail address. RFC 5321, section 4.5.3.1.
let longestMailAddress = 320

/// What is wrong with a mail address; nil if nothing is.
public func addressProblem(_ address: String) -> String? {
  guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { return "not a mail address" }
  let domain = address[address.utf8.index(after: at)...]
  guard at != address.utf8.startIndex, !domain.isEmpty else { return "not a mail address" }
  guard address.utf8.count <= longestMailAddress else { return "too long for a mail address" }
  let isBad = address.utf8.contains { $0 <= 0x20 || $0 == 0x7F }
  guard !isBad, !domain.utf8.contains(where: { "<>()[],;:\\\"".utf8.contains($0) }) || domain.hasPrefix("[") else {
    return "not a mail address"
  }
  // Outside quotes the local part has none of what separates addresses. RFC 5322, section 3.2.3.
  let local = address[..<at]
  guard local.hasPrefix("\""), local.hasSuffix("\""), local.utf8.count > 2 else {
    return local.utf8.contains(where: { "<>()[],;:\\\"".utf8.contains($0) }) ? "not a mail address" : nil
  }
  return nil
}

/// What makes two mail addresses the same: RFC 5321 lets the local part differ in case, and nobody does.
func mailKey(_ address: String) -> String { address.lowercased() }

/// `text` without white space at its ends.
func trimmed(_ text: String) -> String {
  guard let first = text.utf8.first, let last = text.utf8.last else { return text }
  guard first <= 0x20 || last <= 0x20 || first >= 0x80 || last >= 0x80 else { return text }
  let scalars = text.unicodeScalars
  guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
    let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
  else { return "" }
  return String(scalars[start...end])
}

/// An address as it may stand in a header: `mailto:` and angle brackets gone, no white space and no control characters.
func mailAddress(_ text: String) -> String {
  var text = trimmed(text)
  if text.utf8.count > 7, text.prefix(7).lowercased() == "mailto:" { text = String(text.dropFirst(7)) }
  if text.hasPrefix("<"), text.hasSuffix(">") { text = String(text.dropFirst().dropLast()) }
  return String(text.unicodeScalars.filter { !$0.properties.isWhitespace && !isUnsafe($0.value) })
}
