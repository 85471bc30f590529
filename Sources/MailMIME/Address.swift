internal import MailBytes

/// A mailbox: an address and the name of who reads it. RFC 5322, section 3.4.
public struct Address: Sendable, Hashable {
  /// The name, decoded; nil when there is none.
  public var name: String?
  /// `local@domain` as written, without comments and white space. Empty when the field has only a name.
  public var address: String

  /// A mailbox of `name` at `address`.
  public init(name: String? = nil, address: String) {
    self.name = name
    self.address = address
  }

  /// What stands before the last `@`.
  public var localPart: Substring {
    guard let at = address.utf8.lastIndex(of: 0x40) else { return address[...] }
    return address[..<at]
  }

  /// What stands behind the last `@`; empty when there is none.
  public var domain: Substring {
    guard let at = address.utf8.lastIndex(of: 0x40) else { return "" }
    return address[address.utf8.index(after: at)...]
  }

  /// `Name <local@domain>` for people, an internationalised domain in its own letters. RFC 5890.
  public var display: String {
    guard let name, !name.isEmpty else { return displayAddress }
    return address.isEmpty ? name : "\(name) <\(displayAddress)>"
  }

  /// The address with an internationalised domain in its own letters.
  public var displayAddress: String {
    guard domain.lowercased().split(separator: ".").contains(where: { $0.hasPrefix("xn--") }) else { return address }
    return "\(localPart)@\(Punycode.unicodeDomain(String(domain)))"
  }
}

/// A mailbox or a named group of them. RFC 5322, section 3.4.
public enum AddressListEntry: Sendable, Hashable {
  /// One mailbox.
  case mailbox(Address)
  /// `name: mailbox, mailbox;`
  case group(name: String, members: [Address])

  /// The mailboxes of the entry.
  public var addresses: [Address] {
    switch self {
    case .mailbox(let address): [address]
    case .group(_, let members): members
    }
  }
}

/// The mailboxes and groups in the text of an address field. Never fails: what is no address becomes a name without
/// one.
public func parseAddressList(_ text: String) -> [AddressListEntry] { parseAddressList(text.utf8.span, guess: nil) }
