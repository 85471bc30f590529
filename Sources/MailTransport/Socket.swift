internal import Glibc
internal import MailSystem

/// A connected socket that never blocks: whoever waits says for how long.
@safe final class Socket {
  private(set) var descriptor: Int32

  /// Takes over an open socket.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
  }

  deinit { close() }

  func close() {
    if descriptor >= 0 { _ = Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Lets small pieces go at once: a protocol that asks and waits for answers gains nothing from collecting them, and loses
  /// the 40 ms for which the other side puts off saying that they came.
  func sendAtOnce() {
    var one: Int32 = 1
    // Fails for sockets other than TCP's, which don't need it.
    _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
  }

  /// What has come, at most `count` bytes, behind the end of `buffer`; nil when nothing is there yet, 0 at the end.
  func receive(into buffer: inout [UInt8], atMost count: Int) throws(TransportError) -> Int? {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: count))
    let result = unsafe buffer.withUnsafeMutableBytes { space in
      again { unsafe recv(descriptor, space.baseAddress.map { unsafe $0 + start }, count, 0) }
    }
    let number = errno
    buffer.removeLast(count - max(result, 0))
    if result >= 0 { return result }
    if number == EAGAIN || number == EWOULDBLOCK { return nil }
    throw brokenConnection(number, "recv")
  }

  /// Sends the first bytes of `bytes`; how many, or nil when none fit at the moment.
  func send(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Int? {
    let result = unsafe bytes.withUnsafeBytes { buffer in
      again { unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL)) }
    }
    if result >= 0 { return result }
    let number = errno
    if number == EAGAIN || number == EWOULDBLOCK { return nil }
    throw brokenConnection(number, "send")
  }
}
