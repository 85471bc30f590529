/// A program that runs, and what it writes to its standard output, read piece by piece.
public final class ProgramReader {
  private var child: ChildProcess
  private var output: Int32
  private var piece = [UInt8](repeating: 0, count: 1 << 18)
  private var isWaited = false

  /// Starts `program`, which reads from the open descriptor `input`; an error if it can't be started (`isNotFound` if it
  /// isn't there).
  public init(_ program: Program, input: Int32) throws(SystemError) {
    let pipe = try Pipe()
    do throws(SystemError) {
      child = try ChildProcess(
        program, input: .descriptor(input), output: .given(.descriptor(pipe.writing)))
    } catch {
      // The first error is the one to tell.
      try? closeDescriptor(pipe.writing)
      try? closeDescriptor(pipe.reading)
      throw error
    }
    output = pipe.reading
    try closeDescriptor(pipe.writing)
  }

  deinit {
    // A program whose output nobody reads any more ends by itself.
    if output >= 0 { try? closeDescriptor(output) }
    if !isWaited { _ = try? child.wait() }
  }

  /// Appends some of what the program writes; false at the end.
  public func read(into buffer: inout [UInt8]) throws(SystemError) -> Bool {
    let count = try readSome(output, into: &piece)
    buffer += piece[..<count]
    return count > 0
  }

  /// Reads no more, and waits for the end of the program.
  public func finish() throws(SystemError) -> Program.End {
    try closeDescriptor(output)
    output = -1
    isWaited = true
    return try child.wait()
  }
}
