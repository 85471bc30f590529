internal import MailBytes

/// An address as it stands in MAIL and RCPT, checked. Nothing of it can end a line or an argument of a command.
public struct SMTPPath: Sendable, Hashable {
  /// What goes between the angle brackets; empty for the sender of reports.
  public let bytes: [UInt8]
  /// The local part has letters beyond ASCII, so that only SMTPUTF8 can carry it.
  public let hasInternationalLocalPart: Bool
  /// The domain has.
  public let hasInternationalDomain: Bool

  /// The sender of reports: `<>`. RFC 5321, section 4.5.5.
  public static let null = SMTPPath(bytes: [], hasInternationalLocalPart: false, hasInternationalDomain: false)

  private init(bytes: [UInt8], hasInternationalLocalPart: Bool, hasInternationalDomain: Bool) {
    self.bytes = bytes
    self.hasInternationalLocalPart = hasInternationalLocalPart
    self.hasInternationalDomain = hasInternationalDomain
  }

  // Path           = "<" [ A-d-l ":" ] Mailbox ">"
  // Mailbox        = Local-part "@" ( Domain / address-literal )
  /// Checks `address`, given without angle brackets. A local part without a domain is left to the server, as RFC 5321,
  /// section 4.1.1.3, has it for Postmaster; source routes are refused (RFC 5321, appendix C).
  public init(_ address: String) throws(SMTPError) {
    let bytes = Array(address.utf8)
    guard !bytes.isEmpty else { throw .invalidAddress(address, "it is empty") }
    // RFC 5321, section 4.5.3.1.3, has 256 octets; longer ones are refused by the server, not by us.
    guard bytes.count <= 1_000 else { throw .invalidAddress(address, "it is too long") }
    for scalar in address.unicodeScalars where scalar.value < 0x20 || scalar.value == 0x7F || isUnsafe(scalar.value) {
      throw .invalidAddress(address, "it has a control character")
    }
    let at = SMTPPath.separator(bytes)
    let local = try SMTPPath.localPart(bytes[..<(at ?? bytes.count)], of: address)
    guard let at else {
      let isInternational = !isASCII(local.span)
      self.init(bytes: local, hasInternationalLocalPart: isInternational, hasInternationalDomain: false)
      return
    }
    let domain = bytes[(at + 1)...]
    guard isValidDomain(domain.span) else { throw .invalidAddress(address, "its domain can't be one") }
    self.init(
      bytes: local + [0x40] + domain, hasInternationalLocalPart: !isASCII(local.span),
      hasInternationalDomain: !isASCII(domain.span))
  }

  /// The place of the `@` between local part and domain: the last one outside quotes.
  private static func separator(_ bytes: [UInt8]) -> Int? {
    guard bytes.first == 0x22 else { return bytes.lastIndex(of: 0x40) }
    var index = 1
    while index < bytes.count, bytes[index] != 0x22 { index += bytes[index] == 0x5C ? 2 : 1 }
    return index + 1 < bytes.count && bytes[index + 1] == 0x40 ? index + 1 : nil
  }

  // Local-part     = Dot-string / Quoted-string
  // Dot-string     = Atom *("."  Atom)
  // Quoted-string  = DQUOTE *QcontentSMTP DQUOTE
  // QcontentSMTP   = qtextSMTP / quoted-pairSMTP
  // quoted-pairSMTP = %d92 %d32-126
  // qtextSMTP      = %d32-33 / %d35-91 / %d93-126
  /// `local` as a dot-string, or quoted where it is none. RFC 5321, section 4.1.2; RFC 6531, section 3.3.
  private static func localPart(_ local: ArraySlice<UInt8>, of address: String) throws(SMTPError) -> [UInt8] {
    guard let first = local.first else { throw .invalidAddress(address, "nothing stands before the @") }
    if first == 0x22 {
      var index = local.startIndex + 1
      while index < local.endIndex, local[index] != 0x22 { index += local[index] == 0x5C ? 2 : 1 }
      guard index == local.endIndex - 1 else { throw .invalidAddress(address, "its quotes are not closed") }
      return Array(local)
    }
    let atoms = local.split(separator: 0x2E, omittingEmptySubsequences: false)
    if atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAtomText) }) { return Array(local) }
    // What can't be a mistake of whoever wrote it is quoted: spaces, two dots.
    for byte in local where [0x3C, 0x3E, 0x40, 0x2C, 0x3B, 0x3A].contains(byte) {
      throw .invalidAddress(address, "\"\(string([byte]))\" can't stand there")
    }
    var quoted: [UInt8] = [0x22]
    for byte in local {
      if byte == 0x22 || byte == 0x5C { quoted.append(0x5C) }
      quoted.append(byte)
    }
    return quoted + [0x22]
  }

  /// What stands before the `@`.
  var localPart: ArraySlice<UInt8> { bytes[..<(SMTPPath.separator(bytes) ?? bytes.count)] }

  /// The path as a server without SMTPUTF8 takes it: an international domain in its ASCII form; nil when the local part
  /// has letters that ASCII hasn't. RFC 5890, section 2.3.2.1.
  public var asciiForm: [UInt8]? {
    guard !hasInternationalLocalPart else { return nil }
    guard hasInternationalDomain, let at = SMTPPath.separator(bytes) else { return bytes }
    let domain = Array(Punycode.asciiDomain(string(bytes[(at + 1)...])).utf8)
    return isValidDomain(domain.span) && isASCII(domain.span) ? bytes[...at] + domain : nil
  }
}

/// Whether `byte` may stand in an atom, letters beyond ASCII included. RFC 5322, section 3.2.3; RFC 6531, section 3.3.
private func isAtomText(_ byte: UInt8) -> Bool {
  if byte.isLetter || byte.isDigit || byte >= 0x80 { return true }
  switch byte {
  case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E, 0x5F, 0x60, 0x7B, 0x7C, 0x7D, 0x7E:
    return true
  default: return false
  }
}
