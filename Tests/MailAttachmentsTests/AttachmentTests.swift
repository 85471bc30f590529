import MailAttachments
import MailMIME
import Testing

private func message(_ parts: String...) -> Message {
  let body = parts.map { "--b\n\($0)\n" }.joined()
  return Message(
    parsing: Array("From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n\(body)--b--\n".utf8))
}

@Suite struct AttachmentTests {
  @Test func attachmentsAndAttachedMessagesAreListed() {
    let message = message(
      "\nText", "Content-Type: application/pdf; name=a.pdf\n\nx",
      "Content-Type: image/png\nContent-Disposition: inline\n\nx",
      "Content-Type: message/rfc822\n\nSubject: Lunch / dinner?\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nt\n--c\nContent-Type: application/zip\n\nz\n--c--",
      "Content-Type: application/pgp-signature\n\nx")
    let found = attachments(of: message)
    #expect(found.map(\.number) == ["2", "3", "4", "4.2"])
    #expect(found.map { $0.fileName() } == ["a.pdf", "part-3.png", "Lunch - dinner?.eml", "part-4.2.zip"])
    #expect(found.map(\.shownName) == ["a.pdf", nil, "Lunch / dinner?", nil])
    #expect(attachments(of: message, all: true).map(\.number) == ["1", "2", "3", "4", "4.1", "4.2", "5"])
    #expect(attachments(of: message, all: true).map(\.isAttachment) == [false, true, true, true, false, true, false])
  }

  @Test func imagesInsideATextAreListedOnlyWithAll() {
    let text = """
      Content-Type: multipart/related; boundary=r

      --r
      Content-Type: text/html

      <img src="cid:i">
      --r
      Content-Type: image/gif
      Content-ID: <i>

      gif
      --r--
      """
    let message = message(text)
    #expect(attachments(of: message).isEmpty)
    #expect(attachments(of: message, all: true).map { $0.fileName() } == ["part-1.1.html", "part-1.2.gif"])
  }

  @Test func whatWasRemovedIsNoLongerListed() throws {
    let message = message("\nText", "Content-Type: application/pdf; name=a.pdf\n\nx")
    let removed = try #require(message.removing(attachments(of: message).map(\.part), at: MailDate(seconds: 0)))
    #expect(attachments(of: Message(parsing: removed), all: true).map(\.number) == ["1"])
    #expect(attachment("2", of: Message(parsing: removed)) == nil)
  }

  @Test func aPartIsFoundByItsNumber() {
    let message = message(
      "\nText", "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nSGk=")
    #expect(attachment("2", of: message)?.bytes == Array("Hi".utf8))
    #expect(attachment("2", of: message)?.size == 2)
    #expect(attachment("1", of: message)?.isAttachment == false)
    for number in ["", "0", "3", "2.1", "x", "1.HEADER"] { #expect(attachment(number, of: message) == nil) }
    let single = Message(parsing: Array("Subject: s\n\nbody\n".utf8))
    #expect(attachment("1", of: single)?.fileName() == "part-1.txt")
    #expect(attachments(of: single).isEmpty)
  }

  @Test(arguments: [
    ("text/vcard", true), ("text/x-vcard; charset=utf-8", true), ("text/directory; profile=vCard", true),
    ("text/directory", false), ("application/octet-stream; name=\"Ada.VCF\"", true), ("text/calendar", false),
  ])
  func cardsAreKnown(_ type: String, _ expected: Bool) {
    #expect(attachments(of: message("Content-Type: \(type)\n\nx"), all: true).map(\.isContact) == [expected])
  }

  @Test(arguments: [
    ("Content-Type: application/vnd.oasis.opendocument.text", "part-1.odt"),
    ("Content-Type: application/x-unknown", "part-1.bin"),
    ("Content-Type: image/jpeg\nContent-Description: Our garden.JPG", "Our garden.JPG"),
    ("Content-Type: image/jpeg; name=\"...\"", "part-1.jpg"), ("Content-Type: image/jpeg; name=\"..jpg\"", "jpg"),
    ("Content-Type: message/rfc822\n\nSubject: ..", "part-1.eml"),
    ("Content-Type: message/rfc822\n\nX: y", "part-1.eml"),
  ])
  func aPartWithoutANameGetsOne(_ header: String, _ expected: String) {
    #expect(attachments(of: message("\(header)\n\nx"), all: true).first?.fileName() == expected)
  }
}
