/// A SOCKS5 proxy. RFC 1928; RFC 1929.
public struct Proxy: Sendable, Equatable, CustomStringConvertible {
  public var host: String
  public var port: UInt16
  /// With what one logs in at the proxy; nil for nothing.
  public var user: String?
  public var password: String?

  public init(host: String, port: UInt16 = 1080, user: String? = nil, password: String? = nil) {
    self.host = host
    self.port = port
    self.user = user
    self.password = password
  }

  /// The proxy without its password, for people.
  public var description: String { "socks5://\(user.map { $0 + "@" } ?? "")\(host):\(port)" }
}
