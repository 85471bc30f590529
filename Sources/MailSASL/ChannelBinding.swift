/// What ties an authentication to the encrypted connection that it happens on. RFC 5056; RFC 5929; RFC 9266.
public struct ChannelBinding: Sendable, Equatable {
  /// "tls-exporter", "tls-unique" or "tls-server-end-point".
  public var name: String
  public var data: [UInt8]

  public init(name: String, data: [UInt8]) {
    self.name = name
    self.data = data
  }
}
