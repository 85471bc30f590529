import MailBytes
import MailMIME
import Testing

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
private let first = bytes("Content-Type: text/x-first\n\none")
private let second = bytes("Content-Type: text/x-second\n\ntwo\n")

private func adding(
  _ text: String, html: Bool = false, encoding: TransferEncoding = .sevenBit, parts: [[UInt8]] = [first, second]
) throws -> String {
  let message = Message(parsing: bytes(text))
  let place = html ? message.html?.place ?? .mixed : .mixed
  let addition = try message.adding(parts.count, at: place, encoding: encoding)
  return String(decoding: message.octets(of: addition.pieces, parts: parts), as: UTF8.self)
}

@Suite struct AdditionTests {
  @Test func aMixedMessageGetsTheParts() throws {
    let old = """
      From: a@example.org
      Content-Type: multipart/mixed; boundary="b"

      preamble
      --b

      Hello
      --b--
      epilogue

      """
    let new = try adding(old)
    let expected = """
      --b
      Content-Type: text/x-first

      one
      --b
      Content-Type: text/x-second

      two

      --b--
      epilogue

      """
    #expect(new == String(old.prefix(old.count - 15)) + expected)
  }

  @Test func aTextIsWrappedAndItsFieldsGoWithIt() throws {
    let new = try adding(
      """
      From: a@example.org
      MIME-Version: 1.0
      Content-Type: text/plain;
       charset=utf-8
      Content-Transfer-Encoding: quoted-printable
      Subject: x

      Gr=C3=B6=C3=9Fe

      """)
    let message = Message(parsing: bytes(new))
    let boundary = message.root.contentType["boundary"] ?? ""
    #expect(
      new == """
        From: a@example.org
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="\(boundary)"
        Subject: x

        --\(boundary)
        Content-Type: text/plain;
         charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=B6=C3=9Fe

        --\(boundary)
        Content-Type: text/x-first

        one
        --\(boundary)
        Content-Type: text/x-second

        two

        --\(boundary)--

        """)
  }

  @Test(arguments: ["Subject: x\n\nText\n", "Subject: x\n\nText", "Subject: x\n\n", "Subject: x\n", "Subject: x"])
  func aMessageWithoutMIMEGetsIt(_ old: String) throws {
    for text in [old, String(decoding: Fixtures.withCRLF(bytes(old)), as: UTF8.self)] {
      let message = Message(parsing: bytes(try adding(text)))
      #expect(message.defects.isEmpty)
      #expect(message.headers.text("MIME-Version") == "1.0")
      #expect(message.headers.text("Subject") == "x")
      #expect(message.root.children.count == 3)
      #expect(message.root.children[0].text() == Message(parsing: bytes(text)).root.text())
    }
  }

  @Test func textThatNoFieldTellsOfIsToldOf() throws {
    let new = Message(parsing: bytes(try adding("Subject: x\n\nGröße\n")))
    #expect(new.root.transferEncoding == .eightBit)
    #expect(new.root.children[0].contentType.charset == "utf-8")
    #expect(new.root.children[0].transferEncoding == .eightBit)
    let old = Message(parsing: bytes("Subject: x\n\nGr\u{0}") + [0xF6, 0x0A])
    let addition = try old.adding(0, at: .mixed)
    let latin = Message(parsing: old.octets(of: addition.pieces))
    #expect(latin.root.children[0].contentType.charset == "unknown-8bit")
    #expect(latin.root.children[0].decodedBody() == Array(old.root.body))
  }

  @Test func whatIsNoMixedIsWrapped() throws {
    let old =
      "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nx\n--b\nContent-Type: text/html\n\n<p>\n--b--\n"
    let new = Message(parsing: bytes(try adding(old)))
    #expect(
      new.root.children.map { $0.contentType.mediaType } == ["multipart/alternative", "text/x-first", "text/x-second"])
    #expect(new.root.children[0].children.count == 2)
  }

  @Test func multipartsWithoutPartsOrBoundaryAreWrapped() throws {
    for old in [
      "Content-Type: multipart/mixed; boundary=b\n\nnothing\n", "Content-Type: multipart/mixed\n\n--b\n\nx\n--b--\n",
    ] {
      let new = Message(parsing: bytes(try adding(old)))
      #expect(
        new.root.children.map { $0.contentType.mediaType } == ["multipart/mixed", "text/x-first", "text/x-second"])
    }
  }

  @Test func aMultipartThatWasNeverClosedIsClosed() throws {
    let new = try adding("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n")
    #expect(
      new.hasSuffix(
        "--b\n\nx\n\n--b\nContent-Type: text/x-first\n\none\n--b\nContent-Type: text/x-second\n\ntwo\n\n--b--\n"))
    #expect(Message(parsing: bytes(new)).defects.isEmpty)
  }

  @Test func anEmptyLastPartStaysEmpty() throws {
    let new = Message(parsing: bytes(try adding("Content-Type: multipart/mixed; boundary=b\n\n--b\nX: y\n\n--b--\n")))
    #expect(new.root.children.map { String(decoding: $0.body, as: UTF8.self) } == ["", "one", "two\n"])
  }

  @Test func anotherBoundaryIsTakenWhereAPartHasIt() throws {
    let old = Message(parsing: bytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n"))
    let addition = try old.adding(1, at: .mixed) { $0 != "b" }
    let new = Message(parsing: old.octets(of: addition.pieces, parts: [bytes("\n--b\n\nfalse\n")]))
    #expect(new.root.children.map { $0.contentType.mediaType } == ["multipart/mixed", "text/plain"])
    #expect(new.root.children[1].text() == "--b\n\nfalse\n")
    #expect(addition.boundaries.count == 1 && addition.boundaries != ["b"])
  }

  @Test func wideOctetsAreToldOf() throws {
    let old = """
      Content-Type: multipart/alternative; boundary=b
      Content-Transfer-Encoding: 7bit

      --b
      Content-Type: multipart/related; boundary=c

      --c
      Content-Type: text/html

      <p>
      --c--
      --b--

      """
    let new = Message(parsing: bytes(try adding(old, html: true, encoding: .eightBit)))
    #expect(new.root.transferEncoding == .eightBit)
    #expect(new.root.children[0].transferEncoding == .eightBit)
    #expect(new.root.children[0].children.count == 3)
  }

  @Test func imagesGoBesideTheHTML() throws {
    let alternative = """
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: multipart/alternative; boundary=c

      --c

      x
      --c
      Content-Type: text/html; charset=utf-8
      Content-Transfer-Encoding: 8bit

      <p>ö
      --c--
      --b
      Content-Type: application/pdf

      pdf
      --b--

      """
    let once = try adding(alternative, html: true)
    let message = Message(parsing: bytes(once))
    let related = message.root.children[0].children[1]
    #expect(related.contentType.mediaType == "multipart/related")
    #expect(related.contentType["type"] == "text/html")
    #expect(related.transferEncoding == .eightBit)
    #expect(related.children.map { $0.contentType.mediaType } == ["text/html", "text/x-first", "text/x-second"])
    #expect(related.children[0].text() == "<p>ö")
    #expect(message.root.children[1].decodedBody() == bytes("pdf"))
    let twice = Message(parsing: bytes(try adding(once, html: true)))
    #expect(twice.root.children[0].children[1].children.count == 5)
    #expect(twice.allParts.count(where: { $0.contentType.subtype == "related" }) == 1)
  }

  @Test func htmlAloneIsWrapped() throws {
    let new = Message(parsing: bytes(try adding("Content-Type: text/html\n\n<p>\n", html: true)))
    #expect(new.root.contentType.mediaType == "multipart/related")
    #expect(new.headers.text("MIME-Version") == "1.0")
  }

  @Test func htmlThatIsAttachedIsNotTheText() {
    let message = Message(
      parsing: bytes(
        """
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: message/rfc822

        Content-Type: text/html

        <p>
        --b
        Content-Type: text/html
        Content-Disposition: attachment

        <p>
        --b--

        """))
    #expect(message.html == nil)
  }

  @Test func signedAndEncryptedMessagesAreLeftAlone() {
    func refusal(_ type: String, html: Bool = false) -> AdditionRefusal? {
      let text = "Content-Type: \(type); boundary=b\n\n--b\nContent-Type: text/html\n\n<p>\n--b\n\ny\n--b--\n"
      do {
        _ = try adding(text, html: html)
        return nil
      } catch { return error as? AdditionRefusal }
    }
    #expect(refusal("multipart/signed; protocol=\"application/pgp-signature\"") == .signed("OpenPGP"))
    #expect(refusal("multipart/signed; protocol=\"application/pkcs7-signature\"", html: true) == .signed("S/MIME"))
    #expect(refusal("multipart/encrypted; protocol=\"application/pgp-encrypted\"") == .sealed("OpenPGP"))
    #expect(refusal("application/pkcs7-mime; smime-type=signed-data") == .sealed("S/MIME"))
    #expect(refusal("multipart/report") == nil)
  }

  @Test(arguments: Fixtures.names) func everythingElseStays(_ name: String) throws {
    let original = try Fixtures.message(name)
    for octets in [original, Fixtures.withCRLF(original)] {
      let old = Message(parsing: octets)
      // Where a bare CR ends lines the new parts would have to do so too.
      if old.lineBreak == [0x0D] { continue }
      guard let addition = try? old.adding(2, at: .mixed) else { continue }
      let new = Message(parsing: old.octets(of: addition.pieces, parts: [first, second]))
      #expect(new.root.children.suffix(2).map { $0.contentType.subtype } == ["x-first", "x-second"])
      let others = old.headers.fields.filter {
        !$0.name.lowercased().hasPrefix("content-") && $0.name.lowercased() != "mime-version"
      }
      let kept = new.headers.fields.filter {
        !$0.name.lowercased().hasPrefix("content-") && $0.name.lowercased() != "mime-version"
      }
      #expect(others.map { Array($0.value) } == kept.map { Array($0.value) })
      let oldLeaves = old.allParts.filter { $0.children.isEmpty }.map { Array($0.body) }
      let newLeaves = new.allParts.filter { $0.children.isEmpty }.map { Array($0.body) }
      #expect(oldLeaves == Array(newLeaves.dropLast(2)))
    }
  }
}

@Suite struct HeaderEditsTests {
  private let old = """
    Received: by x
    SUBJECT: one
     two
    Bcc: c@example.org
    subject: three
    X-Odd : 1
    no field
    To: b@example.org

    Body
    Subject: not this

    """

  private func edited(_ text: String, _ body: (inout HeaderEdits) -> Void) -> String {
    var edits = HeaderEdits(Message(parsing: bytes(text)))
    body(&edits)
    return String(decoding: edits.apply(), as: UTF8.self)
  }

  @Test func nothingChangedIsNothingChanged() { #expect(edited(old) { _ in } == old) }

  @Test func theFirstFieldIsReplacedAndTheOthersGo() {
    let new = edited(old) { $0.set(.text("Subject", "Größe")) }
    #expect(
      new == """
        Received: by x
        Subject: =?utf-8?b?R3LDtsOfZQ==?=
        Bcc: c@example.org
        X-Odd : 1
        no field
        To: b@example.org

        Body
        Subject: not this

        """)
  }

  @Test func fieldsAreRemoved() {
    let new = edited(old) {
      $0.remove("bcc")
      $0.remove { $0 == "subject" }
    }
    #expect(new == "Received: by x\nX-Odd : 1\nno field\nTo: b@example.org\n\nBody\nSubject: not this\n")
  }

  @Test func newFieldsComeLast() {
    let new = edited(old) {
      $0.set(.messageIDs("Message-ID", ["a@b"]))
      $0.add(.value("X-New", "1"))
    }
    #expect(
      new.hasPrefix(old.prefix(old.count - "\nBody\nSubject: not this\n".count) + "Message-ID: <a@b>\nX-New: 1\n\nBody")
    )
  }

  @Test(arguments: ["", "Subject: x", "Subject: x\n", "Subject: x\n\n", "\nBody"]) func everyHeaderCanBeAddedTo(
    _ text: String
  ) {
    let new = Message(parsing: bytes(edited(text) { $0.set(.value("X-New", "1")) }))
    #expect(new.headers.text("X-New") == "1")
    #expect(new.defects.isEmpty)
    #expect(new.root.body.elementsEqual(Message(parsing: bytes(text)).root.body))
  }

  @Test func aMessageWithCRLFGetsCRLF() {
    let new = edited("A: b\r\n\r\nx\n") { $0.add(.value("C", "d")) }
    #expect(new == "A: b\r\nC: d\r\n\r\nx\n")
  }

  @Test func anAttachedMessageTellsNoSecrets() {
    let text =
      "From ada Mon Jan  1 00:00:00 2024\r\nBcc: c@example.org\r\nTo: b@example.org\r\nPostbag-Draft: x\r\n\r\nBcc: this\r\n"
    #expect(
      String(decoding: Message(parsing: bytes(text)).embedded(), as: UTF8.self) == "To: b@example.org\n\nBcc: this\n")
  }
}
