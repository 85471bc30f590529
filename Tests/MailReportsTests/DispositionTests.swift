import MailBytes
import MailMIME
import MailReports
import Testing

@Suite struct DispositionTests {
  private func notification() -> DispositionNotification {
    var notification = DispositionNotification(
      finalRecipient: ReportAddress("ben@example.com"),
      disposition: .init(.displayed, isAutomaticAction: false, isSentAutomatically: false))
    notification.reportingUA = "laptop.example.com; Postbag"
    notification.originalRecipient = ReportAddress("Ben@example.com")
    notification.originalMessageID = "one@example.org"
    return notification
  }

  @Test(arguments: DispositionNotification.Kind.allCases, [false, true])
  func `what is built is read back`(_ kind: DispositionNotification.Kind, _ isAutomatic: Bool) {
    var notification = notification()
    notification.disposition = .init(kind, isAutomaticAction: isAutomatic, isSentAutomatically: isAutomatic)
    notification.disposition.modifiers = ["error"]
    notification.errors = ["disk full"]
    let bytes = notification.build(letter(), original: original)
    notification.originalSubject = "Café plan"
    #expect(DispositionNotification(parsing: Message(parsing: bytes)) == notification)
    #expect(DispositionNotification(parsing: Message(parsing: withCRLF(bytes))) == notification)
  }

  @Test func `a notification has the types that RFC 8098 names and asks for none itself`() {
    let message = Message(parsing: notification().build(letter(), original: original))
    #expect(message.root.contentType["report-type"] == "disposition-notification")
    #expect(
      message.root.children.map(\.contentType.mediaType) == [
        "text/plain", "message/disposition-notification", "text/rfc822-headers",
      ])
    #expect(message.headers["Disposition-Notification-To"] == nil)
    let fields = string(message.root.children[1].body)
    #expect(fields.hasSuffix("Disposition: manual-action/MDN-sent-manually; displayed\n"))
    #expect(ReceiptRequest(message, ownAddresses: []) == nil)
  }

  @Test func `addresses beyond ASCII make the global type`() {
    var notification = notification()
    notification.finalRecipient = ReportAddress("jürgen@example.com")
    let message = Message(parsing: notification.build(letter(), original: original))
    #expect(message.root.children[1].contentType.mediaType == "message/global-disposition-notification")
    #expect(DispositionNotification(parsing: message)?.finalRecipient.address == "jürgen@example.com")
  }

  @Test func `a receipt as mail programs write it is read`() throws {
    let read = try #require(DispositionNotification(parsing: message(foreignReceipt)))
    #expect(read.finalRecipient.address == "ben@example.com")
    #expect(read.originalMessageID == "one@example.org")
    #expect(read.disposition == .init(.displayed, isAutomaticAction: false, isSentAutomatically: false))
    #expect(read.reportingUA == "example.com; Some Program 1.0")
  }

  @Test(arguments: [
    ("automatic-action/MDN-sent-automatically; processed/error,x", "processed", true),
    ("automatic-action/MDN-sent-automatically;deleted", "deleted", true),
    ("displayed", "displayed", false),
    ("manual-action/MDN-sent-manually; READ", "displayed", false),
    ("manual-action / MDN-sent-manually ; displayed / warning", "displayed", false),
  ])
  func `dispositions are read`(_ field: String, _ kind: String, _ isAutomatic: Bool) {
    let text = foreignReceipt.split(separator: "Disposition: manual-action/MDN-sent-manually; displayed")
      .joined(separator: "Disposition: \(field)")
    let disposition = DispositionNotification(parsing: message(text))?.disposition
    #expect(disposition?.kind.rawValue == kind)
    #expect(disposition?.isSentAutomatically == isAutomatic)
  }

  @Test func `what does not say what was done is no receipt`() {
    for field in ["", "manual-action/MDN-sent-manually; denied", "x; y", ";", "/"] {
      let text = foreignReceipt.split(separator: "manual-action/MDN-sent-manually; displayed").joined(separator: field)
      #expect(DispositionNotification(parsing: message(text)) == nil)
    }
    #expect(DispositionNotification(parsing: message(foreignBounce)) == nil)
    #expect(DeliveryReport(parsing: message(foreignReceipt)) == nil)
  }

  @Test func `the words for people say what was done and no more`() {
    let text = notification().explanation(subject: "Plan\u{1B}[2J", date: MailDate(seconds: 1_709_546_400))
    #expect(
      text == """
        This is a receipt for the message

          Plan[2J
          of Mon, 04 Mar 2024 10:00:00 +0000
          to Ben@example.com

        It was displayed. That is no promise that it was read or understood.

        """)
  }
}

@Suite struct ReceiptRequestTests {
  private let own = ["ben@example.com", "b@example.net"]

  private func request(_ fields: String..., without: String = "") -> ReceiptRequest? {
    var lines = [
      "Return-Path: <ada@example.org>", "From: Ada <ada@example.org>", "To: Ben@example.com",
      "Disposition-Notification-To: Ada <ada@example.org>", "Message-ID: <one@example.org>",
    ]
    lines.removeAll { line in
      (fields + [without]).contains { !$0.isEmpty && line.hasPrefix($0.prefix { $0 != ":" } + ":") }
    }
    return ReceiptRequest(message((lines + fields).joined(separator: "\n") + "\n\nx\n"), ownAddresses: own)
  }

  @Test func `a plain request may be answered without asking`() {
    #expect(request()?.allowsAutomatic == true)
    #expect(request()?.addresses == [Address(name: "Ada", address: "ada@example.org")])
    #expect(request(without: "Disposition-Notification-To") == nil)
    #expect(request("Disposition-Notification-To:") == nil)
  }

  @Test(arguments: [
    ("Return-Path: <mallory@example.net>", ReceiptRequest.Doubt.otherReturnPath),
    ("Return-Path: <Ada@example.org>", .otherReturnPath),
    ("Return-Path: bounce-ada", .otherReturnPath),
    ("Disposition-Notification-To: ada@example.org, eve@example.net", .severalAddresses),
    ("To: team@example.com", .notAddressed),
    ("List-Id: <list.example.org>", .list),
    ("List-Unsubscribe: <mailto:x@example.org>", .list),
    ("Precedence: bulk", .bulk),
    ("Auto-Submitted: auto-generated", .bulk),
  ])
  func `what is doubtful is asked about`(_ field: String, _ doubt: ReceiptRequest.Doubt) {
    #expect(request(field)?.doubts.contains(doubt) == true)
    #expect(request(field)?.allowsAutomatic == false)
    #expect(request(field)?.obstacle == nil)
  }

  @Test func `case counts before the at sign alone, and several fields are several addresses`() {
    #expect(request("Return-Path: <ada@EXAMPLE.org>")?.allowsAutomatic == true)
    #expect(request("Disposition-Notification-To: ada@example.org, <ada@Example.ORG>")?.allowsAutomatic == true)
    #expect(request(without: "Return-Path")?.doubts == [.noReturnPath])
    #expect(request("Auto-Submitted: no")?.allowsAutomatic == true)
    let two = request("Disposition-Notification-To: ada@example.org", "Disposition-Notification-To: eve@example.net")
    #expect(two?.doubts.contains(.severalAddresses) == true)
  }

  @Test func `reports are not answered`() {
    #expect(request("Return-Path: <>")?.obstacle == .isReport)
    #expect(request("Content-Type: multipart/report; boundary=x")?.obstacle == .isReport)
  }

  @Test func `demands that nobody knows are not met`() {
    let options = "Disposition-Notification-Options: signed-receipt=optional,pkcs7; colour=Required,red"
    #expect(request(options)?.obstacle == .unknownDemand("colour"))
    #expect(request("Disposition-Notification-Options: a=optional,b")?.allowsAutomatic == true)
  }

  @Test func `nobody sends receipts to himself or to no address`() {
    #expect(request("Disposition-Notification-To: B@example.net")?.obstacle == .ownMessage)
    for word in ["nobody", "@example.org", "ada@"] {
      #expect(request("Disposition-Notification-To: <\(word)>")?.obstacle == .badAddress)
    }
  }
}
