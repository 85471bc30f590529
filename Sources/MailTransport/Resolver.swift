internal import Glibc
internal import MailSystem
internal import Synchronization

/// An address that a socket can be connected to.
struct SocketAddress: Equatable {
  let family: Int32
  let bytes: [UInt8]

  /// The address for people, such as `192.0.2.1` or `2001:db8::1`.
  var description: String {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let code = unsafe bytes.withUnsafeBytes { buffer in
      guard let base = unsafe buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return Int32(-1) }
      return unsafe getnameinfo(base, socklen_t(buffer.count), &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    }
    return code == 0 ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "?"
  }
}

/// Finds the addresses of `host`: those that the system prefers first, IPv6 and IPv4 in turn. RFC 8305, section 4.
func addresses(of host: HostName, port: UInt16, _ patience: Patience) throws(TransportError) -> [SocketAddress] {
  if host.isAddress { return try lookUp(host.ascii, port, AI_NUMERICHOST).get() }
  // The name service can't be told how long it may take: it is asked by a thread that may be left behind.
  let inquiry = try Inquiry(host: host.ascii, port: port)
  try patience.wait(inquiry.end, .readable)
  guard let answer = inquiry.answer else { throw .lookupFailed(host: host.ascii, "no answer") }
  return interleaved(try answer.get())
}

/// The first address, then one of another family, and so on.
func interleaved(_ addresses: [SocketAddress]) -> [SocketAddress] {
  guard let first = addresses.first?.family else { return [] }
  let (same, other) = (addresses.filter { $0.family == first }, addresses.filter { $0.family != first })
  var result: [SocketAddress] = []
  for index in 0..<max(same.count, other.count) {
    if index < same.count { result.append(same[index]) }
    if index < other.count { result.append(other[index]) }
  }
  return result
}

/// A question to the name service, asked by a thread of its own.
private final class Inquiry: Sendable {
  typealias Answer = Result<[SocketAddress], TransportError>
  private let host: String
  private let port: UInt16
  private let result = Mutex<Answer?>(nil)
  /// Reaches its end when there is an answer.
  let end: Int32
  private let signal: Int32

  var answer: Answer? { result.withLock { $0 } }

  init(host: String, port: UInt16) throws(TransportError) {
    self.host = host
    self.port = port
    let pipe: (reading: Int32, writing: Int32)
    do throws(SystemError) { pipe = try openPipe() } catch { throw .system(error) }
    (end, signal) = pipe
    var thread = pthread_t()
    let held = unsafe Unmanaged.passRetained(self)
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Inquiry>.fromOpaque(context).takeRetainedValue().ask()
        return nil
      }, held.toOpaque())
    guard code == 0 else {
      unsafe held.release()
      _ = close(signal)
      throw .system(SystemError(call: "pthread_create", errno: code))
    }
    pthread_detach(thread)
  }

  private func ask() {
    let answer = lookUp(host, port, 0)
    result.withLock { $0 = answer }
    _ = close(signal)
  }

  deinit { _ = close(end) }
}

/// The addresses that the name service gives for `host`.
private func lookUp(_ host: String, _ port: UInt16, _ flags: Int32) -> Result<[SocketAddress], TransportError> {
  var hints = unsafe addrinfo()
  unsafe hints.ai_flags = flags | AI_NUMERICSERV
  unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  var list: UnsafeMutablePointer<addrinfo>?
  let code = unsafe getaddrinfo(host, String(port), &hints, &list)
  guard code == 0 else {
    if code == EAI_NONAME || code == eaiNoData { return .failure(.notFound(host: host)) }
    return .failure(.lookupFailed(host: host, unsafe String(cString: gai_strerror(code))))
  }
  defer { unsafe freeaddrinfo(list) }
  var result: [SocketAddress] = []
  var next = unsafe list
  while let entry = unsafe next {
    if let address = unsafe entry.pointee.ai_addr {
      let bytes = unsafe Array(UnsafeRawBufferPointer(start: address, count: Int(entry.pointee.ai_addrlen)))
      let found = unsafe SocketAddress(family: entry.pointee.ai_family, bytes: bytes)
      if !result.contains(found) { result.append(found) }
    }
    unsafe next = entry.pointee.ai_next
  }
  // A name may have any number of addresses; nobody tries hundreds.
  return result.isEmpty ? .failure(.notFound(host: host)) : .success(Array(result.prefix(32)))
}

/// EAI_NODATA: the name is there, and has no address. The C library shows it to GNU sources only.
private let eaiNoData: Int32 = -5
