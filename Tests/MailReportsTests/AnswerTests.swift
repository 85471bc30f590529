import MailBytes
import MailMIME
import MailReports
import Testing

@Suite struct AnswerTests {
  private let own = ["ben@example.com", "b@example.net"]

  @Test(arguments: [
    ("To: Ben <BEN@example.com>\nCc: b@example.net\n", "BEN@example.com"),
    ("To: ada@example.org\nCc: B@example.net\n", "B@example.net"),
    ("To: list@example.org\nDelivered-To: b@example.net\n", "b@example.net"),
    ("To: list@example.org\nDelivered-To: other@example.net\n", "ben@example.com"),
    ("To: list@example.org\n", "ben@example.com"), ("", "ben@example.com"),
  ]) func `the receipt is from the address that the message came to`(_ fields: String, _ expected: String) {
    #expect(ReceiptRequest.recipient(of: message(fields + "\nx\n"), ownAddresses: own) == expected)
  }

  @Test func `without addresses of one's own it is where the message was delivered, or the first recipient`() {
    let delivered = message("To: list@example.org\nDelivered-To: b@example.net\n\n")
    #expect(ReceiptRequest.recipient(of: delivered, ownAddresses: []) == "b@example.net")
    #expect(ReceiptRequest.recipient(of: message("To: a@example.org\n\n"), ownAddresses: []) == "a@example.org")
    #expect(ReceiptRequest.recipient(of: message("\n"), ownAddresses: []) == nil)
  }

  @Test func `a receipt tells nothing but what was asked for`() throws {
    let text = """
      Return-Path: <ada@example.org>
      Received: from secret.internal.example.com by mx.example.com; Mon, 4 Mar 2024 10:00:00 +0000
      Disposition-Notification-To: ada@example.org, eve@example.org
      Original-Recipient: rfc822;Ben.Example@example.com
      Message-ID: <one@example.org>
      Subject: =?utf-8?q?Caf=C3=A9?=
      Date: Mon, 4 Mar 2024 10:00:00 +0000

      The secret text.
      """
    let asking = message(text)
    let request = try #require(ReceiptRequest(asking, ownAddresses: own))
    let bytes = request.receipt(
      for: asking, from: Address(name: "Ben", address: "ben@example.com"),
      disposition: .init(.displayed, isAutomaticAction: false, isSentAutomatically: true),
      date: MailDate(seconds: 1_709_546_400), messageID: "new@example.com")
    #expect(!contains(bytes, "secret"))
    let receipt = Message(parsing: bytes)
    #expect(receipt.headers.addresses("To").map(\.address) == ["ada@example.org", "eve@example.org"])
    #expect(receipt.headers.text("Subject") == "Receipt: Café")
    let read = try #require(DispositionNotification(parsing: receipt))
    #expect(read.originalMessageID == "one@example.org")
    #expect(read.originalRecipient?.address == "Ben.Example@example.com")
    #expect(read.finalRecipient.address == "ben@example.com")
    #expect(read.disposition.isSentAutomatically)
    // Nothing answers a receipt.
    #expect(ReceiptRequest(receipt, ownAddresses: []) == nil)
  }
}
