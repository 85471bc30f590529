internal import MailBytes

// Domain          = sub-domain *("." sub-domain)
// sub-domain      = Let-dig [Ldh-str]
// address-literal = "[" ( IPv4-address-literal / IPv6-address-literal / General-address-literal ) "]"
/// Whether `bytes` can be the name of a mail domain or an address literal. RFC 5321, section 4.1.2; RFC 6531, section 3.3.
/// Underscores and one dot at the end are accepted: such names exist.
func isValidDomain(_ bytes: Span<UInt8>) -> Bool {
  guard bytes.count > 0, bytes.count <= 255, isValidUTF8(bytes) else { return false }
  if bytes[0] == 0x5B { return isAddressLiteral(bytes) }
  var labelLength = 0
  for index in 0..<bytes.count {
    let byte = bytes[index]
    if byte == 0x2E {
      guard labelLength > 0 else { return false }
      labelLength = 0
    } else {
      guard byte.isLetter || byte.isDigit || byte == 0x2D || byte == 0x5F || byte >= 0x80 else { return false }
      guard byte != 0x2D || labelLength > 0 else { return false }
      labelLength += 1
      guard labelLength <= 63 || byte >= 0x80 else { return false }
    }
  }
  return true
}

private func isAddressLiteral(_ bytes: Span<UInt8>) -> Bool {
  guard bytes.count > 2, bytes[bytes.count - 1] == 0x5D else { return false }
  for index in 1..<(bytes.count - 1) {
    let byte = bytes[index]
    guard byte.isLetter || byte.isDigit || byte == 0x2E || byte == 0x3A || byte == 0x2D else { return false }
  }
  return true
}

/// The name by which a client that is called `host` says hello: `host` when it is a full name, else an address literal,
/// which every server takes where a full name is wanted. RFC 5321, section 4.1.4.
public func helloName(host: String) -> String {
  let bytes = Array(host.utf8)
  let isFull = bytes.contains(0x2E) && isASCII(bytes.span) && isValidDomain(bytes.span) && bytes.last != 0x2E
  return isFull ? host : "[127.0.0.1]"
}
