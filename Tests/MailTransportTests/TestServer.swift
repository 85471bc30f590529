import MailSystem
import MailTransport

/// What tests need of other programs, and where it is.
enum Fixture {
  static let folder = String(#filePath.dropLast("TestServer.swift".utf8.count)) + "Fixtures"
  /// The programs that the tests of networks and TLS need are installed.
  static let canServe = Program.find("python3") != nil && Program.find("openssl") != nil
}

/// Certificates of an authority of our own, made once for all tests.
final class Authority: Sendable {
  static let shared = Authority()
  private let folder = TemporaryFolder()

  private init() {
    let end = try? Program("\(Fixture.folder)/make-authority", [folder.path]).run(input: .none, output: .discarded)
    precondition(end == .exited(0), "make-authority failed")
  }

  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// The SHA-256 fingerprint of a certificate, as openssl prints it.
  func fingerprint(_ name: String) throws -> String {
    let result = try Program("openssl", ["x509", "-in", path(name + ".pem"), "-noout", "-fingerprint", "-sha256"])
      .collect(limit: 1000)
    let text = String(decoding: result.output, as: UTF8.self)
    return String(text.drop { $0 != "=" }.dropFirst().prefix { $0 != "\n" })
  }
}

/// `server.py` with some arguments; ends with this value.
final class TestServer {
  let port: UInt16
  private let stream: ProgramStream

  init(_ arguments: [String]) throws {
    stream = try ProgramStream(Program("python3", ["\(Fixture.folder)/server.py"] + arguments))
    stream.timeLimit = 20_000
    let line = try LineReader(stream).readLine() ?? []
    port = UInt16(String(decoding: line, as: UTF8.self)) ?? 0
  }

  convenience init(_ mode: String, _ options: String...) throws { try self.init([mode] + options) }

  /// A server that shows the certificate `name`.
  convenience init(_ mode: String, certificate name: String, _ options: String...) throws {
    let authority = Authority.shared
    try self.init(
      [mode, "cert=\(authority.path(name + ".pem"))", "key=\(authority.path(name + ".key"))"] + options)
  }

  deinit { stream.close() }

  func connect(_ host: String = "localhost") throws -> Connection {
    let connection = try Connection.open(host: host, port: port)
    connection.timeLimit = 5_000
    return connection
  }
}

/// The error that `work` throws, if it is one of ours.
func transportError(_ work: () throws -> Void) -> TransportError? {
  do {
    try work()
  } catch let error as TransportError {
    return error
  } catch {}
  return nil
}

/// Sends `line` and gives what comes back.
func ask(_ line: String, _ connection: Connection) throws -> String {
  try connection.write(Array("\(line)\n".utf8))
  return String(decoding: try LineReader(connection).readLine() ?? [], as: UTF8.self)
}
