internal import MailBytes
internal import MailMIME

/// What two spellings of one address have in common: case doesn't count, and a domain is compared as the name system has
/// it.
func addressKey(_ address: String) -> String {
  let parsed = Address(address: address)
  let domain = parsed.domain
  guard !domain.isEmpty else { return address.lowercased() }
  return "\(parsed.localPart.lowercased())@\(Punycode.asciiDomain(domain.lowercased()))"
}

/// `address` without the detail that `delimiters` set off: `ada+shop@example.org` is `ada@example.org`.
func withoutDetail(_ address: String, delimiters: String) -> String {
  let parsed = Address(address: address)
  let local = parsed.localPart
  guard !delimiters.isEmpty, let place = local.firstIndex(where: { delimiters.contains($0) }), place > local.startIndex
  else { return address }
  return "\(local[..<place])@\(parsed.domain)"
}
