import Foundation
import MailBytes
import MailMIME
import Testing

private let plain = MessageFooter(text: "Example GmbH, Köln\nwww.example.org")
private let ascii = MessageFooter(text: "Example Ltd.\nwww.example.org", html: "<p>Example <b>Ltd.</b></p>")

private let htmlBlock = "<div style=\"display:block !important\">\n<p>Example <b>Ltd.</b></p>\n</div>"

@Suite struct FooterTests {
  /// The message after the footer came in, once and twice the same.
  private func added(_ text: String, _ footer: MessageFooter?, crlf: Bool = false) throws -> Message {
    let footer = try #require(footer)
    var bytes = Array(text.utf8)
    if crlf { bytes = Fixtures.withCRLF(bytes) }
    let message = Message(parsing: bytes)
    guard case .added(let edits) = message.adding(footer) else {
      Issue.record("nothing was added")
      return message
    }
    let result = Message(parsing: message.applying(edits))
    #expect(result.adding(footer) == .present)
    if crlf {
      let bare = result.bytes.indices.contains { result.bytes[$0] == 0x0A && ($0 == 0 || result.bytes[$0 - 1] != 0x0D) }
      #expect(!bare)
    }
    return result
  }

  private func lines(_ text: String) -> String {
    text.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
  }

  @Test(arguments: [false, true]) func `a plain text ends with the footer`(_ crlf: Bool) throws {
    let result = try added("Subject: x\n\nHello.\n\n\n", ascii, crlf: crlf)
    #expect(lines(result.root.text()) == "Hello.\n\nExample Ltd.\nwww.example.org\n")
    #expect(result.root.transferEncoding == .sevenBit)
    #expect(result.headers["Content-Type"] == nil)
  }

  @Test(arguments: [false, true]) func `letters beyond ASCII change charset and encoding where they must`(_ crlf: Bool)
    throws
  {
    let result = try added("Subject: x\nContent-Type: text/plain; charset=us-ascii; x=y\n\nHello.\n", plain, crlf: crlf)
    #expect(lines(result.root.text()) == "Hello.\n\nExample GmbH, Köln\nwww.example.org\n")
    #expect(result.root.contentType.charset == "utf-8")
    #expect(result.root.contentType["x"] == "y")
    #expect(result.root.transferEncoding == .quotedPrintable)
    #expect(result.headers.all("MIME-Version").count == 1)
    #expect(result.bytes.allSatisfy { $0 < 0x80 })
  }

  @Test func `a text in another charset becomes UTF-8, and its letters stay`() throws {
    let head = Array("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nGr".utf8)
    let message = Message(parsing: head + [0xFC, 0xDF, 0x65, 0x0A])
    guard let plain, case .added(let edits) = message.adding(plain) else {
      Issue.record("nothing was added")
      return
    }
    let result = Message(parsing: message.applying(edits))
    #expect(result.root.text() == "Grüße\n\nExample GmbH, Köln\nwww.example.org\n")
    #expect(result.root.contentType.charset == "utf-8")
    #expect(result.root.transferEncoding == .eightBit)
    #expect(result.adding(plain) == .present)
  }

  @Test func `a footer in ASCII leaves an 8-bit charset as it is`() throws {
    let head = Array("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n".utf8)
    let message = Message(parsing: head + [0xFC, 0x0A])
    guard let ascii, case .added(let edits) = message.adding(ascii) else {
      Issue.record("nothing was added")
      return
    }
    #expect(message.applying(edits).starts(with: head + [0xFC, 0x0A, 0x0A, 0x45]))
  }

  @Test(arguments: [("base64", "SGVsbG8uDQo=\n"), ("quoted-printable", "Hel=\nlo.=20\n")], [false, true])
  func `encoded texts are encoded again`(_ form: (String, String), _ crlf: Bool) throws {
    let text = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: \(form.0)\n\n\(form.1)"
    let result = try added(text, plain, crlf: crlf)
    #expect(result.root.transferEncoding.rawValue == form.0)
    let shown = lines(result.root.text())
    #expect(shown.hasPrefix("Hello."))
    #expect(shown.hasSuffix("\n\nExample GmbH, Köln\nwww.example.org\n"))
  }

  @Test func `UTF-16 and ISO-2022-JP become UTF-8`() throws {
    var utf16: [UInt8] = []
    for unit in "Grüße\n".utf16 { utf16 += [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    let first = "Content-Type: text/plain; charset=utf-16be\nContent-Transfer-Encoding: base64\n\n"
    let result = try added(first + string(Base64.encode(utf16.span)) + "\n", ascii)
    #expect(result.root.text().hasPrefix("Grüße\n\nExample Ltd."))
    let second = "Content-Type: text/plain; charset=iso-2022-jp\n\n\u{1B}$BF|K\\\u{1B}(B\n"
    #expect(try added(second, ascii).root.text().hasPrefix("日本\n\nExample Ltd."))
  }

  @Test func `flowed text stays flowed, and no line of it takes the footer in`() throws {
    let text = "Content-Type: text/plain; format=flowed\n\nA long \nline that flows \n"
    let footer = MessageFooter(text: "From here\n> not a quote\n" + String(repeating: "word ", count: 40))
    let result = try added(text, footer)
    let paragraphs = FlowedText.paragraphs(of: result.root.text())
    #expect(paragraphs[0].text == "A long line that flows")
    #expect(paragraphs[1].text.isEmpty)
    #expect(paragraphs[2].text == "From here" && paragraphs[2].quoteDepth == 0)
    #expect(paragraphs[3].text == "> not a quote" && paragraphs[3].quoteDepth == 0)
    #expect(paragraphs[4].text.hasPrefix("word word"))
    #expect(result.root.text().split(separator: "\n").allSatisfy { $0.count < 80 })
  }

  @Test(arguments: [false, true]) func `each alternative gets its own form, attachments none`(_ crlf: Bool) throws {
    let text = """
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=m

      --m
      Content-Type: multipart/alternative; boundary=a

      --a
      Content-Type: text/plain; charset=utf-8

      Hello.

      --a
      Content-Type: multipart/related; boundary=r

      --r
      Content-Type: text/html; charset=utf-8

      <html><body><p>Hello.</p></body></html>
      --r
      Content-Type: image/png
      Content-Transfer-Encoding: base64
      Content-ID: <i@example.org>

      iVBORw0KGgo=
      --r--
      --a--
      --m
      Content-Type: text/plain
      Content-Disposition: attachment; filename=notes.txt

      Notes.
      --m
      Content-Type: message/rfc822

      Subject: inner

      Inner.
      --m--

      """
    let result = try added(text, ascii, crlf: crlf)
    let before = Message(parsing: crlf ? Fixtures.withCRLF(Array(text.utf8)) : Array(text.utf8))
    #expect(result.allParts.map(\.contentType) == before.allParts.map(\.contentType))
    #expect(lines(result.part("1.1")?.text() ?? "") == "Hello.\n\nExample Ltd.\nwww.example.org")
    let html = lines(result.part("1.2.1")?.text() ?? "")
    #expect(html == "<html><body><p>Hello.</p>\n\(htmlBlock)\n</body></html>")
    #expect(result.part("2")?.text() == "Notes.")
    for number in ["1.2.2", "3"] { #expect(result.part(number)?.body == before.part(number)?.body) }
  }

  @Test(arguments: [
    ("<p>x</p>", ""), ("<p>x</BODY ></hTML>", "</BODY ></hTML>"), ("x</html>\n", "</html>\n"),
    ("x<!-- </body> -->", ""), ("x</body><!-- </body> -->", "</body><!-- </body> -->"),
    ("<script>'</body>'</script>y", ""), ("<p title='</body>'>x", ""), ("<p title=\"</body>", ""),
    ("a < b </body>", "</body>"), ("x<!-- never closed </body>", ""), ("<style>p {", ""), ("", ""), ("<", ""),
    ("</", ""),
    ("<p", ""), ("<title>x</body>", ""), ("<p it's>x</body>", "</body>"),
  ]) func `the footer is in HTML where it is shown`(_ html: String, _ rest: String) throws {
    let result = try added("Content-Type: text/html; charset=utf-8\n\n\(html)", ascii)
    let text = result.root.text()
    let place = try #require(text.firstRange(of: htmlBlock))
    let behind = String(text[place.upperBound...])
    #expect(behind == "\n" + rest || behind == "\n" + rest + "\n")
  }

  @Test func `what would hide the footer is closed before it`() throws {
    for (html, closing) in [
      ("x<!-- open", "-->"), ("<style>p {", "</style>"), ("<p title=\"x", "\">"), ("<textarea>", "</textarea>"),
    ] {
      let text = try added("Content-Type: text/html\n\n\(html)", ascii).root.text()
      #expect(text.hasPrefix("\(html)\(closing)\n<div"))
    }
  }

  @Test func `a footer of text alone is escaped in HTML, and one of HTML alone makes a text`() throws {
    let text = try #require(MessageFooter(text: "a < b & \"ü\"\nc"))
    #expect(text.html == "a &lt; b &amp; &quot;&#252;&quot;<br>\nc")
    let html = try #require(MessageFooter(text: nil, html: "<p>One &amp; two</p><p>three</p>"))
    #expect(html.text == "One & two\nthree")
    #expect(MessageFooter(text: "\n \n", html: " ") == nil)
  }

  @Test func `a quoted footer is not the footer`() throws {
    let result = try added("\nTop.\n\n> Example Ltd.\n> www.example.org\n", ascii)
    #expect(result.root.text().hasSuffix("> www.example.org\n\nExample Ltd.\nwww.example.org\n"))
    let above = try added("\nExample Ltd.\nwww.example.org\n\nMore.\n", ascii)
    #expect(above.root.text().hasSuffix("More.\n\nExample Ltd.\nwww.example.org\n"))
  }

  private let signed = """
    Subject: x
    MIME-Version: 1.0
    Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha256;
     boundary=s

    --s
    Content-Type: text/plain; charset=utf-8

    Hello.FOOTER

    --s
    Content-Type: application/pgp-signature

    -----BEGIN PGP SIGNATURE-----
    -----END PGP SIGNATURE-----
    --s--

    """

  @Test(arguments: [false, true]) func `what is signed stays whole, with the footer beside it`(_ crlf: Bool) throws {
    let text = signed.split(separator: "FOOTER").joined()
    let result = try added(text, plain, crlf: crlf)
    #expect(result.root.contentType.mediaType == "multipart/mixed")
    #expect(result.headers.text("Subject") == "x")
    #expect(result.defects.isEmpty)
    let inner = try #require(result.part("1"))
    let before = Message(parsing: crlf ? Fixtures.withCRLF(Array(text.utf8)) : Array(text.utf8))
    #expect(inner.contentType == before.root.contentType)
    #expect(result.part("1.1")?.rawHeader == before.part("1")?.rawHeader)
    #expect(result.part("1.1")?.body == before.part("1")?.body)
    let note = lines(result.part("2")?.text() ?? "")
    #expect(note.hasPrefix("Example GmbH, Köln\nwww.example.org"))
  }

  @Test func `what was signed with the footer is complete`() throws {
    let text = signed.split(separator: "FOOTER").joined(separator: "\n\nExample GmbH, Köln\nwww.example.org\n")
    #expect(Message(parsing: Array(text.utf8)).adding(try #require(plain)) == .present)
  }

  @Test func `what is encrypted can have none`() throws {
    let footer = try #require(plain)
    let pgp =
      "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=e\n\n--e\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--e\nContent-Type: application/octet-stream\n\nx\n--e--\n"
    #expect(Message(parsing: Array(pgp.utf8)).adding(footer) == .sealed("OpenPGP"))
    let smime = "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx\n"
    #expect(Message(parsing: Array(smime.utf8)).adding(footer) == .sealed("S/MIME"))
  }

  @Test func `reports and what only programs read get none`() throws {
    let footer = try #require(plain)
    for type in ["multipart/report; boundary=x", "text/calendar", "message/rfc822"] {
      #expect(Message(parsing: Array("Content-Type: \(type)\n\n--x\n\ny\n--x--\n".utf8)).adding(footer) == .unfit)
    }
  }

  @Test func `a message without a text gets the footer as one`() throws {
    let result = try added(
      "Subject: x\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n", ascii)
    #expect(result.root.children.map(\.contentType.mediaType) == ["application/pdf", "text/plain"])
    #expect(string(result.part("1")?.decodedBody() ?? []) == "%PDF-")
    #expect(result.part("1")?.filename == "a.pdf")
  }

  @Test func `a boundary that a line of the footer looks like hides nothing`() throws {
    let footer = try #require(MessageFooter(text: "--b\nExample Ltd."))
    let message = Message(parsing: Array("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello.\n--b--\n".utf8))
    guard case .added(let edits) = message.adding(footer) else {
      Issue.record("nothing was added")
      return
    }
    let result = Message(parsing: message.applying(edits))
    #expect(result.root.children.last?.text().hasPrefix("--b\nExample Ltd.") == true)
  }
}

@Suite struct FooterRobustnessTests {
  private func check(_ bytes: [UInt8]) {
    for footer in [plain, ascii] {
      guard let footer else { continue }
      let message = Message(parsing: bytes)
      guard case .added(let edits) = message.adding(footer) else { continue }
      var position = 0
      for edit in edits {
        #expect(edit.range.lowerBound >= position && edit.range.upperBound <= bytes.count)
        position = edit.range.upperBound
      }
      let result = message.applying(edits)
      // Whatever the message was, people can see the footer somewhere.
      let shown = Message(parsing: result).allParts.contains { part in
        part.contentType.isText() && part.text().contains("www.example.org") || part.text().contains("Example <b>Ltd.")
      }
      #expect(shown, "\(string(bytes.suffix(80)).debugDescription) => \(string(result.suffix(300)).debugDescription)")
    }
  }

  @Test(arguments: Fixtures.names) func `every beginning of every fixture can have a footer`(_ name: String) throws {
    let bytes = try Fixtures.message(name)
    for form in [bytes, Fixtures.withCRLF(bytes)] where form.count < 20_000 {
      for count in stride(from: 0, through: form.count, by: max(1, form.count / 60)) { check(Array(form[..<count])) }
    }
  }

  /// Found by fuzzing: a part with two types and a line that is no field lost its encoding.
  @Test func `a part with a damaged header can have a footer`() throws {
    let file = Fixtures.folder.appending(path: "footer-damaged.bin")
    check([UInt8](try Data(contentsOf: file)))
  }

  @Test(arguments: Fixtures.names) func `damaged fixtures can have a footer`(_ name: String) throws {
    let original = try Fixtures.message(name)
    guard !original.isEmpty, original.count < 20_000 else { return }
    var numbers = SeededNumbers(state: 20_240_906)
    var bytes = original
    for round in 0..<60 {
      bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      if round % 10 == 0 { bytes = original }
      check(bytes)
    }
  }
}
