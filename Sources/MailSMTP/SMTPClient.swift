internal import MailBytes
public import MailTransport

/// The client's side of a session with a server that takes mail: SMTP (RFC 5321), submission (RFC 6409), or LMTP (RFC 2033).
///
///     let client = SMTPClient(connection)
///     try client.greet(as: "client.example.org")
///     let outcome = try client.send(envelope, message)
///     client.quit()
public final class SMTPClient {
  /// Where a session stands.
  public enum State: Sendable, Equatable {
    /// The server has not spoken yet.
    case new
    /// Messages can be sent, and one can log in.
    case ready
    /// A transaction was begun and not ended: RSET comes before the next.
    case unfinished
    /// The session is over; why.
    case over(SMTPError)
    /// It was ended with QUIT.
    case ended
  }

  /// How messages are handed over.
  public enum Chunking: Sendable {
    /// With BDAT where the server has CHUNKING, else with DATA. RFC 3030.
    case whenOffered
    /// Always with DATA.
    case never
  }

  public let isLMTP: Bool
  public var timeouts: SMTPTimeouts
  /// Is told each line that goes (`C: …`) or comes (`S: …`), without secrets and control characters.
  public var log: ((String) -> Void)?
  public var chunking = Chunking.whenOffered
  /// Called right before the server gets the end of a message, from when on it may have taken it; what it throws ends the
  /// session before that.
  public var beforeHandover: (() throws(SMTPError) -> Void)?
  /// The most recipients of one transaction; more are sent in several.
  public var recipientLimit = 100
  /// Octets of commands that may be on their way without an answer: what fits into any socket buffer, so that neither side
  /// ever waits for the other to read. RFC 2920, section 3.1.
  var window = 8_192
  /// Commands that may be on their way without an answer: so many replies fit into any socket buffer.
  var windowCommands = 64

  /// Where the session stands.
  public internal(set) var state = State.new
  /// What the server said first.
  public private(set) var greeting: SMTPReply?
  /// What the server can do, by its last hello.
  public internal(set) var capabilities = SMTPCapabilities()
  /// Somebody has logged in.
  public internal(set) var isAuthenticated = false
  /// Messages for which the server gave a reply, in this session.
  public internal(set) var messageCount = 0

  let stream: any ByteStream
  let reader: LineReader
  private let replyLimits = ReplyLimits.standard
  private var helloName = ""

  /// A session over `stream`, on which nothing has been read yet.
  public init(_ stream: any ByteStream, isLMTP: Bool = false, timeouts: SMTPTimeouts = .init()) {
    self.stream = stream
    self.isLMTP = isLMTP
    self.timeouts = timeouts
    reader = LineReader(stream, lineLimit: replyLimits.lineLength)
  }

  /// What protects the connection; nil when nothing does.
  public var security: TLSFacts? { stream.security }

  /// Waits for the server's greeting and says hello as `name` (a domain or an address literal).
  public func greet(as name: String) throws(SMTPError) {
    guard state == .new else { throw .wrongState("greeted twice") }
    let reply = try readReply(.greeting)
    greeting = reply
    guard reply.code == 220 else { throw refuse(reply, .greeting) }
    helloName = name
    try hello()
  }

  /// Says EHLO (or LHLO), and HELO to a server that doesn't know it. RFC 5321, sections 3.2 and 4.1.4.
  func hello() throws(SMTPError) {
    capabilities = SMTPCapabilities()
    let reply = try command(try .hello(isLMTP ? .local : .extended, name: helloName))
    if reply.isPositive {
      capabilities = SMTPCapabilities(reply)
      state = .ready
      return
    }
    guard reply.isPermanent, !isLMTP else { throw refuse(reply, .hello) }
    let plain = try command(try .hello(.plain, name: helloName))
    guard plain.isPositive else { throw refuse(plain, .hello) }
    state = .ready
  }

  /// Goes on encrypted and says hello again; what the server said before is forgotten. Throws `noStartTLS` when the server
  /// doesn't offer it. RFC 3207, section 4.
  public func startTLS(_ settings: TLSSettings) throws(SMTPError) {
    guard state == .ready, security == nil else { throw .wrongState("STARTTLS") }
    guard capabilities.hasStartTLS else { throw end(.noStartTLS) }
    let reply = try command(.startTLS)
    guard reply.code == 220 else { throw refuse(reply, .startTLS) }
    do throws(TransportError) {
      stream.deadline = Deadline(milliseconds: timeouts.command * 1_000)
      defer { stream.deadline = nil }
      try reader.startTLS(settings)
    } catch {
      throw end(error == .injected ? .injectedReply : .transport(error, .startTLS))
    }
    log?("*: \(security.map { "\($0.version) \($0.cipher)" } ?? "TLS")")
    try hello()
  }

  /// Asks for a sign of life. RFC 5321, section 4.1.1.9.
  public func noop() throws(SMTPError) {
    let reply = try command(.noop)
    guard reply.isPositive else { throw SMTPError.refused(reply, .noop) }
  }

  /// Gives up a transaction. RFC 5321, section 4.1.1.5.
  public func reset() throws(SMTPError) {
    let reply = try command(.reset)
    guard reply.isPositive else { throw refuse(reply, .reset) }
    state = .ready
  }

  /// Says goodbye and closes the connection. Nothing depends on the answer, so nothing is thrown. RFC 5321, section 4.1.1.10.
  public func quit() {
    switch state {
    case .ready, .unfinished: _ = try? command(.quit)  // the session is over in any case
    default: break
    }
    if case .over = state {} else { state = .ended }
    stream.close()
  }

  /// Closes the connection without a word: the server forgets a transaction that was begun.
  public func abandon() {
    if case .over = state {} else { state = .ended }
    stream.close()
  }
}
