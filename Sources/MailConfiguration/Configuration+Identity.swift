extension Configuration {
  /// `[[identity]]`: somebody the user writes as.
  public struct Identity: Sendable, Equatable {
    public var name: String?
    public var address: String
    /// `aliases`: other addresses that reach the same person.
    public var aliases: [String] = []
    /// `reply-to`: where answers go, when not to the address.
    public var replyTo: [String] = []
    public var organization: String?
    /// `bcc`: who gets a blind copy of everything.
    public var bcc: [String] = []
    public var signature: Signature?
    /// `sent`: the folder for copies of what was sent; empty for no copy, nil for the folder of that role.
    public var sent: String?
    /// `outgoing`: the name of the server that takes this identity's mail; nil for the first.
    public var outgoing: String?
    /// `signing-key`: the key that signs, as the signing program names it.
    public var signingKey: String?
    /// `card`: a vCard of the user, as a path.
    public var card: String?
    /// `receipt`: how requests for receipts to this identity are answered; nil as `[receipt]` says.
    public var receipt: Receipt.Policy?

    public init(name: String? = nil, address: String, aliases: [String] = []) {
      self.name = name
      self.address = address
      self.aliases = aliases
    }

    /// The address and its aliases.
    public var addresses: [String] { [address] + aliases }
  }

  /// `signature` of an identity. Files are paths; where text is given both ways, reading refuses it.
  public struct Signature: Sendable, Equatable {
    public enum Position: String, Sendable, CaseIterable {
      /// Behind everything.
      case end
      /// Where the text has the mark.
      case mark
      /// Only when asked for.
      case none
    }

    public var text: String?
    /// `text-file`, read when it is used.
    public var textFile: String?
    public var html: String?
    /// `html-file`; images that it names by relative paths or `cid:` lie beside it.
    public var htmlFile: String?
    public var position = Position.end

    public init(text: String? = nil) { self.text = text }
  }

  /// `[receipt]`: how requests for receipts are answered.
  public struct Receipt: Sendable, Equatable {
    public enum Policy: String, Sendable, CaseIterable { case ask, always, never }

    public var policy = Policy.ask
  }

  /// The identity with `address` as its address or alias; case doesn't count.
  public func identity(for address: String) -> Identity? {
    let wanted = address.lowercased()
    return identities.first { $0.address.lowercased() == wanted }
      ?? identities.first { $0.aliases.contains { $0.lowercased() == wanted } }
  }
}
