import Glibc
import MailSystem
import MailTransport
import Testing

@Suite(.enabled(if: Fixture.canServe)) struct ConnectionTests {
  @Test func linesGoThereAndBack() throws {
    let server = try TestServer("echo")
    for host in ["localhost", "127.0.0.1"] {
      let connection = try server.connect(host)
      #expect(connection.peer == "127.0.0.1")
      #expect(try ask("hello", connection) == "hello")
      #expect(connection.security == nil)
    }
  }

  @Test func nobodyThereIsSaidAtOnce() throws {
    let port = try TestServer("echo").port
    let start = monotonicNow()
    #expect(
      transportError { _ = try Connection.open(host: "localhost", port: port) }
        == .refused(host: "localhost", port: port, "connection refused"))
    #expect(monotonicNow() - start < 2_000_000_000)
  }

  @Test(arguments: ["nobody.invalid", "bücher.invalid"]) func aHostThatIsntThereIsNoTemporaryError(host: String) {
    let error = transportError { _ = try Connection.open(host: host, port: 25, within: 10_000) }
    switch error {
    case .notFound: #expect(error?.isTemporary == false)
    // Without any network the name service can't be sure.
    case .lookupFailed: #expect(error?.isTemporary == true)
    default: Issue.record("\(String(describing: error))")
    }
  }

  @Test(arguments: [
    "", " ", "a b", "a..b", ".", "-x", "a\nb", "a\u{0}b", "a/b", "[::1", String(repeating: "a", count: 64),
    "exa\r\nmple",
  ])
  func whatIsNoHostNameIsNotLookedUp(host: String) {
    guard case .settings(let reason) = transportError({ _ = try Connection.open(host: host, port: 25) }) else {
      Issue.record("looked up")
      return
    }
    #expect(!reason.utf8.contains { $0 < 0x20 })
  }

  @Test func aServerThatNeverAnswersIsGivenUp() throws {
    let server = try TestServer("silent")
    let connection = try server.connect()
    connection.timeLimit = 200
    let start = monotonicNow()
    #expect(transportError { _ = try LineReader(connection).readLine() } == .timedOut("waiting for an answer"))
    #expect(150_000_000..<3_000_000_000 ~= monotonicNow() - start)
  }

  @Test func oneByteAtATimeEndsAtTheDeadline() throws {
    let server = try TestServer("slow")
    let connection = try server.connect()
    // Each wait is short enough; all together are not.
    connection.timeLimit = 5_000
    let start = monotonicNow()
    #expect(
      transportError { _ = try LineReader(connection).readLine(within: 500) } == .timedOut("waiting for an answer"))
    #expect(450_000_000..<3_000_000_000 ~= monotonicNow() - start)
    #expect(connection.deadline == nil)
  }

  @Test func aServerThatNeverStopsTalkingEndsAtTheLimitOrTheDeadline() throws {
    let server = try TestServer("flood")
    let connection = try server.connect()
    #expect(transportError { _ = try LineReader(connection).readLine(within: 2_000) } == .lineTooLong(limit: 8192))
    connection.deadline = Deadline(milliseconds: 300)
    var buffer: [UInt8] = []
    let error = transportError { while try connection.read(into: &buffer, atMost: 1 << 16) > 0 { buffer.removeAll() } }
    #expect(error == .timedOut("waiting for an answer"))
  }

  @Test func aServerThatReadsNothingEndsAtTheTimeLimit() throws {
    let server = try TestServer("silent")
    let connection = try server.connect()
    connection.timeLimit = 300
    #expect(transportError { try connection.write([UInt8](repeating: 0, count: 64 << 20)) } == .timedOut("sending"))
  }

  @Test func aConnectionThatWasCutIsAnErrorAndNoSignal() throws {
    let server = try TestServer("cut")
    let connection = try server.connect()
    var error: TransportError?
    for _ in 0..<200 where error == nil {
      error = transportError { try connection.write(Array("hello\n".utf8)) }
      usleep(10_000)
    }
    #expect(error == .closed)
    #expect(error?.isTemporary == true)
  }

  @Test func anEndIsNoError() throws {
    let server = try TestServer("echo")
    let connection = try server.connect()
    try connection.write(Array("bye\n".utf8))
    #expect(try LineReader(connection).readLine() == nil)
    connection.close()
    connection.close()
    #expect(transportError { try connection.write([1]) } == .closed)
    var buffer: [UInt8] = []
    #expect(transportError { _ = try connection.read(into: &buffer, atMost: 1) } == .closed)
  }

  @Test func aSocketOfTheFileSystemWorksLikeAnyOther() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/socket"
    let server = try TestServer("echo", "path=\(path)")
    let connection = try Connection.open(socketPath: path)
    #expect(try ask("hello", connection) == "hello")
    #expect(connection.peer == path)
    #expect(server.port == 0)
    guard case .system(let error) = transportError({ _ = try Connection.open(socketPath: folder.path + "/none") })
    else {
      Issue.record("no error")
      return
    }
    #expect(error.isNotFound)
    let long = "/" + String(repeating: "x", count: 200)
    guard case .settings = transportError({ _ = try Connection.open(socketPath: long) }) else {
      Issue.record("no error")
      return
    }
  }

  @Test func anIdleConnectionTellsThatTheServerHasGone() throws {
    let server = try TestServer("echo")
    let connection = try server.connect()
    #expect(!connection.hasInput)
    try connection.write(Array("bye\n".utf8))
    for _ in 0..<200 where !connection.hasInput { usleep(10_000) }
    #expect(connection.hasInput)
  }
}
