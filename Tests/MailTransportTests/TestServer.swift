import MailSystem
import MailTransport
import Synchronization

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

/// The process of `server.py`, which all tests share.
private final class Servers: Sendable {
  static let shared = Servers()
  private let stream: Mutex<(stream: ProgramStream, reader: LineReader)?>

  private init() {
    let stream = try? ProgramStream(Program("python3", ["\(Fixture.folder)/server.py"]))
    stream?.timeLimit = 20_000
    self.stream = Mutex(stream.map { ($0, LineReader($0)) })
  }

  /// Gives it a line and returns its answer.
  func tell(_ words: [String]) throws -> String {
    let line = words.map(encoded).joined(separator: " ") + "\n"
    return try stream.withLock { held in
      guard let held else { throw TransportError.closed }
      try held.stream.write(Array(line.utf8))
      return String(decoding: try held.reader.readLine() ?? [], as: UTF8.self)
    }
  }

  private func encoded(_ word: String) -> String {
    word.utf8.map { byte in
      byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "%")
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

/// A server of `server.py`; listens as long as this value lives.
final class TestServer {
  let port: UInt16

  init(_ arguments: [String]) throws { port = UInt16(try Servers.shared.tell(arguments)) ?? 0 }

  convenience init(_ mode: String, _ options: String...) throws { try self.init([mode] + options) }

  /// A server that shows the certificate `name`.
  convenience init(_ mode: String, certificate name: String, _ options: String...) throws {
    let authority = Authority.shared
    try self.init(
      [mode, "cert=\(authority.path(name + ".pem"))", "key=\(authority.path(name + ".key"))"] + options)
  }

  deinit { _ = try? Servers.shared.tell(["\(port)"]) }

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
