public import MailConfiguration

/// A mail provider whose server for outgoing mail is known.
public struct Provider: Sendable, Equatable {
  /// What a user has to have before a program may log in.
  public enum Access: String, Sendable {
    /// The password of the account.
    case password
    /// A password for programs alone, made on the provider's pages.
    case appPassword = "app-password"
    /// OAuth2; a password is not taken.
    case oauth
    /// A program of the provider on this computer.
    case bridge
    /// No program can send through this provider.
    case none
  }

  /// What the provider takes as the name to log in with.
  public enum Login: String, Sendable {
    case address
    case localPart = "local-part"
  }

  public var name: String
  /// The domains of its addresses, in small letters.
  public var domains: [String]
  /// What the names of its mail exchangers end in: domains of others that have their mail there.
  public var exchangers: [String]
  public var host: String
  public var port: Int
  public var tls: Configuration.Outgoing.Security
  public var login: Login
  public var access: Access
  /// What the user has to know or to do first.
  public var note: String?
  /// Where its OAuth2 lives, if it has it.
  public var oauth: OAuthEndpoints?

  /// Where a provider gives out tokens, and for which scope. RFC 6749.
  public struct OAuthEndpoints: Sendable, Equatable {
    public var authorization: String
    public var token: String
    public var device: String?
    public var scope: String
  }

  init(
    _ name: String, _ domains: String, mx exchangers: String = "", _ host: String, _ port: Int = 465,
    login: Login = .address, access: Access = .password, note: String? = nil, oauth: OAuthEndpoints? = nil
  ) {
    self.name = name
    self.domains = domains.split(separator: " ").map { String($0) }
    self.exchangers = exchangers.split(separator: " ").map { String($0) }
    self.host = host
    self.port = port
    tls = port == 465 ? .implicit : .starttls
    self.login = login
    self.access = access
    self.note = note
    self.oauth = oauth
  }

  /// The name that logs in for `address`.
  public func user(for address: String) -> String {
    switch login {
    case .address: address
    case .localPart: address.lastIndex(of: "@").map { String(address[..<$0]) } ?? address
    }
  }

  /// The provider that gives out addresses of `domain`.
  public static func of(domain: String) -> Provider? {
    let domain = domain.lowercased()
    return all.first { $0.domains.contains(domain) }
  }

  /// The provider that runs the mail exchanger `host`.
  public static func of(exchanger host: String) -> Provider? {
    var host = host.lowercased()[...]
    if host.hasSuffix(".") { host = host.dropLast() }
    return all.first { $0.exchangers.contains { host == $0 || host.hasSuffix("." + $0) } }
  }

  /// The provider called `name`, or with addresses of that domain; case doesn't count.
  public static func named(_ name: String) -> Provider? {
    all.first { $0.name.lowercased() == name.lowercased() } ?? of(domain: name)
  }

  /// All that are known, in the order of their names.
  public static let all: [Provider] = (worldwide + regional + hosting).sorted {
    $0.name.lowercased() < $1.name.lowercased()
  }
}
