internal import Glibc
internal import MailBytes
@_spi(_Unicode) internal import Swift

/// The name of a host as the network knows it.
struct HostName: Equatable {
  /// Letters, digits and hyphens, in small letters, without a dot at the end; or an address.
  let ascii: String
  /// It is an IPv4 or IPv6 address.
  let isAddress: Bool

  /// Reads what a person wrote: a name in any script, or an address, perhaps in brackets. Throws `settings` for what can't be
  /// the name of a host. RFC 5890, 1123 section 2.1.
  init(_ text: String) throws(TransportError) {
    var name = text
    if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
    if Self.isAddress(name) {
      (ascii, isAddress) = (name.lowercased(), true)
      return
    }
    // RFC 3490, section 3.1: these are dots too.
    let dots = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { "\u{3002}\u{FF0E}\u{FF61}".unicodeScalars.contains($0) ? "." : $0 }))
    // Typed as a letter and an accent it is the same name.
    name = Punycode.asciiDomain(String(String.UnicodeScalarView(dots._nfc))).lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...253).contains(name.utf8.count),
      labels.allSatisfy({ label in
        (1...63).contains(label.count) && label.first != 0x2D
          && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x5F }
      })
    else { throw .settings("\(clean(text)): not the name of a host") }
    (ascii, isAddress) = (name, false)
  }

  /// `text` is an IPv4 address of four numbers or an IPv6 address, perhaps with a zone (`fe80::1%eth0`).
  private static func isAddress(_ text: String) -> Bool {
    var space = in6_addr()
    let bare = text.utf8.contains(UInt8(ascii: ":")) ? String(text.prefix { $0 != "%" }) : text
    return unsafe inet_pton(AF_INET, bare, &space) == 1 || inet_pton(AF_INET6, bare, &space) == 1
  }
}
