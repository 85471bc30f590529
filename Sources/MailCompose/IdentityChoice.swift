public import MailConfiguration
public import MailMIME

/// Who the user is, as far as the configuration tells.
public struct Identities: Sendable {
  /// Somebody to write as.
  public struct Choice: Sendable, Equatable {
    public var identity: Configuration.Identity
    /// The address to write from: the identity's, an alias, or one of them with a detail.
    public var address: String

    /// What the From field says.
    public var from: Address { Address(name: identity.name, address: address) }
  }

  let identities: [Configuration.Identity]
  let delimiters: String

  /// The identities of `configuration`; `fallback` where it has none.
  public init(_ configuration: Configuration, fallback: Configuration.Identity) {
    identities = configuration.identities.isEmpty ? [fallback] : configuration.identities
    delimiters = configuration.delivery.recipientDelimiter
    standard = Choice(identity: identities.first ?? fallback, address: (identities.first ?? fallback).address)
  }

  /// The usual one.
  public let standard: Choice

  /// The identity that `address` reaches: its address or an alias, also with a detail behind it. Nil when it is none of
  /// the user's.
  public func choice(for address: String) -> Choice? {
    let wanted = addressKey(address)
    if let found = exact(wanted) { return Choice(identity: found, address: address) }
    let bare = addressKey(withoutDetail(address, delimiters: delimiters))
    guard bare != wanted, let found = exact(bare) else { return nil }
    return Choice(identity: found, address: address)
  }

  private func exact(_ key: String) -> Configuration.Identity? {
    identities.first { addressKey($0.address) == key }
      ?? identities.first { $0.aliases.contains { addressKey($0) == key } }
  }

  /// The identity that `text` names: by address, or by name. An address with a name of its own keeps that name.
  public func named(_ text: String) throws(ComposeError) -> Choice {
    let mailboxes = parseAddressList(text).flatMap(\.addresses)
    if mailboxes.count == 1, mailboxes[0].address.utf8.contains(0x40) {
      if var choice = choice(for: mailboxes[0].address) {
        if let name = mailboxes[0].name { choice.identity.name = name }
        return choice
      }
      // Somebody may write from an address that the configuration doesn't know; it has no signature of its own.
      return Choice(
        identity: Configuration.Identity(name: mailboxes[0].name, address: mailboxes[0].address),
        address: mailboxes[0].address)
    }
    let key = trimmed(text).lowercased()
    let found = identities.first { $0.name?.lowercased() == key }
    guard let found else { throw .unknownIdentity(text) }
    return Choice(identity: found, address: found.address)
  }

  /// Whether `address` is one of the user's.
  public func isOwn(_ address: String) -> Bool { choice(for: address) != nil }

  /// Whom the message with `headers` was sent to.
  ///
  /// What the sender wrote to is the best answer: the one of To and Cc that is the user's. Where several are, the one
  /// that the way of delivery names as well, else the first. Where none is, what the servers noted on the way. A message
  /// of the user's own is answered as who wrote it.
  public func choice(forAnswering headers: Headers) -> Choice {
    if let own = headers.addresses("From").lazy.compactMap({ choice(for: $0.address) }).first { return own }
    let visible = ["To", "Cc"].flatMap { headers.addresses($0) }.compactMap { choice(for: $0.address) }
    let noted = Self.deliveryFields.flatMap { headers.addresses($0) }.compactMap { choice(for: $0.address) }
    if visible.count > 1 {
      let keys = noted.map { addressKey($0.address) }
      if let both = visible.first(where: { keys.contains(addressKey($0.address)) }) { return both }
      let identities = noted.map(\.identity)
      if let same = visible.first(where: { identities.contains($0.identity) }) { return same }
    }
    return visible.first ?? noted.first ?? headers.addresses("Bcc").compactMap { choice(for: $0.address) }.first
      ?? standard
  }

  /// Fields in which mail servers note whom a message is for, those nearest to the sender first.
  private static let deliveryFields = [
    "X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To",
  ]
}
