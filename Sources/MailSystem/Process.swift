internal import Glibc

/// The number of this process.
public func processID() -> Int32 { getpid() }

/// The name of this host as the kernel knows it; "localhost" if it has none.
public func hostName() -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard unsafe gethostname(&buffer, 255) == 0, buffer[0] != 0 else { return "localhost" }
  let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  return String(decoding: bytes, as: UTF8.self)
}

/// The environment variable `name`; nil when it isn't set or is empty.
public func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
  return unsafe String(cString: value)
}

/// Sets the environment variable `name` for this process and its children.
public func setEnvironment(_ name: String, to value: String) throws(SystemError) {
  _ = try retrying32("setenv", path: nil) { unsafe setenv(name, value, 1) }
}

/// The descriptor is a terminal.
public func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

/// The rows and columns of the terminal on `descriptor`; nil when it is none.
public func terminalSize(_ descriptor: Int32) -> (rows: Int, columns: Int)? {
  var size = winsize()
  guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return (Int(size.ws_row), Int(size.ws_col))
}

/// Ends the process at once with `code`.
public func exitProcess(_ code: Int32) -> Never { exit(code) }

/// What a process does when a signal comes.
public enum SignalAction: Sendable { case ignore, byDefault }

/// Signals by name, so that callers need no C.
public enum Signal: Sendable {
  case pipe, fileSize, terminate, hangUp, interrupt

  package var number: Int32 {
    switch self {
    case .pipe: SIGPIPE
    case .fileSize: SIGXFSZ
    case .terminate: SIGTERM
    case .hangUp: SIGHUP
    case .interrupt: SIGINT
    }
  }
}

/// Sets what happens on `signal`. Ignored, a write to a closed pipe fails with an error instead of ending the process.
public func onSignal(_ signal: Signal, _ action: SignalAction) {
  _ = Glibc.signal(signal.number, action == .ignore ? SIG_IGN : SIG_DFL)
}
