extension Configuration {
  /// `[outgoing]`, `[[outgoing]]`: a server or a program that takes the user's mail.
  public struct Outgoing: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable { case smtp, lmtp, command }
    public enum Security: String, Sendable, CaseIterable { case implicit, starttls, none }

    /// `name`; "default" when the file gives none.
    public var name = "default"
    public var kind = Kind.smtp
    public var host = ""
    public var port = 465
    /// `socket`: a path instead of host and port.
    public var socket: String?
    public var tls = Security.implicit
    public var login = Login()
    public var trust = Trust()
    public var proxy: Proxy?
    /// `helo`: the name to introduce ourselves with; nil for the host's.
    public var heloName: String?
    public var limits = Limits()
    /// `command`: for the kind `command`, words for the shell; `%f` is the envelope sender and `%r` the recipients, each
    /// quoted for that shell. The message is given on standard input.
    public var command: String?
    public var notification = Notification()

    public init() {}

    public init(host: String, port: Int, tls: Security = .implicit) {
      self.host = host
      self.port = port
      self.tls = tls
    }

    /// Who logs in, and where the secret comes from.
    public struct Login: Sendable, Equatable {
      public var user: String?
      /// `password-command`: prints the password.
      public var passwordCommand: String?
      /// `password-file`: its first line is the password.
      public var passwordFile: String?
      /// `token-command`: prints an OAuth2 access token.
      public var tokenCommand: String?
      /// `authentication`: mechanisms, the most wanted first; empty for the best that is offered, `["none"]` for no login.
      public var mechanisms: [String] = []
      /// `clear-text-login`: a password may go over a connection that nobody has encrypted.
      public var allowsClearText = false

      public init() {}

      /// Somebody logs in at all.
      public var isWanted: Bool { mechanisms != ["none"] && (user != nil || mechanisms == ["EXTERNAL"]) }
    }

    /// Which certificate the server has to show, and which one we show.
    public struct Trust: Sendable, Equatable {
      /// `ca-file`: certificates to trust instead of the system's, PEM.
      public var caFile: String?
      /// `fingerprint`: SHA-256 of certificates, 64 hexadecimal digits in small letters. Where there are some, one of them
      /// must be the server's, and nothing else is asked of it.
      public var fingerprints: [String] = []
      /// `certificate`: ours, PEM.
      public var certificate: String?
      /// `certificate-key`: its key, PEM; nil when it lies in the same file.
      public var certificateKey: String?

      public init() {}
    }

    /// How long we wait, and how much is asked of the server.
    public struct Limits: Sendable, Equatable {
      /// `connect-timeout`, seconds.
      public var connectTimeout = 30
      /// `timeout`: for one reply or one write, seconds.
      public var replyTimeout = 300
      /// `max-recipients`: recipients in one transaction.
      public var recipients = 100
      /// `max-messages`: messages over one connection.
      public var messages = 100
      /// `rate`: messages in a time.
      public var rate: Rate?
      /// `size-limit`: larger messages are refused, in bytes; nil as the server says.
      public var size: Int64?

      public init() {}
    }

    /// `dsn-notify` and `dsn-return`: which reports are asked for when the command line doesn't say. RFC 3461.
    public struct Notification: Sendable, Equatable {
      public enum Return: String, Sendable, CaseIterable { case full, headers }

      /// "success", "failure", "delay", or "never" alone; empty to leave it to the server.
      public var notify: [String] = []
      public var `return`: Return?

      public init() {}
    }
  }

  /// `proxy`: a SOCKS 5 server.
  public struct Proxy: Sendable, Equatable {
    public var host: String
    public var port: Int
    public var user: String?
    public var password: String?

    public init(host: String, port: Int, user: String? = nil, password: String? = nil) {
      self.host = host
      self.port = port
      self.user = user
      self.password = password
    }
  }

  /// So many in so long a time: "100/1h".
  public struct Rate: Sendable, Equatable {
    public var count: Int
    public var seconds: Int

    public init(count: Int, seconds: Int) {
      self.count = count
      self.seconds = seconds
    }
  }

  /// Who takes the mail of `identity` (nil: of nobody in particular): the server that it names, else the first.
  public func outgoing(for identity: Identity?) -> Outgoing? {
    guard let name = identity?.outgoing else { return outgoing.first }
    return outgoing(named: name)
  }

  /// The server or program called `name`.
  public func outgoing(named name: String) -> Outgoing? { outgoing.first { $0.name == name } }
}
