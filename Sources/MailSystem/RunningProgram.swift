internal import Glibc

/// A program that runs beside this process, over descriptors that its caller holds the other ends of.
public final class RunningProgram {
  private var child: ChildProcess
  private var ended: Program.End?

  /// Starts `program`; an error if it can't be started (`isNotFound` if it isn't there). Until it has ended and was waited for,
  /// a write to a pipe that nobody reads is an error and ends nothing.
  public init(_ program: Program, input: Program.Input, output: Program.Output) throws(SystemError) {
    child = try ChildProcess(program, input: input, output: .given(output))
  }

  deinit { end() }

  /// How the program ended; nil when it is still running after `milliseconds`.
  public func wait(milliseconds: Int) throws(SystemError) -> Program.End? {
    if let ended { return ended }
    let limit = monotonicNow() + Int64(min(max(milliseconds, 0), 1 << 40)) * 1_000_000
    var pause: Int64 = 200_000
    while true {
      if let found = try child.endIfEnded() {
        ended = found
        return found
      }
      guard monotonicNow() < limit else { return nil }
      sleep(nanoseconds: min(pause, max(limit - monotonicNow(), 1)))
      pause = min(pause * 2, 20_000_000)
    }
  }

  /// Makes the program end, if need be by force, and waits for that.
  public func end(patience: Int = 1000) {
    // A child that can't be waited for is none any more.
    guard (try? wait(milliseconds: 0)) == .some(nil) else { return }
    child.signal(SIGTERM)
    if (try? wait(milliseconds: patience)) == .some(nil) {
      child.signal(SIGKILL)
      _ = try? wait(milliseconds: 60_000)
    }
  }
}

/// Two ends of a new pipe that don't go to children by themselves.
public func openPipe() throws(SystemError) -> (reading: Int32, writing: Int32) {
  let pipe = try Pipe()
  return (pipe.reading, pipe.writing)
}
