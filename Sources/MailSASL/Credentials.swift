/// Who wants to log in, and what proves it. Never printed: the descriptions leave out the secret.
public struct Credentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public enum Secret: Sendable {
    case password(String)
    /// An OAuth 2.0 access token.
    case token(String)
    /// The connection itself proves it: a client certificate, or a local socket.
    case external
  }

  /// The name that logs in; with `.external` it may be empty.
  public var user: String
  public var secret: Secret
  /// In whose name, if it is another (RFC 4422, section 2); usually empty.
  public var authorization: String
  /// The server, which OAUTHBEARER tells the server.
  public var host: String
  public var port: UInt16

  public init(user: String, secret: Secret, authorization: String = "", host: String = "", port: UInt16 = 0) {
    self.user = user
    self.secret = secret
    self.authorization = authorization
    self.host = host
    self.port = port
  }

  public var description: String { "credentials of \(user)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
