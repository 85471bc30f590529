public import MailSystem
public import MailTransport

/// A server (or program) that takes mail by SMTP or LMTP, and how one gets to it.
public struct SMTPServer: Sendable {
  /// Where the server is.
  public enum Place: Sendable {
    case host(String, port: UInt16, proxy: Proxy?)
    /// A socket of this computer's file system.
    case socket(String)
    /// A program that speaks the protocol on its standard input and output, such as `ssh mail.example.org sendmail -bs`.
    case program(Program)
  }

  /// How the connection is encrypted.
  public enum Security: Sendable, Equatable {
    /// From its first byte. RFC 8314, section 3.3.
    case implicit
    /// By STARTTLS, without which nothing is sent. RFC 3207.
    case startTLS
    /// Not at all.
    case none
  }

  public var place: Place
  public var security: Security
  /// What the server's certificate is held against; also without encryption, where it is not used.
  public var tls: TLSSettings
  public var isLMTP = false
  /// How we introduce ourselves: a domain or an address literal; nil for this computer's name.
  public var heloName: String?
  public var timeouts = SMTPTimeouts()
  /// The most recipients of one transaction.
  public var recipientLimit = 100
  /// SASL mechanisms that may be used, in their order; none for all.
  public var mechanisms: [String] = []
  /// A password may be shown without encryption.
  public var allowsClearTextLogin = false

  /// A server at `place`.
  public init(_ place: Place, security: Security, tls: TLSSettings? = nil) {
    self.place = place
    self.security = security
    if let tls {
      self.tls = tls
    } else if case .host(let host, _, _) = place {
      self.tls = TLSSettings(hostName: host)
    } else {
      self.tls = TLSSettings(hostName: "localhost")
    }
  }
}
