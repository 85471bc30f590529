internal import Glibc
internal import MailSystem

/// A pager for output that is longer than the screen: `$PAGER`, else `less`.
///
/// Output is held back until it is known not to fit; then the pager is started and everything goes to it.
public struct Pager {
  private let rows: Int
  private let columns: Int
  private var counted = 0
  private var lines = 0
  private var column = 0
  private var process: pid_t = 0
  private var pipe: Int32 = -1
  private var hasStarted = false

  /// A pager for `terminal`; nil when standard output is none, or when `$PAGER` is `cat`.
  public init?(for terminal: Terminal) {
    guard terminal.isTerminal, environment("PAGER") != "cat" else { return nil }
    rows = terminal.rows
    columns = max(terminal.columns ?? 80, 1)
  }

  /// The output still fits the screen, so nothing has been written.
  var isHolding: Bool { !hasStarted }

  /// Counts the lines of `bytes` that are new; when they are too many, starts the pager and returns its descriptor and
  /// how many of `bytes` it has been given. A pager that doesn't work is done without.
  mutating func admit(_ bytes: UnsafeBufferPointer<UInt8>) -> (descriptor: Int32, given: Int)? {
    guard isHolding else { return nil }
    while counted < bytes.count {
      let byte = unsafe bytes[counted]
      counted += 1
      if byte == UInt8(ascii: "\n") {
        lines += 1
        column = 0
      } else if byte & 0xC0 != 0x80 {
        column += 1
        if column > columns {
          lines += 1
          column = 1
        }
      }
    }
    guard lines >= rows else { return nil }
    hasStarted = true
    let first = unsafe UnsafeBufferPointer(rebasing: bytes.prefix(Self.firstCount))
    return unsafe start(first) ? (pipe, first.count) : nil
  }

  /// So few bytes that every pipe takes them at once.
  private static let firstCount = 512

  /// Starts the pager and gives it `first`; false when it can't be started or ends with an error without reading that.
  private mutating func start(_ first: UnsafeBufferPointer<UInt8>) -> Bool {
    var ends: (Int32, Int32) = (-1, -1)
    let made = unsafe withUnsafeMutableBytes(of: &ends) { unsafe Glibc.pipe($0.bindMemory(to: Int32.self).baseAddress) }
    guard made == 0, fcntl(ends.0, F_SETFD, FD_CLOEXEC) == 0, fcntl(ends.1, F_SETFD, FD_CLOEXEC) == 0 else {
      return false
    }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends.0, 0)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // The pager keeps the usual meaning of the signals that this process ignores.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    unsafe setenv("LESS", "FRX", 0)
    unsafe setenv("LESSCHARSET", "utf-8", 0)
    let program = environment("PAGER") ?? "for p in less more; do command -v $p >/dev/null && exec $p; done; exec cat"
    let words = ["sh", "-c", program]
    var arguments = unsafe words.map { unsafe strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
    }
    let failed = unsafe posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, environ)
    defer { close(ends.0) }
    guard failed == 0, unsafe write(ends.1, first.baseAddress, first.count) == first.count, isReading(from: ends.0)
    else {
      close(ends.1)
      process = 0
      return false
    }
    // An interrupt is for the pager, which has the terminal now.
    _ = signal(SIGINT, SIG_IGN)
    pipe = ends.1
    return true
  }

  /// Waits until the pager has read what lies in the pipe; false when it ends with an error before that.
  private mutating func isReading(from end: Int32) -> Bool {
    while true {
      var request = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
      if unsafe poll(&request, 1, 0) == 0 { return true }
      var status: Int32 = 0
      if unsafe waitpid(process, &status, WNOHANG) == process {
        process = 0
        // A pager that ends well without reading has had its way.
        return unsafe poll(&request, 1, 0) == 0 || status == 0
      }
      usleep(2000)
    }
  }

  /// Tells the pager that this is all, and waits until its user has finished.
  mutating func wait() {
    guard process > 0 else { return }
    close(pipe)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    process = 0
  }
}
