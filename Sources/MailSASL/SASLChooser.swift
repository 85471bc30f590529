/// Which mechanisms may be used with a server, the best first.
public struct SASLChooser: Sendable {
  /// Everything this library can do, best first. SCRAM shows the server nothing it could use elsewhere, with -PLUS not even to
  /// somebody between; PLAIN and LOGIN show the password to whoever can read the connection.
  public static let mechanisms = [
    "EXTERNAL", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "OAUTHBEARER", "XOAUTH2",
    "PLAIN",
    "LOGIN", "CRAM-MD5",
  ]

  /// The connection is encrypted, and the peer's certificate was verified.
  public var isEncrypted: Bool
  /// A password may be shown on a connection that is not encrypted.
  public var allowsClearText: Bool
  /// Only these may be used, in this order; empty for all.
  public var allowed: [String]
  /// What ties SCRAM to the connection; without, no -PLUS.
  public var channelBinding: ChannelBinding?

  public init(
    isEncrypted: Bool, allowsClearText: Bool = false, allowed: [String] = [], channelBinding: ChannelBinding? = nil
  ) {
    self.isEncrypted = isEncrypted
    self.allowsClearText = allowsClearText
    self.allowed = allowed
    self.channelBinding = channelBinding
  }

  /// The mechanisms to try one after the other (the next one only when the server doesn't support the one before); never
  /// empty. Throws `noMechanism`, and `unusableText` for a name or password that no mechanism can carry.
  public func candidates(offered: [String], credentials: Credentials) throws(SASLError) -> [any SASLMechanism] {
    let offers = Set(offered.map { $0.uppercased() })
    var found: [any SASLMechanism] = []
    var hidden = false
    var unusable: SASLError?
    for name in allowed.isEmpty ? Self.mechanisms : allowed.map({ $0.uppercased() }) where offers.contains(name) {
      do throws(SASLError) {
        guard let mechanism = try mechanism(name, offers: offers, credentials) else { continue }
        if Self.showsSecret(name), !isEncrypted, !allowsClearText { hidden = true } else { found.append(mechanism) }
      } catch {
        // What one mechanism can't carry another may.
        unusable = error
      }
    }
    guard !found.isEmpty else {
      if let unusable { throw unusable }
      throw .noMechanism(offered: offered, needsEncryption: hidden)
    }
    return found
  }

  /// The best of the `candidates`.
  public func choose(offered: [String], credentials: Credentials) throws(SASLError) -> any SASLMechanism {
    try candidates(offered: offered, credentials: credentials)[0]
  }

  /// The mechanism gives the server, and whoever listens, what one logs in with.
  static func showsSecret(_ name: String) -> Bool { ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"].contains(name) }

  /// The mechanism called `name` for such credentials; nil if it is for another kind.
  private func mechanism(
    _ name: String, offers: Set<String>, _ credentials: Credentials
  ) throws(SASLError) -> (any SASLMechanism)? {
    switch (name, credentials.secret) {
    case ("PLAIN", .password(let password)): return try PlainMechanism(credentials, password: password)
    case ("LOGIN", .password(let password)): return try LoginMechanism(credentials, password: password)
    case ("CRAM-MD5", .password(let password)): return try CramMechanism(credentials, password: password)
    case ("XOAUTH2", .token(let token)): return try XOAuth2Mechanism(credentials, token: token)
    case ("OAUTHBEARER", .token(let token)): return try OAuthBearerMechanism(credentials, token: token)
    case ("EXTERNAL", .external): return try ExternalMechanism(credentials)
    case (_, .password(let password)) where name.hasPrefix("SCRAM-"):
      let isPlus = name.hasSuffix("-PLUS")
      guard let hash = ScramHash(name: isPlus ? String(name.dropLast(5)) : name) else { return nil }
      let binding: ScramBinding
      if let channelBinding {
        // "y" tells the server that we could have bound, had it offered that: so nobody can strike the -PLUS from the list.
        let isOffered = offers.contains { $0.hasSuffix("-PLUS") }
        binding = isPlus ? .bound(channelBinding) : isOffered ? .none : .notOffered
      } else {
        if isPlus { return nil }
        binding = .none
      }
      return try ScramMechanism(credentials, password: password, hash: hash, binding: binding)
    default: return nil
    }
  }
}
