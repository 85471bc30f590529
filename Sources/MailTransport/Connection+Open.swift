extension Connection {
  /// Connects to `host` (a name, an internationalised name, or an address) at `port`: to all its addresses, IPv6 and IPv4, in
  /// turn and a little apart, until the first answers. With a `proxy`, that one looks the name up and connects.
  ///
  /// All this takes `milliseconds` at most.
  public static func open(
    host: String, port: UInt16, proxy: Proxy? = nil, within milliseconds: Int = 30_000
  ) throws(TransportError) -> Connection {
    throw .notFound(host: host)
  }

  /// Connects to a socket of this computer's file system.
  public static func open(socketPath path: String, within milliseconds: Int = 30_000) throws(TransportError)
    -> Connection
  {
    throw .notFound(host: path)
  }
}
