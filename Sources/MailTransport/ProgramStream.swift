public import MailSystem

/// A program that speaks a protocol on its standard input and output.
public final class ProgramStream: ByteStream {
  public var timeLimit = 60_000
  public var deadline: Deadline?
  public var ignoresInterrupts = false
  public var security: TLSFacts? { nil }

  /// Starts `program`; throws if it can't be started.
  public init(_ program: Program) throws(TransportError) { throw .program(program.path, "not there yet") }

  public func read(into buffer: inout [UInt8], atMost count: Int) throws(TransportError) -> Int { 0 }
  public func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) {}
  public func startTLS(_ settings: TLSSettings) throws(TransportError) {
    throw .tls("a program's output is not encrypted")
  }
  /// Tells the program that nothing more will come; what it says can still be read.
  public func endOutput() throws(TransportError) {}
  /// Ends the program: closes its input, waits a little, then kills it.
  public func close() {}
  /// Waits for the end of the program, at most until the deadline, and says how it ended.
  public func finish() throws(TransportError) -> Program.End { .exited(0) }
}
