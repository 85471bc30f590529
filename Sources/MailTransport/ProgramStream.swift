internal import Glibc
internal import MailBytes
public import MailSystem

/// A program that speaks a protocol on its standard input and output.
public final class ProgramStream: ByteStream {
  public var timeLimit = 60_000
  public var deadline: Deadline?
  public var ignoresInterrupts = false
  public var security: TLSFacts? { nil }
  /// What the program wrote to its standard error so far, the first 4 kB, fit for people; empty when it was not asked for.
  public var complaint: String { cleanLines(string(complaints)) }

  private let name: String
  private let program: RunningProgram
  /// Our ends of the pipes; -1 when closed.
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  private var complaints: [UInt8] = []

  /// Starts `program`; throws if it can't be started. With `keepsErrors` its standard error is kept for `complaint`, otherwise
  /// it goes where the program's `errors` say.
  public init(_ program: Program, keepsErrors: Bool = false) throws(TransportError) {
    name = program.path
    var opened: [Int32] = []
    do throws(SystemError) {
      func pipe() throws(SystemError) -> (reading: Int32, writing: Int32) {
        let ends = try openPipe()
        opened += [ends.reading, ends.writing]
        return ends
      }
      let (toProgram, fromProgram) = (try pipe(), try pipe())
      let complaints = keepsErrors ? try pipe() : (-1, -1)
      var program = program
      if keepsErrors { program.errors = .descriptor(complaints.1) }
      self.program = try RunningProgram(
        program, input: .descriptor(toProgram.reading), output: .descriptor(fromProgram.writing))
      for end in [toProgram.reading, fromProgram.writing, complaints.1] where end >= 0 { _ = Glibc.close(end) }
      (input, output, errors) = (toProgram.writing, fromProgram.reading, complaints.0)
      for end in [input, output, errors] where end >= 0 { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    } catch {
      for end in opened { _ = Glibc.close(end) }
      throw .program(program.path, error.reason)
    }
  }

  deinit { close() }

  public func read(into buffer: inout [UInt8], atMost count: Int) throws(TransportError) -> Int {
    guard output >= 0 else { throw .closed }
    let patience = patience("waiting for \(name)")
    while true {
      takeComplaints()
      if let received = try receive(into: &buffer, atMost: count) {
        if let deadline, deadline.hasPassed { throw .timedOut(patience.purpose) }
        return received
      }
      try wait(patience, for: output, POLLIN)
    }
  }

  public func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) {
    guard input >= 0 else { throw .closed }
    let patience = patience("giving \(name) its input")
    var rest = bytes
    while !rest.isEmpty {
      let result = unsafe rest.withUnsafeBytes { space in
        again { unsafe Glibc.write(input, space.baseAddress, space.count) }
      }
      let number = errno
      if result >= 0 {
        rest = rest.dropFirst(result)
        if let deadline, deadline.hasPassed, !rest.isEmpty { throw .timedOut(patience.purpose) }
      } else if number == EAGAIN {
        try wait(patience, for: input, POLLOUT)
      } else {
        throw brokenConnection(number, "write")
      }
    }
  }

  public func startTLS(_ settings: TLSSettings) throws(TransportError) {
    throw .tls("the output of a program can't be encrypted")
  }

  /// Tells the program that nothing more will come; what it says can still be read.
  public func endOutput() {
    if input >= 0 { _ = Glibc.close(input) }
    input = -1
  }

  /// Ends the program: closes its input, and makes it end when it hasn't after a second.
  public func close() {
    endOutput()
    for end in [output, errors] where end >= 0 { _ = Glibc.close(end) }
    (output, errors) = (-1, -1)
    // A program that can't be waited for has ended.
    if (try? program.wait(milliseconds: 1000)) == .some(nil) { program.end() }
  }

  /// Closes its input, reads over what it still says, and says how it ended; throws `timedOut` when it doesn't.
  public func finish() throws(TransportError) -> Program.End {
    endOutput()
    let end = Deadline.earlier(Deadline(milliseconds: timeLimit), deadline)
    var rest: [UInt8] = []
    while output >= 0,
      try within(
        milliseconds: end?.milliseconds ?? timeLimit,
        { () throws(TransportError) in
          try read(into: &rest, atMost: 1 << 14)
        }) > 0
    {
      rest.removeAll()
    }
    let result: Program.End?
    do throws(SystemError) {
      result = try program.wait(milliseconds: end?.milliseconds ?? timeLimit)
    } catch {
      throw .system(error)
    }
    takeComplaints()
    guard let result else { throw .timedOut("waiting for the end of \(name)") }
    return result
  }

  /// What the program has written; nil when nothing is there yet.
  private func receive(into buffer: inout [UInt8], atMost count: Int) throws(TransportError) -> Int? {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: count))
    let result = unsafe buffer.withUnsafeMutableBytes { space in
      again { unsafe Glibc.read(output, space.baseAddress.map { unsafe $0 + start }, count) }
    }
    let number = errno
    buffer.removeLast(count - max(result, 0))
    if result >= 0 { return result }
    if number == EAGAIN { return nil }
    throw brokenConnection(number, "read")
  }

  /// Takes what has come on standard error, so that the program never waits for somebody to read it.
  private func takeComplaints() {
    var piece = [UInt8](repeating: 0, count: 4096)
    while errors >= 0 {
      let count = unsafe Glibc.read(errors, &piece, piece.count)
      if count > 0 {
        complaints += piece.prefix(min(count, 4096 - complaints.count))
      } else {
        if count == 0 || (errno != EAGAIN && errno != EINTR) {
          _ = Glibc.close(errors)
          errors = -1
        }
        return
      }
    }
  }

  /// Waits for `descriptor`, and empties standard error meanwhile.
  private func wait(_ patience: Patience, for descriptor: Int32, _ events: Int32) throws(TransportError) {
    let end = Deadline.earlier(Deadline(milliseconds: patience.timeLimit), patience.deadline)
    var patience = patience
    patience.deadline = end
    while true {
      var requests = [
        pollfd(fd: descriptor, events: Int16(events), revents: 0),
        pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      ]
      try patience.wait(&requests)
      if requests[1].revents != 0 { takeComplaints() }
      if requests[0].revents != 0 { return }
    }
  }

  private func patience(_ purpose: String) -> Patience {
    Patience(timeLimit: timeLimit, deadline: deadline, ignoresInterrupts: ignoresInterrupts, purpose: purpose)
  }
}
