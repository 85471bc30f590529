import MailBytes
import MailSASL
import MailTransport
import Testing

@testable import MailSMTP

private let message = MessageSource(Array("From: a@example.org\n\n.hello\n".utf8))
private let hello = "S: 220 mail.example.org ESMTP\nC: EHLO client.example.org\n"

/// A client that has said hello to a server with `keywords`, over a transcript that goes on with `rest`.
private func client(
  _ keywords: [String] = [], _ rest: String, pieces: Int = .max
) throws -> (client: SMTPClient, stream: MemoryStream) {
  let lines = ["mail.example.org"] + keywords
  let reply = lines.enumerated().map { "S: 250\($0.offset == lines.count - 1 ? " " : "-")\($0.element)\n" }.joined()
  let stream = MemoryStream(transcript: hello + reply + rest)
  stream.pieceSize = pieces
  let client = SMTPClient(stream)
  try client.greet(as: "client.example.org")
  return (client, stream)
}

/// Codes of the verdicts: what the server said, 0 for accepted, -1 for a failure.
private func codes(_ outcome: SMTPOutcome) -> [Int] {
  outcome.recipients.map { recipient in
    switch recipient.verdict {
    case .accepted: 0
    case .refused(let reply): reply.code
    case .failed: -1
    }
  }
}

@Suite struct Sessions {
  @Test(arguments: [Int.max, 1]) func `a server that knows nothing is spoken to line by line`(_ pieces: Int) throws {
    let (client, stream) = try client(
      [],
      """
      C: MAIL FROM:<a@example.org>
      S: 250 ok
      C: RCPT TO:<b@example.com>
      S: 250 ok
      C: RCPT TO:<c@example.com>
      S: 550 5.1.1 no such user
      C: DATA
      S: 354 go on
      C: From: a@example.org
      C:\u{20}
      C: ..hello
      C: .
      S: 250 queued
      C: QUIT
      S: 221 bye
      """, pieces: pieces)
    let outcome = try client.send(
      SMTPEnvelope(sender: "a@example.org", to: ["b@example.com", "c@example.com"]), message)
    #expect(codes(outcome) == [0, 550])
    #expect(outcome.recipients[1].verdict.reply?.enhanced == EnhancedStatus(5, 1, 1))
    client.quit()
    #expect(stream.isFinished, "\(stream.mismatch ?? "")")
  }

  @Test func `with PIPELINING all commands go along`() throws {
    let (client, stream) = try client(
      ["PIPELINING", "SIZE"],
      """
      C: MAIL FROM:<a@example.org> SIZE=31
      C: RCPT TO:<b@example.com>
      C: RCPT TO:<c@example.com>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 250 ok
      S: 354 go on
      C: From: a@example.org
      C:\u{20}
      C: ..hello
      C: .
      S: 250 queued
      """)
    let outcome = try client.send(
      SMTPEnvelope(sender: "a@example.org", to: ["b@example.com", "c@example.com"]), message)
    #expect(outcome.isComplete && client.state == .ready && client.messageCount == 1)
    #expect(stream.isFinished, "\(stream.mismatch ?? "")")
  }

  @Test func `a server that wants a message though it took nobody gets an empty one`() throws {
    let (client, stream) = try client(
      ["PIPELINING"],
      """
      C: MAIL FROM:<a@example.org>
      C: RCPT TO:<b@example.com>
      C: DATA
      S: 250 ok
      S: 550 no
      S: 354 go on
      C: .
      S: 554 no recipients
      """)
    let outcome = try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message)
    #expect(codes(outcome) == [550] && outcome.failure == nil && client.state == .ready)
    #expect(stream.isFinished, "\(stream.mismatch ?? "")")
  }

  @Test func `a refused sender is refused for everybody, and the next message begins with RSET`() throws {
    let (client, stream) = try client(
      ["PIPELINING"],
      """
      C: MAIL FROM:<a@example.org>
      C: RCPT TO:<b@example.com>
      C: DATA
      S: 553 5.7.1 not you
      S: 503 no sender
      S: 503 no sender
      C: RSET
      C: MAIL FROM:<x@example.org>
      C: RCPT TO:<b@example.com>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 250 ok
      S: 354 go on
      C: From: a@example.org
      C:\u{20}
      C: ..hello
      C: .
      S: 250 queued
      """)
    let refused = try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message)
    #expect(codes(refused) == [553])
    #expect(try client.send(SMTPEnvelope(sender: "x@example.org", to: ["b@example.com"]), message).isComplete)
    #expect(stream.isFinished, "\(stream.mismatch ?? "")")
  }

  @Test func `recipients beyond what the server takes go in the next transaction`() throws {
    let (client, stream) = try client(
      [],
      """
      C: MAIL FROM:<a@example.org>
      S: 250 ok
      C: RCPT TO:<b@example.com>
      S: 250 ok
      C: RCPT TO:<c@example.com>
      S: 452 4.5.3 too many recipients
      C: DATA
      S: 354 go on
      C: From: a@example.org
      C:\u{20}
      C: ..hello
      C: .
      S: 250 one
      C: MAIL FROM:<a@example.org>
      S: 250 ok
      C: RCPT TO:<c@example.com>
      S: 250 ok
      C: DATA
      S: 354 go on
      C: From: a@example.org
      C:\u{20}
      C: ..hello
      C: .
      S: 250 two
      """)
    let outcome = try client.send(
      SMTPEnvelope(sender: "a@example.org", to: ["b@example.com", "c@example.com"]), message)
    #expect(outcome.recipients.map { $0.verdict.reply?.text } == ["one", "two"])
    #expect(stream.isFinished, "\(stream.mismatch ?? "")")
  }

  @Test func `a full mailbox is not mistaken for too many recipients`() throws {
    let (client, _) = try client(
      ["PIPELINING"],
      """
      S: 250 ok
      S: 250 ok
      S: 452 4.2.2 mailbox full
      S: 354 go on
      S: 250 queued
      """)
    let outcome = try client.send(
      SMTPEnvelope(sender: "a@example.org", to: ["b@example.com", "c@example.com"]), message)
    #expect(codes(outcome) == [0, 452] && outcome.recipients[1].verdict.isTemporary)
  }

  @Test func `with CHUNKING the message goes by BDAT when its recipients are known`() throws {
    let (client, stream) = try client(
      ["PIPELINING", "CHUNKING"],
      """
      C: MAIL FROM:<a@example.org>
      C: RCPT TO:<b@example.com>
      S: 250 ok
      S: 250 ok
      C: BDAT 31 LAST
      C: From: a@example.org
      C:\u{20}
      C: .hello
      S: 250 queued
      """)
    #expect(try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message).isComplete)
    #expect(stream.isFinished, "\(stream.mismatch ?? "")")
  }

  @Test func `a server that says CHUNKING and knows no BDAT gets not a word more`() throws {
    let (client, stream) = try client(["CHUNKING"], "S: 250 ok\nS: 250 ok\nS: 502 what?\nS: 502 what?\n")
    let outcome = try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message)
    #expect(codes(outcome) == [-1] && outcome.recipients[0].verdict.isTemporary && stream.isClosed)
  }

  @Test func `a long message goes in chunks, and a refused chunk ends it`() throws {
    let long = MessageSource(
      Array("From: a@example.org\n\n".utf8)
        + (0..<3_000).flatMap { _ in Array("a line of the message, again and again\n".utf8) })
    let (client, stream) = try client(
      ["PIPELINING", "CHUNKING"], "S: 250 ok\nS: 250 ok\nS: 250 one\nS: 250 two\n")
    let taken = try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), long)
    #expect(taken.isComplete && taken.reply?.text == "two")
    #expect(string(stream.written).contains(" LAST\r\n"))
    let (other, closed) = try MailSMTPTests.client(
      ["PIPELINING", "CHUNKING"], "S: 250 ok\nS: 250 ok\nS: 552 5.3.4 too big\nS: 503 no\n")
    let outcome = try other.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), long)
    #expect(codes(outcome) == [552] && closed.isClosed)
  }

  @Test func `LMTP answers for each recipient`() throws {
    let stream = MemoryStream(
      transcript: """
        S: 220 lmtp
        C: LHLO client.example.org
        S: 250-lmtp
        S: 250 PIPELINING
        C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.com>
        C: RCPT TO:<c@example.com>
        C: RCPT TO:<d@example.com>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 550 no such user
        S: 250 ok
        S: 354 go on
        C: From: a@example.org
        C:\u{20}
        C: ..hello
        C: .
        S: 250 delivered
        S: 452 4.2.2 full
        """)
    let client = SMTPClient(stream, isLMTP: true)
    try client.greet(as: "client.example.org")
    let outcome = try client.send(
      SMTPEnvelope(sender: "a@example.org", to: ["b@example.com", "c@example.com", "d@example.com"]), message)
    #expect(codes(outcome) == [0, 550, 452])
    #expect(stream.isFinished, "\(stream.mismatch ?? "")")
  }

  @Test func `HELO is for servers that don't know EHLO`() throws {
    let stream = MemoryStream(
      transcript: "S: 220 old\nC: EHLO client.example.org\nS: 500 what?\nC: HELO client.example.org\nS: 250 old")
    let client = SMTPClient(stream)
    try client.greet(as: "client.example.org")
    #expect(client.state == .ready && client.capabilities.keywords.isEmpty && stream.isFinished)
  }
}

@Suite struct Refusals {
  /// 421 after each of these: greeting, hello, sender, recipient, DATA, message.
  @Test(arguments: 0..<6) func `421 ends the session in every state, and the message waits`(_ place: Int) throws {
    let lines = ["220 hi", "250 PIPELINING", "250 ok", "250 ok", "354 go on", "250 queued"]
    let transcript = lines.prefix(place).map { "S: \($0)\n" }.joined() + "S: 421 4.3.2 shutting down\n* END"
    let stream = MemoryStream(transcript: transcript)
    let client = SMTPClient(stream)
    do {
      try client.greet(as: "client.example.org")
    } catch {
      #expect(place < 2 && error.reply?.code == 421 && error.isTemporary)
      #expect(stream.isClosed)
      return
    }
    let outcome = try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message)
    #expect(place >= 2)
    #expect(codes(outcome) == [421])
    #expect(outcome.recipients[0].verdict.isTemporary && !outcome.isInDoubt)
    #expect(outcome.failure?.reply?.code == 421 && stream.isClosed)
    #expect(throws: SMTPError.self) {
      try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message)
    }
  }

  @Test func `recipients refused for good stay so when the connection breaks later`() throws {
    let (client, _) = try client(["PIPELINING"], "S: 250 ok\nS: 550 no\nS: 250 ok\n* END")
    let outcome = try client.send(
      SMTPEnvelope(sender: "a@example.org", to: ["b@example.com", "c@example.com"]), message)
    #expect(codes(outcome) == [550, -1])
    #expect(outcome.recipients[1].verdict.isTemporary && !outcome.isInDoubt)
  }

  @Test func `only a connection that breaks behind the whole message leaves a doubt`() throws {
    let begin = "S: 250 ok\nS: 250 ok\nS: 354 go on\n"
    for (end, isInDoubt) in [("* END", true), ("S: nonsense", true), ("S: 451 later", false), ("S: 421 bye", false)] {
      let (client, _) = try client(["PIPELINING"], begin + end)
      let outcome = try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message)
      #expect(outcome.isInDoubt == isInDoubt, "\(end)")
      #expect(outcome.recipients[0].verdict.isTemporary)
    }
    let (early, _) = try client(["PIPELINING", "CHUNKING"], "S: 250 ok\n* END")
    #expect(try !early.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message).isInDoubt)
    let (late, _) = try client(["PIPELINING", "CHUNKING"], "S: 250 ok\nS: 250 ok\n* END")
    #expect(try late.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message).isInDoubt)
  }

  @Test func `an answer that nobody asked for ends the session`() throws {
    let stream = MemoryStream([
      .says(Array("220 hi\r\n".utf8)), .says(Array("250 h\r\n".utf8)), .says(Array("250 ok\r\n250 and again\r\n".utf8)),
    ])
    let client = SMTPClient(stream)
    try client.greet(as: "client.example.org")
    #expect(throws: Never.self) { try client.noop() }
    #expect(throws: SMTPError.badReply(.unsolicited(250), .noop)) { try client.noop() }
    #expect(stream.isClosed)
  }

  @Test func `a message that is too large isn't begun`() throws {
    let (client, stream) = try client(["SIZE 20"], "")
    #expect(throws: SMTPError.tooLarge(31, limit: 20)) {
      try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), message)
    }
    #expect(stream.isFinished && client.state == .ready)
  }

  @Test func `an address that can't be sent to is refused alone`() throws {
    let (client, stream) = try client(
      ["PIPELINING"],
      """
      C: MAIL FROM:<a@example.org>
      C: RCPT TO:<b@example.com>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 354 go on
      C: From: a@example.org
      C:\u{20}
      C: ..hello
      C: .
      S: 250 queued
      """)
    let outcome = try client.send(
      SMTPEnvelope(
        sender: "a@example.org",
        to: ["jörg@example.com", "b@example.com", "c@example.com>\r\nRCPT TO:<evil@example.com"]), message)
    #expect(codes(outcome) == [-1, 0, -1])
    #expect(outcome.recipients[0].verdict == .failed(.needsUTF8("jörg@example.com")))
    #expect(!outcome.recipients[2].verdict.isTemporary)
    #expect(stream.isFinished, "\(stream.mismatch ?? "")")
  }

  @Test func `a file that became shorter doesn't become a shorter message`() throws {
    let (client, stream) = try client(["PIPELINING"], "S: 250 ok\nS: 250 ok\nS: 354 go on\n")
    let missing = MessageSource(pieces: [
      .bytes(Array("From: a@example.org\n\nhello\n".utf8)), .file(descriptor: -1, offset: 0, length: 10),
    ])
    #expect(throws: SMTPError.self) {
      try client.send(SMTPEnvelope(sender: "a@example.org", to: ["b@example.com"]), missing)
    }
    #expect(!string(stream.written).contains("MAIL"))
  }
}

extension String {
  fileprivate func contains(_ word: StaticString) -> Bool {
    let bytes = Array(utf8)
    let wanted = Array(word.description.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
  }
}

@Suite struct Encryption {
  private let settings = TLSSettings(hostName: "mail.example.org")

  @Test func `after STARTTLS hello is said again and what was heard before is forgotten`() throws {
    let (client, stream) = try client(
      ["STARTTLS", "AUTH PLAIN"],
      "C: STARTTLS\nS: 220 go\n* TLS\nC: EHLO client.example.org\nS: 250-mail.example.org\nS: 250 SIZE 5\n")
    try client.startTLS(settings)
    #expect(client.capabilities.sizeLimit == 5 && client.capabilities.authentication == [])
    #expect(client.security != nil && stream.settings == settings && stream.isFinished)
  }

  @Test func `without STARTTLS nothing more is said`() throws {
    let (client, stream) = try client([], "")
    #expect(throws: SMTPError.noStartTLS) { try client.startTLS(settings) }
    #expect(stream.isFinished && stream.isClosed)
  }

  @Test func `what comes along with the answer to STARTTLS is refused`() throws {
    let stream = MemoryStream([
      .says(Array("220 hi\r\n".utf8)), .hears(Array("EHLO client.example.org\r\n".utf8)),
      .says(Array("250-h\r\n250 STARTTLS\r\n".utf8)), .hears(Array("STARTTLS\r\n".utf8)),
      .says(Array("220 go\r\n250-h\r\n250 AUTH PLAIN\r\n".utf8)),
      .encrypts(.init(version: "TLSv1.3", cipher: "TEST", fingerprint: "")),
    ])
    let client = SMTPClient(stream)
    try client.greet(as: "client.example.org")
    #expect(throws: SMTPError.injectedReply) { try client.startTLS(settings) }
    #expect(stream.isClosed)
  }

  @Test(arguments: ["454 4.7.0 not now", "501 no", "220-half"]) func `a server that won't encrypt gets nothing`(
    _ reply: String
  ) throws {
    let (client, stream) = try client(["STARTTLS"], "C: STARTTLS\nS: \(reply)\nC: QUIT\nS: 221 bye\n")
    #expect(throws: SMTPError.self) { try client.startTLS(settings) }
    #expect(stream.isClosed)
  }
}

@Suite struct Logins {
  private let ada = Credentials(user: "ada", secret: .password("secret"))

  @Test func `PLAIN goes in one line, and only over a connection that is encrypted or may be clear`() throws {
    let (client, stream) = try client(
      ["AUTH PLAIN"], "C: AUTH PLAIN \(string(Base64.encode(Array("\0ada\0secret".utf8).span)))\nS: 235 welcome\n")
    var log: [String] = []
    client.log = { log.append($0) }
    try client.authenticate(ada, allowsClearText: true)
    #expect(client.isAuthenticated && stream.isFinished)
    #expect(log == ["C: AUTH PLAIN …", "S: 235 welcome"])
    let (other, silent) = try self.client(["AUTH PLAIN"], "")
    #expect(throws: SMTPError.login(.noMechanism(offered: ["PLAIN"], needsEncryption: true))) {
      try other.authenticate(ada)
    }
    #expect(silent.isFinished && silent.isClosed)
  }

  private func client(_ keywords: [String], _ rest: String) throws -> (SMTPClient, MemoryStream) {
    try MailSMTPTests.client(keywords, rest)
  }

  @Test func `LOGIN asks twice`() throws {
    let (client, stream) = try client(
      ["AUTH LOGIN"],
      """
      C: AUTH LOGIN
      S: 334 VXNlcm5hbWU6
      C: YWRh
      S: 334 UGFzc3dvcmQ6
      C: c2VjcmV0
      S: 235 ok
      """)
    try client.authenticate(ada, allowsClearText: true)
    #expect(stream.isFinished)
  }

  @Test func `a mechanism that the server doesn't support after all is followed by the next`() throws {
    let (client, stream) = try client(
      ["AUTH CRAM-MD5 PLAIN"],
      "C: AUTH PLAIN AGFkYQBzZWNyZXQ=\nS: 504 no\nC: AUTH CRAM-MD5\nS: 334 PDEyMz4=\n")
    #expect(throws: SMTPError.self) { try client.authenticate(ada, allowsClearText: true) }
    #expect(string(stream.written).contains("AUTH CRAM-MD5"))
  }

  @Test func `a wrong password is tried once`() throws {
    let (client, stream) = try client(
      ["AUTH CRAM-MD5 PLAIN"], "C: AUTH PLAIN AGFkYQBzZWNyZXQ=\nS: 535 5.7.8 wrong\nC: QUIT\nS: 221 bye\n")
    do {
      try client.authenticate(ada, allowsClearText: true)
      Issue.record("logged in")
    } catch {
      #expect(error.reply?.code == 535 && error.isAboutLogin && !error.isTemporary)
    }
    #expect(stream.isFinished)
  }

  @Test(arguments: ["!!!", "caf\u{e9}"]) func `a challenge that is no base64 is cancelled`(_ challenge: String) throws {
    let (client, stream) = try client(["AUTH LOGIN"], "C: AUTH LOGIN\nS: 334 \(challenge)\nC: *\nS: 501 cancelled\n")
    #expect(throws: SMTPError.self) { try client.authenticate(ada, allowsClearText: true) }
    #expect(stream.isFinished)
  }

  @Test func `a server that says yes before it has proved itself is not believed`() throws {
    let (client, _) = try client(["AUTH SCRAM-SHA-256"], "S: 235 come in\n")
    #expect(throws: SMTPError.login(.serverNotAuthentic(mechanism: "SCRAM-SHA-256"))) { try client.authenticate(ada) }
  }
}

@Suite struct Windows {
  @Test func `five thousand recipients never have more on their way than the window holds`() throws {
    let stream = Gauge()
    let client = SMTPClient(stream)
    client.recipientLimit = 10_000
    try client.greet(as: "client.example.org")
    let addresses = (1...5_000).map { "recipient-number-\($0)@example.com" }
    let outcome = try client.send(SMTPEnvelope(sender: "a@example.org", to: addresses), message)
    #expect(outcome.isComplete && outcome.recipients.count == 5_000)
    #expect(stream.most <= client.window && stream.mostReplies <= client.windowCommands)
    #expect(stream.writes < 200)
  }
}

/// A server that takes everything and counts how much is on its way to it unanswered.
private final class Gauge: ByteStream {
  var timeLimit = 0
  var deadline: Deadline?
  var ignoresInterrupts = false
  let security: TLSFacts? = nil
  private var replies: [String] = ["220 hi"]
  private var isInData = false
  private(set) var (most, mostReplies, writes) = (0, 0, 0)

  func read(into buffer: inout [UInt8], atMost count: Int) throws(TransportError) -> Int {
    guard !replies.isEmpty else { return 0 }
    let bytes = Array((replies.removeFirst() + "\r\n").utf8)
    buffer += bytes
    return bytes.count
  }

  func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) {
    writes += 1
    if !isInData { most = max(most, bytes.count) }
    for line in string(bytes).split(whereSeparator: { $0 == "\r\n" }) {
      if isInData {
        if line == "." {
          isInData = false
          replies.append("250 queued")
        }
      } else if line.hasPrefix("EHLO") {
        replies += ["250-h", "250 PIPELINING"]
      } else if line == "DATA" {
        isInData = true
        replies.append("354 go")
      } else {
        replies.append("250 ok")
      }
    }
    mostReplies = max(mostReplies, replies.count)
  }

  func startTLS(_ settings: TLSSettings) throws(TransportError) { throw .tls("no") }
  func close() {}
}
