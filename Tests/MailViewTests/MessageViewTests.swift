import MailBytes
import MailMIME
import Testing

@testable import MailView

/// `text` as a message with CRLF at the ends of its lines.
func message(_ text: String) -> Message {
  Message(parsing: Array(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8))
}

func lines(_ text: String, _ change: (inout MessageView.Options) -> Void = { _ in }) -> [String] {
  var options = MessageView.Options()
  options.width = 60
  change(&options)
  return MessageView(message(text), options: options).lines.map { $0.label + $0.text }
}

/// The lines below the header.
private func body(_ text: String, _ change: (inout MessageView.Options) -> Void = { _ in }) -> [String] {
  lines(text) {
    $0.showsHeader = false
    change(&$0)
  }
}

@Suite struct HeaderTests {
  static let header = """
    Received: from a.example.org by b.example.org; Tue, 5 Mar 2024 14:03:12 +0100
    Subject: =?utf-8?q?Caf=C3=A9?= with
      friends
    To: Bob <bob@example.org>, team: carol@example.org, dave@example.org;
    Date: Tue, 5 Mar 2024 14:03:11 +0100
    From: "Example, Ada" <ada@example.org>
    """

  @Test func `The fields that matter come in the order in which they are read`() {
    #expect(
      lines(Self.header + "\n\nHello\n") == [
        "From: Example, Ada <ada@example.org>", "To: Bob <bob@example.org>, team: carol@example.org,",
        "    dave@example.org",
        "Date: Tue, 05 Mar 2024 14:03:11 +0100 (13:03 here)", "Subject: Café with friends", "", "Hello",
      ])
  }

  @Test func `A date in local time is said once`() {
    #expect(
      lines(Self.header + "\n\nx\n") { $0.localOffset = { _ in 60 } }.contains("Date: Tue, 05 Mar 2024 14:03:11 +0100"))
    #expect(
      lines(Self.header + "\n\nx\n") {
        $0.width = 80
        $0.localOffset = { _ in 11 * 60 }
      }
      .contains("Date: Tue, 05 Mar 2024 14:03:11 +0100 (Wed 06 Mar, 00:03 here)"))
  }

  @Test func `Reply-To, Sender, lists and priority show only when they say something`() {
    let shown = lines(
      """
      From: ada@example.org
      Sender: robot@example.net
      Reply-To: ADA@example.org
      List-Id: Gardeners <garden.example.org>
      X-Priority: 1

      x
      """)
    #expect(shown == ["From: ada@example.org", "List: Gardeners <garden.example.org>", "Priority: high", "", "x"])
    #expect(lines("From: ada@example.org\nReply-To: bob@example.org\n\nx").contains("Reply-To: bob@example.org"))
    #expect(lines("From: ada@example.org\nSender: robot@example.net\n\nx").contains("Sender: robot@example.net"))
  }

  @Test func `Tags follow the header, a comment stands above it`() {
    let shown = lines("Subject: s\n\nx") {
      $0.annotations = [("Tags", "red, blue")]
      $0.comment = "call\n\n  ba\u{1B}ck"
    }
    #expect(shown == ["Comment: call", "", "           back", "", "Subject: s", "Tags: red, blue", "", "x"])
  }

  @Test func `A field with very many addresses is counted`() {
    let list = (0..<500).map { "a\($0)@example.org" }.joined(separator: ",\n ")
    let shown = lines("To: \(list)\n\nx")
    #expect(shown.joined(separator: " ").contains("and 450 more"))
  }

  @Test func `Control characters never get through`() {
    let shown = lines(
      "Subject: =?utf-8?q?a=1B]0;x=07b=E2=80=AEc?=\nFrom: \"\u{1B}[2J\" <a@example.org>\n\nx\u{1B}[31my\u{9B}z\u{202E}\n\tt\n"
    )
    #expect(shown == ["From: [2J <a@example.org>", "Subject: a]0;xbc", "", "x[31myz", "        t"])
  }
}

@Suite struct TextTests {
  @Test func `Flowed text is wrapped anew and keeps its quotes`() {
    let shown = body(
      """
      Content-Type: text/plain; format=flowed

      > One two three four five six seven eight nine ten eleven 
      > twelve thirteen.
      >> deeper
      Answer.
      -- 
      Ada
      """
    ) { $0.width = 40 }
    #expect(
      shown == [
        "> One two three four five six seven", "> eight nine ten eleven twelve thirteen.", ">> deeper", "Answer.",
        "-- ", "Ada",
      ])
  }

  @Test func `Fixed lines stay as they are, or are wrapped with their quote marks`() {
    let text = "Content-Type: text/plain\n\n> > one two three four five six seven eight nine ten eleven\n  x  y\n"
    #expect(body(text) == ["> > one two three four five six seven eight nine ten eleven", "  x  y"])
    #expect(
      body(text) {
        $0.width = 40
        $0.wrapsFixedLines = true
      } == ["> > one two three four five six seven", "> > eight nine ten eleven", "  x  y"])
  }

  @Test func `Quotes and signatures are told from text`() {
    var options = MessageView.Options()
    options.showsHeader = false
    let view = MessageView(message("\n\n> a\n>> b\n> > c\ntext\n>From here\n-- \nsig"), options: options)
    #expect(view.lines.map(\.kind) == [.quote(1), .quote(2), .quote(2), .text, .text, .signature, .signature])
  }

  @Test func `HTML becomes text, and remote content is announced`() {
    let shown = body(
      """
      Content-Type: text/html; charset=iso-8859-1
      Content-Transfer-Encoding: quoted-printable

      <p>Caf=E9</p><blockquote type=3D"cite">quoted</blockquote><img src=3D"http://x.example.org/a.png">
      <a href=3D"https://example.org/">here</a>
      """)
    #expect(
      shown == [
        "Café", "", "> quoted", "", "here [1]", "", "[1] https://example.org/", "", "1 remote image was not loaded.",
      ])
  }

  @Test func `A charset in the document counts only when the part names none`() {
    let html = "<meta charset=utf-8><p>Caf\u{E9}"
    #expect(body("Content-Type: text/html\n\n" + html) == ["Café"])
  }

  @Test func `A huge text is cut and said to be`() {
    let shown = body("Content-Type: text/plain\n\n" + String(repeating: "0123456789 abcde\n", count: 1000)) {
      $0.textLimit = 1600
    }
    #expect(shown.count < 110)
    #expect(shown.last == "Part 1 is 18 kB long; the first 1.6 kB of it are shown.")
  }
}

@Suite struct PlanTests {
  private func multipart(_ subtype: String, _ parts: String...) -> String {
    "Content-Type: multipart/\(subtype); boundary=b\(parts.count)\n\n"
      + parts.map { "--b\(parts.count)\n\($0)\n" }.joined() + "--b\(parts.count)--\n"
  }
  private func plain(_ text: String) -> String { "Content-Type: text/plain\n\n\(text)" }
  private func html(_ text: String) -> String { "Content-Type: text/html\n\n<p>\(text)" }
  private let pdf =
    "Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nQUJDRA=="

  @Test func `Of alternatives the plain text is shown`() {
    #expect(body(multipart("alternative", plain("Plain words here"), html("HTML"))) == ["Plain words here"])
  }

  @Test(arguments: [
    "", "  \n ", "Your mail program does not support HTML.", "This is an HTML message; view this email in a browser",
  ])
  func `A plain text that says nothing gives way to HTML`(text: String) {
    #expect(body(multipart("alternative", plain(text), html("The news"))) == ["The news"])
  }

  @Test func `Attachments are listed with number, name, type and size`() {
    let text = multipart("mixed", plain("See file."), pdf)
    #expect(body(text) == ["See file.", "", "[2] a.pdf  application/pdf  6 B"])
    #expect(body(text) { $0.listsAttachments = false } == ["See file."])
  }

  @Test func `Files inside an alternative that isn't shown are listed`() {
    let inner = "Content-Type: multipart/mixed; boundary=in\n\n--in\n\(html("x"))\n--in\n\(pdf)\n--in--"
    #expect(
      body(multipart("alternative", plain("Plain words here"), inner)).last == "[2.2] a.pdf  application/pdf  6 B")
  }

  @Test func `Mixed texts are shown in order`() {
    #expect(body(multipart("mixed", plain("one"), html("two"), plain("three"))) == ["one", "", "two", "", "three"])
  }

  @Test func `A related part shows its root and lists its images`() {
    let image = "Content-Type: image/png\nContent-ID: <i@x>\n\nabc"
    #expect(body(multipart("related", html("Hello"), image)) == ["Hello", "", "[2] unnamed  image/png  3 B"])
  }

  @Test func `An embedded message is shown with its header and its own numbers`() {
    let inner = "Content-Type: message/rfc822\n\nFrom: bob@example.org\nSubject: inner\n\ninner text"
    #expect(
      body(multipart("mixed", plain("Forwarded:"), inner, plain("The end"))) == [
        "Forwarded:", "", "Message 2", "From: bob@example.org", "Subject: inner", "", "inner text", "", "", "",
        "The end",
      ])
  }

  @Test func `A report shows its text, its status and what it reports`() {
    let status = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nAction: failed"
    let returned = "Content-Type: text/rfc822-headers\n\nSubject: lost"
    #expect(
      body(multipart("report", plain("Not delivered."), status, returned)) == [
        "Not delivered.", "", "Reporting-MTA: dns; mx.example.org", "", "Action: failed", "", "Subject: lost",
      ])
  }

  @Test func `Signed and encrypted messages are announced`() {
    let signed = body(
      "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=s\n\n--s\n\(plain("text"))\n--s\nContent-Type: application/pgp-signature\n\nsig\n--s--\n"
    )
    #expect(signed == ["text", "", "Signed with OpenPGP; mail-verify says whether the signature", "is good."])
    let encrypted =
      "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=e\n\n--e\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--e\nContent-Type: application/octet-stream\n\nxxx\n--e--\n"
    #expect(body(encrypted) == ["This message is encrypted with OpenPGP; mail-decrypt makes", "it readable."])
    #expect(BodyPlan(message(encrypted).root).isEncrypted)
    #expect(
      body("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nAAAA")
        .first
        == "This message is encrypted with S/MIME; mail-decrypt makes it")
  }

  @Test func `Sizes are written for people`() {
    #expect(
      [0, 999, 1000, 4249, 99_949, 123_456, 27_400_000, 5_000_000_000].map(sizeText) == [
        "0 B", "999 B", "1.0 kB", "4.2 kB", "100 kB", "123 kB", "27 MB", "5.0 GB",
      ])
  }

  @Test func `Every beginning of a message, and damaged ones, can be shown`() {
    let text = Array(
      multipart(
        "mixed", plain("See > file."), html("<table><tr><td>x"), pdf,
        "Content-Type: message/rfc822\n\nSubject: =?utf-8?b?w6k=?=\n\n> x"
      ).utf8)
    for count in 0...text.count { #expect(MessageView(Message(parsing: Array(text[..<count]))).lines.count >= 0) }
    var state: UInt64 = 7
    for _ in 0..<500 {
      var damaged = text
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        damaged[Int(state >> 33) % damaged.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      let message = Message(parsing: damaged)
      #expect(MessageView(message).lines.count + HTMLPage(message).bytes.count >= 0)
    }
  }
}

@Suite struct PageTests {
  @Test func `A page holds the header, the harmless HTML and the images of the message`() {
    let text = """
      From: Ada <ada@example.org>
      Subject: a <b>
      Content-Type: multipart/related; boundary=r

      --r
      Content-Type: text/html

      <p onclick=x>Hi<script>alert(1)</script><img src="cid:i@x"><img src="http://x.example.org/a.png">
      --r
      Content-Type: image/png
      Content-ID: <i@x>
      Content-Transfer-Encoding: base64

      QUJD
      --r--
      """
    let page = HTMLPage(message(text))
    let html = String(decoding: page.bytes, as: UTF8.self)
    #expect(html.contains("<title>a &lt;b&gt;</title>"))
    #expect(html.contains("<p>Hi<img src=\"data:image/png;base64,QUJD\"><img>"))
    #expect(html.contains("default-src 'none'; img-src data:; style-src"))
    #expect(page.notice == "1 remote image was not loaded.")
    let open = HTMLPage(message(text), keepsRemoteContent: true)
    #expect(String(decoding: open.bytes, as: UTF8.self).contains("http://x.example.org/a.png"))
    #expect(open.notice.isEmpty)
  }

  @Test func `A message without HTML becomes a page too`() {
    let html = String(decoding: HTMLPage(message("Subject: s\n\na <b> & c")).bytes, as: UTF8.self)
    #expect(html.contains("a &lt;b&gt; &amp; c"))
  }
}
