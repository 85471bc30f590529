public import MailConfiguration
public import MailSASL
internal import MailSystem
internal import MailTransport

extension SMTPClient {
  /// Connects to `server`, encrypts the connection as it is to be, logs in with `credentials`, if there are any, and gives a
  /// session that is ready for messages. `log` is told each line that goes or comes, without secrets.
  ///
  /// A server that offers no STARTTLS where it is wanted gets nothing: not the password, not the message.
  public static func connect(
    to server: SMTPServer, credentials: Credentials? = nil, log: ((String) -> Void)? = nil
  ) throws(SMTPError) -> SMTPClient {
    let stream = try open(server)
    let client = SMTPClient(stream, isLMTP: server.isLMTP, timeouts: server.timeouts)
    client.log = log
    client.recipientLimit = server.recipientLimit
    if server.security == .implicit {
      do throws(TransportError) {
        stream.deadline = Deadline(milliseconds: server.timeouts.command * 1_000)
        defer { stream.deadline = nil }
        try stream.startTLS(server.tls)
      } catch {
        throw client.end(.transport(error, .startTLS))
      }
      log?("*: \(client.security.map { "\($0.version) \($0.cipher)" } ?? "TLS")")
    }
    try client.greet(as: server.heloName ?? helloName(host: hostName()))
    if server.security == .startTLS { try client.startTLS(server.tls) }
    if let credentials {
      try client.authenticate(
        credentials, allowed: server.mechanisms, allowsClearText: server.allowsClearTextLogin || server.isLocal)
    }
    return client
  }

  /// Connects to the server that the configuration describes, in the same way.
  public static func connect(
    to outgoing: Configuration.Outgoing, credentials: Credentials? = nil, log: ((String) -> Void)? = nil
  ) throws(SMTPError) -> SMTPClient {
    try connect(to: SMTPServer(configured: outgoing), credentials: credentials, log: log)
  }

  private static func open(_ server: SMTPServer) throws(SMTPError) -> any ByteStream {
    let limit = server.timeouts.connect * 1_000
    do throws(TransportError) {
      switch server.place {
      case .host(let host, let port, let proxy):
        return try Connection.open(host: host, port: port, proxy: proxy, within: limit)
      case .socket(let path): return try Connection.open(socketPath: path, within: limit)
      case .program(let program): return try ProgramStream(program)
      }
    } catch {
      throw .transport(error, .connecting)
    }
  }
}

extension SMTPServer {
  /// Nobody can listen: the bytes don't leave this computer, or the program sees to it.
  var isLocal: Bool {
    if case .host = place { false } else { true }
  }
}
