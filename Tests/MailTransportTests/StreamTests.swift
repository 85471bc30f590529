import MailSystem
import MailTransport
import Testing

@Suite struct ProgramStreamTests {
  @Test func aProgramIsSpokenWithByLines() throws {
    let stream = try ProgramStream(
      Program("/bin/sh", ["-c", "while read -r x; do echo \"got $x\"; done; echo over; exit 3"]))
    let reader = LineReader(stream)
    for word in ["one", "two"] {
      try stream.write(Array("\(word)\n".utf8))
      #expect(try reader.readLine() == Array("got \(word)".utf8))
    }
    stream.endOutput()
    #expect(try reader.readLine() == Array("over".utf8))
    #expect(try reader.readLine() == nil)
    #expect(try stream.finish() == .exited(3))
    #expect(transportError { try stream.write([1]) } == .closed)
  }

  @Test func muchGoesBothWaysWithoutWaitingForEver() throws {
    // It says a megabyte on standard error before it reads anything.
    let script = "head -c 1000000 /dev/zero >&2; cat"
    let stream = try ProgramStream(Program("/bin/sh", ["-c", script]), keepsErrors: true)
    stream.timeLimit = 10_000
    var read: [UInt8] = []
    let piece = [UInt8](repeating: 0x61, count: 50_000)
    for _ in 0..<40 {
      try stream.write(piece)
      while read.count % 50_000 != 0 || read.isEmpty { _ = try stream.read(into: &read, atMost: 1 << 16) }
      read.removeAll()
    }
    #expect(try stream.finish() == .exited(0))
    #expect(stream.complaint.utf8.count <= 4096)
  }

  @Test func whatItComplainsAboutIsKept() throws {
    let stream = try ProgramStream(
      Program("/bin/sh", ["-c", "printf 'no \\033[31mway\\n' >&2; exit 69"]), keepsErrors: true)
    #expect(try stream.finish() == .exited(69))
    #expect(stream.complaint.hasPrefix("no "))
    #expect(!stream.complaint.unicodeScalars.contains("\u{1B}"))
  }

  @Test func aProgramThatIsntThereIsAnError() {
    let error = transportError { _ = try ProgramStream(Program("/nonexistent/program")) }
    #expect(error == .program("/nonexistent/program", "no such file or directory"))
  }

  @Test func aProgramThatReadsNothingMoreIsAnErrorAndNoSignal() throws {
    let stream = try ProgramStream(Program("/bin/true"))
    var error: TransportError?
    for _ in 0..<100 where error == nil {
      error = transportError { try stream.write([UInt8](repeating: 0, count: 1 << 20)) }
    }
    #expect(error == .closed)
  }

  @Test func aProgramThatHangsIsEnded() throws {
    let stream = try ProgramStream(Program("/bin/sh", ["-c", "trap '' TERM; echo $$; sleep 30 & wait; sleep 30"]))
    let line = try LineReader(stream).readLine() ?? []
    let process = String(decoding: line, as: UTF8.self)
    stream.timeLimit = 200
    #expect(transportError { _ = try LineReader(stream).readLine() } == .timedOut("waiting for /bin/sh"))
    #expect(transportError { _ = try stream.finish() } != nil)
    let start = monotonicNow()
    stream.close()
    #expect(monotonicNow() - start < 10_000_000_000)
    #expect((try? fileStatus("/proc/\(process)")) == nil)
  }
}

@Suite struct MemoryStreamTests {
  @Test func aTranscriptIsFollowedHoweverItIsCut() throws {
    for size in [1, 3, 1000] {
      let stream = MemoryStream(transcript: "S: 220 hi\nC: QUIT\nS: 221 bye\n* END\n")
      stream.pieceSize = size
      let reader = LineReader(stream)
      #expect(try reader.readLine() == Array("220 hi".utf8))
      for byte in "QUIT\r\n".utf8 { try stream.write([byte]) }
      #expect(try reader.readLine() == Array("221 bye".utf8))
      #expect(try reader.readLine() == nil)
      #expect(stream.isFinished)
    }
  }

  @Test func whatDiffersFromTheTranscriptIsAnError() throws {
    let stream = MemoryStream(transcript: "C: QUIT\n")
    #expect(transportError { try stream.write(Array("QUTI".utf8)) } != nil)
    #expect(!stream.isFinished && stream.mismatch != nil)
    let other = MemoryStream(transcript: "C: QUIT\n")
    var buffer: [UInt8] = []
    #expect(
      transportError { _ = try other.read(into: &buffer, atMost: 9) }
        == .timedOut("the transcript waits for the client"))
  }
}
