import MailBytes
import Testing

@testable import MailSMTP

private func parse(_ text: String, limits: ReplyLimits = .standard) throws(ReplyError) -> SMTPReply? {
  var parser = ReplyParser(limits: limits)
  for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: true) {
    if let reply = try parser.take(Array(line)[...]) { return reply }
  }
  return nil
}

@Suite struct Replies {
  @Test func `a line is a code and a text`() throws {
    #expect(try parse("250 ok\r\n") == SMTPReply(code: 250, text: "ok"))
    #expect(try parse("354\r\n") == SMTPReply(code: 354, lines: [[]]))
    #expect(try parse("354 \n") == SMTPReply(code: 354, lines: [[]]))
  }

  @Test func `lines with a hyphen are joined, and their enhanced code stands apart`() throws {
    let reply = try #require(try parse("550-5.1.1 No such user\r\n550-5.1.1 here\r\n550 5.1.1 at all\r\n"))
    #expect(reply.code == 550 && reply.enhanced == EnhancedStatus(5, 1, 1))
    #expect(reply.text == "No such user here at all")
    #expect("\(reply)" == "550 5.1.1 No such user here at all")
  }

  @Test(arguments: [
    "250 2.0.0", "250 2.0.0 ok", "450 4.7.1\tlater", "250 2.999.999 x",
  ]) func `an enhanced code of the same class is one`(_ text: String) throws {
    #expect(try parse(text)?.enhanced != nil)
  }

  @Test(arguments: [
    "250 5.0.0 ok", "250 2.0 ok", "250 2.1000.0 ok", "250 2.0.0ok", "354 3.0.0 go on", "250 2..1 x", "250 22.0.0 x",
  ]) func `what only looks like an enhanced code stays text`(_ text: String) throws {
    let reply = try #require(try parse(text))
    #expect(reply.enhanced == nil)
    #expect(reply.text == String(text.dropFirst(4)))
  }

  @Test(arguments: [
    "", "25", "25x no", "250x no", "150 no", "650 no", "HTTP/1.1 400 Bad Request", "\u{0}50 x", "250_x",
  ])
  func `anything else is no reply`(_ text: String) {
    #expect(throws: ReplyError.self) {
      var parser = ReplyParser()
      _ = try parser.take(Array(text.utf8)[...])
    }
  }

  @Test func `two codes in one reply are an error`() {
    #expect(throws: ReplyError.mixedCodes(250, 251)) { try parse("250-a\r\n251 b\r\n") }
  }

  @Test func `endless and overlong replies are given up`() {
    #expect(throws: ReplyError.tooLong) { try parse(String(repeating: "250-x\r\n", count: 600)) }
    #expect(throws: ReplyError.tooLong) {
      try parse(String(repeating: "250-\(String(repeating: "y", count: 1_000))\r\n", count: 100))
    }
    #expect(throws: ReplyError.lineTooLong) { try parse("250 " + String(repeating: "z", count: 5_000)) }
  }

  @Test func `octets that are no text are kept, and not shown`() throws {
    var parser = ReplyParser()
    let line = Array("550 a\u{1B}[31mb".utf8) + [0, 0xFF, 0x07] + Array("c\u{202E}d".utf8)
    let reply = try #require(try parser.take(line[...]))
    #expect(reply.lines == [Array(line.dropFirst(4))])
    #expect(reply.text == "a[31mb\u{FFFD}cd")
  }
}

@Suite struct Capabilities {
  @Test func `keywords are found in any case, with their parameters`() throws {
    let reply = try #require(
      try parse(
        "250-mail.example.org greets you\r\n250-pipelining\r\n250-SIZE 1000\r\n250-AUTH plain LOGIN\r\n"
          + "250-AUTH=LOGIN\r\n250-LIMITS RCPTMAX=20 MAILMAX=5\r\n250-8BITMIME\r\n250 §nonsense\r\n"))
    let server = SMTPCapabilities(reply)
    #expect(string(server.domain) == "mail.example.org")
    #expect(server.hasPipelining && server.has8BitMIME && !server.hasDSN && !server.hasSMTPUTF8)
    #expect(server.sizeLimit == 1_000)
    #expect(server.authentication == ["PLAIN", "LOGIN"])
    #expect(server.recipientLimit == 20 && server.messageLimit == 5)
  }

  @Test(arguments: ["SIZE", "SIZE 0", "SIZE -5", "SIZE 99999999999999999999", "SIZE x"])
  func `a size that limits nothing is none`(_ line: String) throws {
    let server = SMTPCapabilities(SMTPReply(code: 250, lines: [Array("h".utf8), Array(line.utf8)]))
    #expect(server.hasSize && server.sizeLimit == nil)
  }

  @Test func `BINARYMIME without CHUNKING can't be used`() {
    #expect(!SMTPCapabilities(SMTPReply(code: 250, lines: [[], Array("BINARYMIME".utf8)])).hasBinaryMIME)
  }
}

@Suite struct Paths {
  @Test(arguments: [
    ("ada@example.org", "ada@example.org"), ("a.b+c@x.example", "a.b+c@x.example"),
    ("o'brien&co@example.org", "o'brien&co@example.org"), ("\"a b\"@example.org", "\"a b\"@example.org"),
    ("a b@example.org", "\"a b\"@example.org"), ("a..b@example.org", "\"a..b\"@example.org"),
    ("\"a@b\"@example.org", "\"a@b\"@example.org"), ("postmaster", "postmaster"), ("x@[192.0.2.1]", "x@[192.0.2.1]"),
    ("x@[IPv6:2001:db8::1]", "x@[IPv6:2001:db8::1]"), ("x@under_score.example", "x@under_score.example"),
  ]) func `what can be an address is written`(_ address: String, _ expected: String) throws {
    #expect(string(try SMTPPath(address).bytes) == expected)
  }

  @Test(arguments: [
    "", "@example.org", "a@", "a@b@c<d", "a@example.org\r\nRCPT TO:<x@example.org>", "a\nb@example.org",
    "a@ex\0mple.org",
    "a@example.org> SIZE=1", "<a@example.org>", "a@exa mple.org", "a@-example.org", "a@example..org", "a,b@example.org",
    "@relay.example:a@example.org", "\"a@example.org", "\"a\"b\"@example.org", "a@[1.2.3.4", "a@[x y]",
    "a;b@example.org",
    "\"a\\\"@example.org", "a@example.org\u{202E}", "\u{85}a@example.org",
  ]) func `nothing else gets into a command`(_ address: String) {
    #expect(throws: SMTPError.self) { try SMTPPath(address) }
  }

  @Test func `an international domain has an ASCII form, a local part has none`() throws {
    #expect(try SMTPPath("info@bücher.example").asciiForm.map { string($0) } == "info@xn--bcher-kva.example")
    #expect(try SMTPPath("jörg@example.org").asciiForm == nil)
    #expect(try SMTPPath("jörg@example.org").hasInternationalLocalPart)
  }
}

@Suite struct Commands {
  private let full = SMTPCapabilities(
    SMTPReply(code: 250, lines: ["h", "SIZE", "8BITMIME", "SMTPUTF8", "DSN"].map { Array($0.utf8) }))

  private func text(_ command: SMTPCommand) -> String { string(command.line) }

  @Test func `MAIL says what the server knows`() throws {
    var envelope = SMTPEnvelope(sender: "ada@example.org", to: [])
    envelope.returns = .headers
    envelope.envelopeID = "a+b=c"
    let form = MessageForm(body: .eightBit, isInternational: false, size: 1_234)
    #expect(
      text(try .mail(from: envelope, form, full))
        == "MAIL FROM:<ada@example.org> SIZE=1234 BODY=8BITMIME RET=HDRS ENVID=a+2Bb+3Dc\r\n")
    #expect(text(try .mail(from: envelope, MessageForm(), SMTPCapabilities())) == "MAIL FROM:<ada@example.org>\r\n")
    envelope.sender = ""
    #expect(text(try .mail(from: envelope, MessageForm(), SMTPCapabilities())) == "MAIL FROM:<>\r\n")
  }

  @Test func `RCPT carries the wishes for reports`() throws {
    let recipient = SMTPRecipient("b@example.com", notify: [.success, .delay], originalRecipient: "x+y@example.com")
    #expect(
      text(try .recipient(recipient, isInternational: false, full))
        == "RCPT TO:<b@example.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;x+2By@example.com\r\n")
    #expect(
      text(try .recipient(SMTPRecipient("b@example.com", notify: []), isInternational: false, full))
        == "RCPT TO:<b@example.com> NOTIFY=NEVER\r\n")
    let other = SMTPRecipient("b@example.com", originalRecipient: "jörg@example.com")
    #expect(
      text(try .recipient(other, isInternational: false, full))
        == "RCPT TO:<b@example.com> ORCPT=utf-8;j\\x{F6}rg@example.com\r\n")
    #expect(
      text(try .recipient(other, isInternational: true, full))
        == "RCPT TO:<b@example.com> ORCPT=utf-8;jörg@example.com\r\n")
  }

  @Test func `parameters can't begin another command`() {
    var envelope = SMTPEnvelope(sender: "a@example.org", to: [])
    envelope.envelopeID = "x\r\nRCPT TO:<y@example.org>"
    #expect(throws: SMTPError.self) { try SMTPCommand.mail(from: envelope, MessageForm(), full) }
    let recipient = SMTPRecipient("b@example.com", originalRecipient: "c@example.com\r\nDATA")
    #expect(throws: SMTPError.self) { try SMTPCommand.recipient(recipient, isInternational: false, full) }
    #expect(throws: SMTPError.self) { try SMTPCommand.hello(.extended, name: "x\r\nQUIT") }
    #expect(throws: SMTPError.self) { try SMTPCommand.hello(.extended, name: "a b") }
    #expect(throws: SMTPError.self) { try SMTPCommand(Array("NOOP \0".utf8), .noop) }
  }

  @Test func `an address that needs SMTPUTF8 is refused without it, its domain alone is not`() throws {
    #expect(throws: SMTPError.needsUTF8("jörg@example.org")) {
      try SMTPCommand.recipient(SMTPRecipient("jörg@example.org"), isInternational: false, full)
    }
    #expect(
      text(try .recipient(SMTPRecipient("x@bücher.example"), isInternational: false, full))
        == "RCPT TO:<x@xn--bcher-kva.example>\r\n")
  }

  @Test func `a log shows no secret`() throws {
    #expect(try SMTPCommand.authenticate("PLAIN", initial: Array("\0u\0p".utf8)).logText == "AUTH PLAIN …")
    #expect(try SMTPCommand.answer(Array("secret".utf8)).logText == "…")
    #expect(text(try .authenticate("EXTERNAL", initial: [])) == "AUTH EXTERNAL =\r\n")
  }

  @Test(arguments: [("mail.example.org", "mail.example.org"), ("laptop", "[127.0.0.1]"), ("bad name.x", "[127.0.0.1]")])
  func `a client without a full name says hello with an address`(_ host: String, _ name: String) {
    #expect(helloName(host: host) == name)
  }
}
