internal import Glibc

// Read by a signal handler: plain words that need no initialisation at run time, written before the handler is set.
nonisolated(unsafe) private var terminationCode: Int32 = 0
nonisolated(unsafe) private var doomedPath: UnsafeMutablePointer<CChar>? = nil

/// Ends the process with `code` when somebody asks it to end (SIGTERM, SIGHUP, SIGINT), instead of dying by the signal.
public func exitOnTermination(with code: Int32) {
  unsafe terminationCode = code
  for number in [SIGTERM, SIGHUP, SIGINT] {
    _ = signal(number) { _ in
      if let path = unsafe doomedPath { _ = unsafe unlink(path) }
      _exit(unsafe terminationCode)
    }
  }
}

/// The file that `exitOnTermination` removes before it ends the process; nil when there is none any more.
public func removeOnTermination(_ path: String?) {
  let old = unsafe doomedPath
  unsafe doomedPath = path.flatMap { unsafe strdup($0) }
  unsafe free(old)
}

/// From here on nobody can stop the process by asking: it is about to say that a message is safe.
public func ignoreTermination() {
  for number in [SIGTERM, SIGHUP, SIGINT] { _ = signal(number, SIG_IGN) }
}
