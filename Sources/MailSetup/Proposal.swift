public import MailConfiguration

/// A server that may be the right one for an address.
public struct Proposal: Sendable, Equatable {
  /// Where it was found.
  public enum Source: Sendable, Equatable {
    /// In the table of providers.
    case provider(String)
    /// In the document at this address.
    case autoconfig(String)
    /// In the domain's SRV records. RFC 6186.
    case serviceRecord
    /// In the table of providers, by the domain's mail exchanger.
    case exchanger(provider: String, host: String)
    /// Nowhere: it has a usual name.
    case guess
  }

  public var source: Source
  public var host: String
  public var port: Int
  public var tls: Configuration.Outgoing.Security
  public var user: String
  public var access = Provider.Access.password
  public var note: String?
  public var oauth: Provider.OAuthEndpoints?

  public init(
    source: Source, host: String, port: Int, tls: Configuration.Outgoing.Security, user: String,
    access: Provider.Access = .password, note: String? = nil, oauth: Provider.OAuthEndpoints? = nil
  ) {
    self.source = source
    self.host = host
    self.port = port
    self.tls = tls
    self.user = user
    self.access = access
    self.note = note
    self.oauth = oauth
  }

  init(_ provider: Provider, address: String, source: Source) {
    self.init(
      source: source, host: provider.host, port: provider.port, tls: provider.tls, user: provider.user(for: address),
      access: provider.access, note: provider.note, oauth: provider.oauth)
  }

  /// Somebody could have made the server up: what the name service says nobody has signed. A server below the address's own
  /// domain is not doubted, since its certificate will have to name it. RFC 6186, section 6.
  public func isDoubtful(for domain: String) -> Bool {
    switch source {
    case .provider, .autoconfig, .guess: return false
    case .serviceRecord, .exchanger:
      let host = host.lowercased()
      return host != domain.lowercased() && !host.hasSuffix("." + domain.lowercased())
    }
  }

  /// Where it comes from, as a clause.
  public var origin: String {
    switch source {
    case .provider(let name): "\(name) is known"
    case .autoconfig(let url): "the domain says so at \(url)"
    case .serviceRecord: "the domain's SRV records say so"
    case .exchanger(let provider, let host): "the domain's mail goes to \(host), which is \(provider)'s"
    case .guess: "a guess"
    }
  }
}
