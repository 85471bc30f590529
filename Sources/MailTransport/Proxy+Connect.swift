internal import Glibc

extension Proxy {
  /// Asks the proxy behind `connection` to connect to `host`. RFC 1928, sections 3 to 6.
  func connect(_ connection: Connection, to host: HostName, port: UInt16) throws(TransportError) {
    do throws(TransportError) {
      try authenticate(connection)
      var request: [UInt8] = [5, 1, 0]
      request += destination(host)
      request += [UInt8(port >> 8), UInt8(port & 0xFF)]
      try connection.write(request)
      try readReply(connection, host: host, port: port)
    } catch {
      if case .closed = error { throw .proxy("it closed the connection", isTemporary: true) }
      if case .timedOut = error { throw .timedOut("waiting for the proxy") }
      throw error
    }
  }

  /// Agrees with the proxy on a method of authentication, and goes through it.
  ///
  ///     C: 05 02 00 02      S: 05 02
  private func authenticate(_ connection: Connection) throws(TransportError) {
    let methods: [UInt8] = user == nil ? [0] : [0, 2]
    try connection.write([5, UInt8(methods.count)] + methods)
    let choice = try read(2, connection)
    guard choice[0] == 5 else { throw .proxy("it doesn't speak SOCKS 5", isTemporary: false) }
    switch choice[1] {
    case 0: return
    case 2 where methods.contains(2): try logIn(connection)
    default:
      throw .proxy(
        user == nil ? "it wants a user name and a password" : "it accepts no user name and password", isTemporary: false
      )
    }
  }

  /// RFC 1929, section 2.
  private func logIn(_ connection: Connection) throws(TransportError) {
    let (name, secret) = (Array((user ?? "").utf8), Array((password ?? "").utf8))
    guard 1...255 ~= name.count, secret.count <= 255 else {
      throw .settings("the user name or password for the proxy is too long")
    }
    try connection.write([1, UInt8(name.count)] + name + [UInt8(secret.count)] + secret)
    guard try read(2, connection)[1] == 0 else {
      throw .proxy("it refuses the user name or password", isTemporary: false)
    }
  }

  /// The type and the bytes of an address: a name is looked up by the proxy.
  private func destination(_ host: HostName) -> [UInt8] {
    guard host.isAddress else { return [3, UInt8(host.ascii.utf8.count)] + Array(host.ascii.utf8) }
    var four = [UInt8](repeating: 0, count: 4)
    if unsafe inet_pton(AF_INET, host.ascii, &four) == 1 { return [1] + four }
    var sixteen = [UInt8](repeating: 0, count: 16)
    _ = unsafe inet_pton(AF_INET6, String(host.ascii.prefix { $0 != "%" }), &sixteen)
    return [4] + sixteen
  }

  private func readReply(_ connection: Connection, host: HostName, port: UInt16) throws(TransportError) {
    let head = try read(4, connection)
    guard head[0] == 5 else { throw .proxy("it doesn't speak SOCKS 5", isTemporary: false) }
    guard head[1] == 0 else { throw refusal(head[1], host: host, port: port) }
    // The address that it connects from: of no use, but to be read.
    let length: Int
    switch head[3] {
    case 1: length = 4
    case 4: length = 16
    case 3: length = Int(try read(1, connection)[0])
    default: throw .proxy("it answers with an unknown kind of address", isTemporary: false)
    }
    _ = try read(length + 2, connection)
  }

  /// What the reply `code` means. RFC 1928, section 6.
  private func refusal(_ code: UInt8, host: HostName, port: UInt16) -> TransportError {
    let reasons: [UInt8: (String, Bool)] = [
      1: ("it has failed", true), 2: ("it is not allowed there", false), 3: ("the network can't be reached", true),
      4: ("the host can't be reached or found", true), 5: ("the connection was refused", true),
      6: ("no answer in time", true), 7: ("it can't connect", false),
      8: ("it doesn't know this kind of address", false),
    ]
    let (reason, isTemporary) = reasons[code] ?? ("error \(code)", true)
    return .proxy("no connection to \(host.ascii), port \(port): \(reason)", isTemporary: isTemporary)
  }

  /// Exactly `count` bytes: what follows belongs to the host behind the proxy.
  private func read(_ count: Int, _ connection: Connection) throws(TransportError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard try connection.read(into: &bytes, atMost: count - bytes.count) > 0 else { throw .closed }
    }
    return bytes
  }
}
