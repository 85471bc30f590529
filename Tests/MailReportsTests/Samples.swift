import MailMIME
import MailReports

/// The message that reports are about.
let original = Array(
  """
  Return-Path: <ada@example.org>
  From: Ada <ada@example.org>
  To: ben@example.com
  Disposition-Notification-To: Ada <ada@example.org>
  Message-ID: <one@example.org>
  Subject: =?utf-8?q?Caf=C3=A9?= plan

  Body.

  """.utf8)

func letter(_ text: String = "Words for people.\n", to: String = "ada@example.org") -> ReportLetter {
  ReportLetter(
    from: Address(name: "Mail Delivery System", address: "MAILER-DAEMON@mx.example.com"),
    to: Address(address: to), date: MailDate(seconds: 1_709_546_400, offsetMinutes: 60),
    messageID: "report@mx.example.com", subject: "About it", text: text)
}

func message(_ text: String) -> Message { Message(parsing: Array(text.utf8)) }

func withCRLF(_ bytes: [UInt8]) -> [UInt8] { bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } }

func contains(_ bytes: [UInt8], _ text: String) -> Bool {
  let word = Array(text.utf8)
  guard bytes.count >= word.count else { return false }
  return (0...(bytes.count - word.count)).contains { bytes[$0..<($0 + word.count)].elementsEqual(word) }
}

/// The report of a mail server as many of them write it.
let foreignBounce = """
  Return-Path: <>
  From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
  To: ada@example.org
  Subject: Undelivered Mail Returned to Sender
  Auto-Submitted: auto-replied
  MIME-Version: 1.0
  Content-Type: multipart/report; report-type=delivery-status;
  \tboundary="8D2F1.1709546400/mx.example.com"

  This is a MIME-encapsulated message.

  --8D2F1.1709546400/mx.example.com
  Content-Description: Notification
  Content-Type: text/plain; charset=us-ascii

  I'm sorry.

  --8D2F1.1709546400/mx.example.com
  Content-Description: Delivery report
  Content-Type: message/delivery-status

  Reporting-MTA: dns; mx.example.com
  X-Queue-ID: 8D2F1
  Arrival-Date: Mon,  4 Mar 2024 11:00:00 +0100 (CET)

  Final-Recipient: rfc822; nobody@example.com
  Original-Recipient: rfc822;Nobody@example.com
  Action: failed
  Status: 5.1.1
  Remote-MTA: dns; mail.example.com
  Diagnostic-Code: smtp; 550 5.1.1 <nobody@example.com>: Recipient address
      rejected: User unknown

  Final-Recipient: rfc822; slow@example.com
  Action: delayed
  Status: 4.4.1 (no answer)
  Will-Retry-Until: Sat, 9 Mar 2024 11:00:00 +0100

  --8D2F1.1709546400/mx.example.com
  Content-Description: Undelivered Message
  Content-Type: message/rfc822

  From: Ada <ada@example.org>
  Message-ID: <one@example.org>
  Subject: Plan

  Body.

  --8D2F1.1709546400/mx.example.com--

  """

/// A receipt as mail programs write it.
let foreignReceipt = """
  From: Ben <ben@example.com>
  To: ada@example.org
  Subject: Read: Plan
  MIME-Version: 1.0
  Content-Type: multipart/report; report-type="disposition-notification"; boundary=x

  --x
  Content-Type: text/plain

  It was displayed.
  --x
  Content-Type: message/disposition-notification; name="MDNPart2.txt"
  Content-Transfer-Encoding: 7bit

  Reporting-UA: example.com; Some Program 1.0
  Final-Recipient: rfc822;ben@example.com
  Original-Message-ID: <one@example.org>
  Disposition: manual-action/MDN-sent-manually; displayed

  --x--

  """
