import MailBytes
import MailMIME
import MailReports
import Testing

@Suite struct DeliveryReportTests {
  private func report() -> DeliveryReport {
    var failed = DeliveryReport.Recipient(
      ReportAddress("nobody@example.com"), action: .failed, status: StatusCode(5, 1, 1))
    failed.original = ReportAddress("Nobody@example.com")
    failed.remoteMTA = "mail.example.com"
    failed.diagnostic = .init(text: "550 5.1.1 <nobody@example.com>: no such user here")
    failed.lastAttempt = MailDate(seconds: 1_709_546_300)
    var delayed = DeliveryReport.Recipient(
      ReportAddress("slow@example.com"), action: .delayed, status: StatusCode(4, 4, 1))
    delayed.willRetryUntil = MailDate(seconds: 1_709_946_300)
    var report = DeliveryReport(reportingMTA: "mx.example.com", recipients: [failed, delayed])
    report.envelopeID = "one@example.org"
    report.receivedFromMTA = "laptop.example.org"
    report.arrival = MailDate(seconds: 1_709_546_200, offsetMinutes: 60)
    return report
  }

  @Test(arguments: [ReturnedContent.nothing, .header, .message], [false, true])
  func `what is built is read back`(_ content: ReturnedContent, _ usesCRLF: Bool) throws {
    let sent = usesCRLF ? withCRLF(original) : original
    let bytes = report().build(letter(), original: sent, returning: content)
    var expected = report()
    expected.originalMessageID = "one@example.org"
    expected.originalSubject = content == .nothing ? nil : "Café plan"
    #expect(DeliveryReport(parsing: Message(parsing: bytes)) == expected)
    #expect(DeliveryReport(parsing: Message(parsing: withCRLF(bytes))) == expected)
    #expect(!bytes.contains(0x0D))
    #expect(contains(bytes, "\nBody.\n") == (content == .message))
  }

  @Test func `a report is a multipart of the three types that RFC 3464 names, and nobody answers it`() {
    let message = Message(parsing: report().build(letter(), original: original))
    #expect(message.root.contentType.mediaType == "multipart/report")
    #expect(message.root.contentType["report-type"] == "delivery-status")
    #expect(
      message.root.children.map(\.contentType.mediaType) == [
        "text/plain", "message/delivery-status", "text/rfc822-headers",
      ])
    #expect(message.root.children[0].text() == "Words for people.\n")
    #expect(message.headers.text("Auto-Submitted") == "auto-replied")
    #expect(message.headers.messageIDs("References") == ["one@example.org"])
    #expect(message.defects.isEmpty)
    let whole = Message(parsing: report().build(letter(), original: original, returning: .message))
    #expect(whole.root.children.last?.embeddedMessage?.headers.messageIDs("Message-ID") == ["one@example.org"])
  }

  @Test func `addresses beyond ASCII make the global types, and come back`() {
    var report = DeliveryReport(
      reportingMTA: "mx.example.com",
      recipients: [.init(ReportAddress("jürgen@例え.example"), action: .failed, status: StatusCode(5, 1, 1))])
    report.recipients[0].diagnostic = .init(text: "550 niemand heißt so")
    let message = Message(parsing: report.build(letter(), original: original))
    #expect(message.root.children[1].contentType.mediaType == "message/global-delivery-status")
    #expect(DeliveryReport(parsing: message)?.recipients == report.recipients)
    #expect(report.recipients[0].final.type == "utf-8")
  }

  @Test func `words beyond ASCII of a server stay in seven bits where the addresses do`() {
    var report = DeliveryReport(
      reportingMTA: "mx.example.com",
      recipients: [.init(ReportAddress("a@example.com"), action: .failed, status: StatusCode(5, 1, 1))])
    report.recipients[0].diagnostic = .init(text: "550 niemand heißt so")
    let message = Message(parsing: report.build(letter(), original: original))
    #expect(message.root.children[1].contentType.mediaType == "message/delivery-status")
    #expect(message.root.children[1].body.allSatisfy { $0 < 0x80 })
    #expect(DeliveryReport(parsing: message)?.recipients[0].diagnostic?.text == #"550 niemand hei\x{DF}t so"#)
  }

  @Test func `no value makes a field of its own`() throws {
    var report = report()
    report.reportingMTA = "mx\r\nAction: delivered"
    report.envelopeID = "x\nStatus: 2.0.0"
    report.recipients[0].diagnostic = .init(text: "550 no\r\n\r\nFinal-Recipient: rfc822;evil@example.com\n")
    report.recipients[0].final = ReportAddress("a\n\nAction: relayed@example.com")
    let bytes = report.build(letter(), original: original)
    let read = try #require(DeliveryReport(parsing: Message(parsing: bytes)))
    #expect(read.recipients.map(\.action) == [.failed, .delayed])
    #expect(read.recipients.map(\.status) == [StatusCode(5, 1, 1), StatusCode(4, 4, 1)])
    var evil = letter()
    evil.subject = "x\r\nBcc: all@example.com"
    evil.to = Address(address: "a@example.com>\r\nBcc: <b@example.com")
    let message = Message(parsing: report.build(evil, original: original))
    #expect(message.headers["Bcc"] == nil)
  }

  @Test func `no line is longer than mail allows`() {
    var report = report()
    report.recipients[0].diagnostic = .init(text: "550 " + String(repeating: "é", count: 3_000))
    report.recipients[1].final = ReportAddress(String(repeating: "a", count: 5_000) + "@example.com")
    let bytes = report.build(letter(), original: original)
    #expect(bytes.split(separator: 0x0A).allSatisfy { $0.count <= 998 })
  }

  @Test func `a report as mail servers write it is read`() throws {
    for bytes in [Array(foreignBounce.utf8), withCRLF(Array(foreignBounce.utf8))] {
      let report = try #require(DeliveryReport(parsing: Message(parsing: bytes)))
      #expect(report.reportingMTA == "mx.example.com")
      #expect(report.arrival?.seconds == 1_709_546_400)
      #expect(report.originalMessageID == "one@example.org")
      #expect(report.originalSubject == "Plan")
      try #require(report.recipients.count == 2)
      let first = report.recipients[0]
      #expect(first.final.address == "nobody@example.com" && first.original?.address == "Nobody@example.com")
      #expect(first.action == .failed && first.status.description == "5.1.1")
      #expect(first.remoteMTA == "mail.example.com")
      #expect(first.diagnostic?.type == "smtp")
      #expect(first.diagnostic?.text.hasSuffix("User unknown") == true)
      #expect(report.recipients[1].action == .delayed && report.recipients[1].status == StatusCode(4, 4, 1))
      #expect(report.recipients[1].willRetryUntil?.seconds == 1_709_978_400)
    }
  }

  @Test(arguments: [
    ("Action: failed", "Action: FAILED (really)", DeliveryReport.Action.failed),
    ("Action: failed", "Action: lost", .failed), ("Action: failed", "Action: failure", .failed),
    ("Action: failed", "Action: delay", .delayed),
    ("Action: failed\n", "", .failed),
    ("Status: 5.1.1\n", "", .failed),
    ("rfc822; nobody@example.com", "<nobody@example.com>", .failed),
    ("rfc822; nobody@example.com", "utf-8; nob\\x{F6}dy@example.com", .failed),
  ])
  func `what programs write wrong is read as meant`(_ from: String, _ to: String, _ action: DeliveryReport.Action) {
    let text = foreignBounce.split(separator: from, maxSplits: 1, omittingEmptySubsequences: false).joined(
      separator: to)
    let report = DeliveryReport(parsing: message(text))
    #expect(report?.recipients.first?.action == action)
    #expect(report?.recipients.first?.final.address.hasSuffix("dy@example.com") == true)
  }

  @Test func `a bounce that is forwarded as a message is no bounce`() {
    let forwarded =
      "Content-Type: multipart/mixed; boundary=f\n\n--f\n\nSee.\n--f\nContent-Type: message/rfc822\n\n\(foreignBounce)\n--f--\n"
    #expect(DeliveryReport(parsing: message(forwarded)) == nil)
    #expect(DeliveryReport(parsing: Message(parsing: original)) == nil)
  }

  @Test func `the message is found by what the report refers to when it did not come back`() {
    let plain = """
      In-Reply-To: <two@example.org>
      Content-Type: multipart/report; boundary=x

      --x
      Content-Type: message/delivery-status

      Reporting-MTA: dns; a

      Final-Recipient: rfc822;b@example.com
      Action: delivered
      Status: 2.0.0
      --x--
      """
    #expect(DeliveryReport(parsing: message(plain))?.originalMessageID == "two@example.org")
  }

  @Test func `the words for people name each recipient and the reason`() {
    let text = report().explanation(host: "mx.example.com", subject: "Plan")
    #expect(
      text == """
        Your message "Plan" could not be delivered, and is not tried again:

          Nobody@example.com
            mail.example.com answered: 550 5.1.1 <nobody@example.com>: no such user here

        It could not be delivered yet. It is tried again, and you need not send it once more:

          slow@example.com
            4.4.1
            Tried until Sat, 09 Mar 2024 01:05:00 +0000

        -- 
        The mail system of mx.example.com

        """)
    #expect(report().subject == "Not delivered: Nobody@example.com")
  }

  @Test(arguments: [("5.1.1", "5.1.1"), (" 4.2.2 (full)", "4.2.2"), ("2.0.0;", "2.0.0"), ("5.7.509 x", "5.7.509")])
  func `status codes are read`(_ text: String, _ code: String) {
    #expect(StatusCode(parsing: text)?.description == code)
  }

  @Test(arguments: ["", "5", "5.1", "5..1", "3.1.1", "5.1234.1", "x5.1.1", "5.1.x", "9999999999999999999.1.1"])
  func `what is no status code is none`(_ text: String) { #expect(StatusCode(parsing: text) == nil) }
}
