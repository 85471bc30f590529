internal import Glibc
internal import MailSystem

/// Connects to the first of several addresses that answers. Each next one is tried when the one before it has failed or has
/// not answered for a quarter of a second, while those before are still waited for. RFC 8305, section 5.
struct Dialer {
  static let delay = 250

  private struct Attempt {
    let descriptor: Int32
    let address: SocketAddress
  }

  private var waiting: ArraySlice<SocketAddress>
  private var attempts: [Attempt] = []
  private var failure: Int32 = EHOSTUNREACH

  init(_ addresses: [SocketAddress]) { waiting = addresses[...] }

  /// A connected socket and the address it is connected to; the error is the number of the last failure.
  enum Outcome {
    case connected(Int32, SocketAddress)
    case failed(Int32)
  }

  /// Tries until one answers, all have failed, or the patience is at its end.
  mutating func connect(_ patience: Patience) throws(TransportError) -> Outcome {
    defer { for attempt in attempts { _ = close(attempt.descriptor) } }
    let end = Deadline.earlier(Deadline(milliseconds: patience.timeLimit), patience.deadline)
    while true {
      if let address = waiting.popFirst() { if let found = start(address) { return found } }
      guard !attempts.isEmpty else {
        if waiting.isEmpty { return .failed(failure) }
        continue
      }
      var turn = patience
      turn.deadline = end
      let isLastTurn = waiting.isEmpty || end.map { $0.milliseconds <= Self.delay } ?? false
      if !isLastTurn { turn.timeLimit = Self.delay }
      var requests = attempts.map { pollfd(fd: $0.descriptor, events: Int16(POLLOUT), revents: 0) }
      do throws(TransportError) {
        try turn.wait(&requests)
      } catch {
        if case .timedOut = error, !isLastTurn { continue }
        throw error
      }
      if let found = settle(requests) { return found }
    }
  }

  /// Begins to connect; the outcome if that is over at once.
  private mutating func start(_ address: SocketAddress) -> Outcome? {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(address.family, type, 0)
    guard descriptor >= 0 else {
      failure = errno
      return nil
    }
    let result = unsafe address.bytes.withUnsafeBytes { buffer in
      guard let base = unsafe buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return Int32(-1) }
      return unsafe Glibc.connect(descriptor, base, socklen_t(buffer.count))
    }
    if result == 0 { return .connected(descriptor, address) }
    // After EINTR a connection goes on being made.
    if errno == EINPROGRESS || errno == EINTR {
      attempts.append(Attempt(descriptor: descriptor, address: address))
    } else {
      failure = errno
      _ = close(descriptor)
    }
    return nil
  }

  /// Looks at the attempts that have come to an end.
  private mutating func settle(_ requests: [pollfd]) -> Outcome? {
    for request in requests where request.revents != 0 {
      guard let index = attempts.firstIndex(where: { $0.descriptor == request.fd }) else { continue }
      let attempt = attempts.remove(at: index)
      var number: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      if unsafe getsockopt(attempt.descriptor, SOL_SOCKET, SO_ERROR, &number, &size) != 0 { number = errno }
      if number == 0 { return .connected(attempt.descriptor, attempt.address) }
      failure = number
      _ = close(attempt.descriptor)
    }
    return nil
  }
}
