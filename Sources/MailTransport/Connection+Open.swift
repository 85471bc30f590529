internal import Glibc
internal import MailSystem

extension Connection {
  /// Connects to `host` (a name, an internationalised name, or an address) at `port`: to all its addresses, IPv6 and IPv4, in
  /// turn and a little apart, until the first answers. With a `proxy`, that one looks the name up and connects.
  ///
  /// All this takes `milliseconds` at most.
  public static func open(
    host: String, port: UInt16, proxy: Proxy? = nil, within milliseconds: Int = 30_000
  ) throws(TransportError) -> Connection {
    let name = try HostName(host)
    let end = Deadline(milliseconds: milliseconds)
    let endPoint = "\(name.ascii) \(port)"
    guard let proxy else { return try open(name, port, end, endPoint: endPoint) }
    let connection: Connection
    do throws(TransportError) {
      connection = try open(HostName(proxy.host), proxy.port, end, endPoint: endPoint + " \(proxy)")
    } catch {
      if error == .interrupted { throw error }
      throw .proxy(error.description, isTemporary: error.isTemporary)
    }
    do throws(TransportError) {
      connection.deadline = end
      try proxy.connect(connection, to: name, port: port)
      connection.deadline = nil
    } catch {
      connection.close()
      throw error
    }
    return connection
  }

  private static func open(
    _ host: HostName, _ port: UInt16, _ end: Deadline, endPoint: String
  ) throws(TransportError) -> Connection {
    let patience = Patience(
      timeLimit: .max, deadline: end, ignoresInterrupts: false, purpose: "looking up \(host.ascii)")
    var dialer = Dialer(try addresses(of: host, port: port, patience))
    switch try dialer.connect(patience.for("connecting to \(host.ascii), port \(port)")) {
    case .connected(let descriptor, let address):
      return Connection(descriptor: descriptor, peer: address.description, endPoint: endPoint)
    case .failed(let number):
      throw .refused(host: host.ascii, port: port, SystemError(call: "connect", errno: number).reason)
    }
  }

  /// Connects to a socket of this computer's file system.
  public static func open(socketPath path: String, within milliseconds: Int = 30_000) throws(TransportError)
    -> Connection
  {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let size = MemoryLayout.size(ofValue: address.sun_path)
    guard !path.isEmpty, path.utf8.count < size, !path.utf8.contains(0) else {
      throw .settings("\(path): not a path that a socket can have")
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let bytes = unsafe withUnsafeBytes(of: address) { unsafe Array($0) }
    let end = Deadline(milliseconds: milliseconds)
    let patience = Patience(
      timeLimit: .max, deadline: end, ignoresInterrupts: false, purpose: "connecting to \(path)")
    while true {
      var dialer = Dialer([SocketAddress(family: AF_UNIX, bytes: bytes)])
      switch try dialer.connect(patience) {
      case .connected(let descriptor, _): return Connection(descriptor: descriptor, peer: path)
      // The queue of the socket is full: it can't be waited for, only asked again.
      case .failed(EAGAIN) where !end.hasPassed: sleep(nanoseconds: 20_000_000)
      case .failed(EAGAIN): throw .timedOut(patience.purpose)
      case .failed(let number): throw .system(SystemError(call: "connect", path: path, errno: number))
      }
      if interruptRequested() { throw .interrupted }
    }
  }
}
