internal import Glibc

// Written by a signal handler: a plain word that needs no initialisation at run time.
nonisolated(unsafe) private var isInterruptRequested: Int32 = 0
nonisolated(unsafe) private var isCatching: Int32 = 0

/// From here on the first SIGINT, SIGTERM or SIGHUP only notes that the work is to stop at the next good moment, as
/// `interruptRequested` tells; a second one ends the process as always.
public func catchInterrupts() {
  unsafe isCatching = 1
  for number in [SIGINT, SIGTERM, SIGHUP] {
    // Whoever runs it under nohup wants it to go on.
    if number == SIGHUP, isIgnored(number) { continue }
    _ = signal(number) { number in
      unsafe isInterruptRequested = 1
      _ = signal(number, SIG_DFL)
    }
  }
}

private func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  unsafe sigaction(number, nil, &action)
  return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
}

/// Somebody has asked the process to stop.
public func interruptRequested() -> Bool { unsafe isInterruptRequested != 0 }

/// `catchInterrupts` was called: nobody else is to handle those signals.
public func catchesInterrupts() -> Bool { unsafe isCatching != 0 }
