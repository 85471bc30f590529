internal import Glibc
internal import MailSystem

/// What a descriptor is waited for.
enum Readiness {
  case readable, writable

  var events: Int16 { Int16(self == .readable ? POLLIN : POLLOUT) }
}

/// How long may be waited, and for what.
struct Patience {
  var timeLimit: Int
  var deadline: Deadline?
  var ignoresInterrupts: Bool
  /// What is waited for, in words.
  var purpose: String

  /// The same with another purpose.
  func `for`(_ purpose: String) -> Patience {
    var result = self
    result.purpose = purpose
    return result
  }

  /// Returns when `descriptor` is ready, or broken so that the next call on it says how.
  func wait(_ descriptor: Int32, _ readiness: Readiness) throws(TransportError) {
    var request = [pollfd(fd: descriptor, events: readiness.events, revents: 0)]
    try wait(&request)
  }

  /// Returns when one of `requests` is ready.
  func wait(_ requests: inout [pollfd]) throws(TransportError) {
    let limit = Deadline(milliseconds: timeLimit)
    let end = Deadline.earlier(limit, deadline) ?? limit
    while true {
      if !ignoresInterrupts, interruptRequested() { throw .interrupted }
      // A peer that always has a little to say would never make us wait.
      if let deadline, deadline.hasPassed { throw .timedOut(purpose) }
      let result = unsafe poll(&requests, nfds_t(requests.count), Int32(clamping: min(end.milliseconds, 1 << 30)))
      if result > 0 { return }
      if result == 0, end.hasPassed { throw .timedOut(purpose) }
      if result < 0, errno != EINTR, errno != EAGAIN { throw .system(SystemError(call: "poll", errno: errno)) }
    }
  }
}

/// Calls `body` again as long as a signal interrupts it.
@inline(__always)
func again(_ body: () -> Int) -> Int {
  while true {
    let result = body()
    if result >= 0 || errno != EINTR { return result }
  }
}

/// What an error of a connected socket means.
func brokenConnection(_ number: Int32, _ call: String) -> TransportError {
  switch number {
  case EPIPE, ECONNRESET, ECONNABORTED, ENOTCONN, ESHUTDOWN: .closed
  case ETIMEDOUT: .timedOut("the other side has gone")
  default: .system(SystemError(call: call, errno: number))
  }
}
