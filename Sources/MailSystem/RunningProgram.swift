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
    if ended == nil {
      ended = try child.wait(until: monotonicNow() + Int64(min(max(milliseconds, 0), 1 << 40)) * 1_000_000)
    }
    return ended
  }

  /// Makes the program end, if need be by force, and waits for that.
  public func end() {
    // A child that can't be waited for is none any more.
    if ended == nil, (try? wait(milliseconds: 0)) == .some(nil) { child.kill() }
  }
}

/// Two ends of a new pipe that don't go to children by themselves.
public func openPipe() throws(SystemError) -> (reading: Int32, writing: Int32) {
  let pipe = try Pipe()
  return (pipe.reading, pipe.writing)
}
