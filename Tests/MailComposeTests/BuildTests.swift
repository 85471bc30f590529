import MailMIME
import MailSystem
import Testing

@testable import MailCompose

@Suite struct BuildTests {
  private func composition(_ text: String = "Text\n", to: String = "b@x.example") -> Composition {
    var composition = Composition()
    composition.addresses.from = "Ada Example <ada@example.org>"
    composition.addresses.to = to
    composition.subject = "Plan"
    composition.text = text
    return composition
  }

  /// A folder with an image, a text and a file that is no image but is called so.
  private func folder() throws -> String {
    let path = "/tmp/postbag-compose-test.\(processID()).\(UInt64.random(in: 0 ... .max))"
    try createDirectories(path)
    try replaceFile("\(path)/a b.png", with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1])
    try replaceFile("\(path)/note.txt", with: Array("Notiz: ü\n".utf8))
    return path
  }

  private func discard(_ path: String) {
    for name in (try? directoryEntries(path)) ?? [] { try? removeFile("\(path)/\(name)") }
    try? removeDirectory(path)
  }

  @Test func aMessageHasWhatSendingNeeds() throws {
    var base = composition(to: "\"Doe, J\" <j@x.example>, ü@dömäin.example")
    base.addresses.bcc = "c@x.example"
    base.wishes.priority = .low
    base.wishes.requestsReceipt = true
    base.wishes.isUnsigned = true
    base.thread.replied = ["1@x"]
    base.thread.forwarded = ["2@x", "3@x"]
    let message = Message(parsing: try base.built(context(), draft: "1.M2P3"))
    let headers = message.headers
    #expect(
      headers.addresses("To") == [
        Address(name: "Doe, J", address: "j@x.example"), Address(address: "ü@dömäin.example"),
      ])
    #expect(headers.addresses("Bcc").map(\.address) == ["c@x.example"])
    #expect(headers.date()?.seconds == 1_795_000_000)
    #expect(headers.messageIDs("Message-ID")[0].hasSuffix("@example.org"))
    #expect(
      Envelope(headers).priority == .low
        && headers.addresses("Disposition-Notification-To").map(\.address) == ["ada@example.org"])
    #expect(
      headers.messageIDs("Postbag-Replied") == ["1@x"] && headers.messageIDs("Postbag-Forwarded") == ["2@x", "3@x"])
    #expect(headers.text("Postbag-Draft") == "1.M2P3" && headers.text("Postbag-Identity") == "ada@example.org")
    #expect(headers.text("Postbag-Signature") == "none")
    #expect(message.root.text() == "Text\n" && message.root.contentType["format"] == "flowed")
    #expect(message.defects.isEmpty)
  }

  @Test func identifiersAreNewEachTime() {
    #expect(newMessageID(for: "a@x.example") != newMessageID(for: "a@x.example"))
    #expect(newMessageID(for: "a@Dömäin.example").hasSuffix("@xn--dmin-moa0i.example"))
    #expect(newMessageID(for: nil).hasSuffix("@localhost") && newMessageID(for: "a@b c>").hasSuffix("@localhost"))
  }

  @Test func listsAreReplacedByTheirMembers() throws {
    var context = context()
    var warnings: [String] = []
    context.warn = { warnings.append($0) }
    context.members = { list in
      guard list == ContactList(.list, "Team") else { throw ComposeError.unknownList(field: "", name: list.name) }
      return [Address(name: "B", address: "b@x.example"), Address(address: "+33612345678@SMS")]
    }
    var base = composition(to: "")
    base.addresses.bcc = "list:Team, z@x.example"
    let hidden = try built(base, context)
    #expect(hidden.headers.addresses("Bcc").map(\.address) == ["b@x.example", "+33612345678@SMS", "z@x.example"])
    #expect(
      hidden.headers.addressList("To") == [.group(name: "undisclosed-recipients", members: [])] && warnings.isEmpty)
    base.addresses.to = "list:Team"
    #expect(try built(base, context).headers.addresses("To").count == 2)
    #expect(warnings == ["To: the 2 members of list:Team see each other"])
    base.addresses.cc = "group:None"
    #expect(throws: ComposeError.unknownList(field: "Cc", name: "group 'None'")) { try built(base, context) }
  }

  @Test func fiveThousandRecipientsAreWrittenAndRead() throws {
    let base = composition(to: (1...5000).map { "\"Person, \($0)\" <p\($0)@x.example>" }.joined(separator: ", "))
    let message = try built(base)
    let found = message.headers.addresses("To")
    #expect(found.count == 5000 && found[4999] == Address(name: "Person, 5000", address: "p5000@x.example"))
    #expect(message.bytes.split(separator: 0x0A).allSatisfy { $0.count < 998 })
  }

  @Test(arguments: [
    "", "NUL \u{0}x\n", "שלום\u{202E}x\u{202C}\n", "😀👨‍👩‍👧\n", String(repeating: "y", count: 100_000) + "\n",
    ".\n..\nFrom x\n",
  ])
  func oddTextArrives(_ text: String) throws {
    let message = try built(composition(text))
    let paragraphs = FlowedText.paragraphs(of: message.root.text())
    #expect(paragraphs.map { $0.text + "\n" }.joined() == text)
    #expect(
      message.bytes.split(separator: 0x0A).allSatisfy { $0.count < 999 } || message.root.transferEncoding == .eightBit)
  }

  @Test func markdownIsSentAsTextAndHTML() throws {
    var base = composition("# Plan\n\n*now* <b>raw</b>\n> quoted\n\n-- \nAda\n")
    base.format = .markdown
    var context = context()
    context.signature = SignatureBlock(text: "Ada\n", html: "<i>Ada</i>\n")
    let root = try built(base, context).root
    #expect(root.contentType.mediaType == "multipart/alternative")
    #expect(root.children[0].text() == base.text && root.children[0].contentType["format"] == "flowed")
    let html = root.children[1].text()
    for part in [
      "<h1>Plan</h1>", "<em>now</em>", "&lt;b&gt;raw&lt;/b&gt;", "<div class=\"signature\">-- <br>\n<i>Ada</i>\n</div>",
    ] {
      #expect(html.firstRange(of: part) != nil, "\(part) in \(html)")
    }
    // The mark of the signature makes no heading of the line above it.
    #expect(html.firstRange(of: "<h2>") == nil)
  }

  @Test func htmlIsSentWithTextAndImages() throws {
    let path = try folder()
    defer { discard(path) }
    var context = context()
    context.directory = path
    var base = composition(
      "<p>See <img src=\"a%20b.png\" alt=\"plan\"> and <a href=\"https://x.example/\">this</a> <img src=\"https://x.example/r.png\"></p>"
    )
    base.format = .html
    base.attachments = [.file("note.txt")]
    let root = try built(base, context).root
    #expect(root.contentType.mediaType == "multipart/mixed" && root.children[1].filename == "note.txt")
    #expect(root.children[1].contentType.mediaType == "text/plain")
    let alternative = root.children[0]
    #expect(alternative.children[0].text().firstRange(of: "this [1]") != nil)
    let related = alternative.children[1]
    #expect(related.contentType.mediaType == "multipart/related" && related.children.count == 2)
    let id = try #require(related.children[1].contentID)
    #expect(related.children[0].text().firstRange(of: "src=\"cid:\(id)\"") != nil)
    #expect(related.children[0].text().firstRange(of: "https://x.example/r.png") != nil)
    base.text = "<img src=\"note.txt\">"
    #expect(throws: ComposeError.self) { try built(base, context) }
    base.text = "<img src=\"none.png\">"
    #expect(throws: ComposeError.self) { try built(base, context) }
  }

  @Test func whatIsAttachedMustBeAFile() throws {
    let path = try folder()
    defer { discard(path) }
    let files = AttachedFiles()
    #expect(throws: ComposeError.self) { try files.part("none", in: path) }
    #expect(throws: ComposeError.self) { try files.part(path) }
    #expect(throws: ComposeError.self) { try files.part("/dev/null") }
    #expect(try files.part("note.txt", in: path).filename == "note.txt")
    var base = composition()
    base.attachments = [.file("\(path)/none")]
    #expect(throws: ComposeError.self) { try built(base) }
  }

  // MARK: HTML of others

  private let hostile = """
    From: b@x.example
    Message-ID: <1@x>
    Content-Type: multipart/related; boundary=r

    --r
    Content-Type: text/html

    <p onclick="x()">Hi <img src="cid:i@x"><img src="/etc/passwd.png"><img src="https://x.example/t.gif"><script>y()</script></div></blockquote>
    --r
    Content-Type: image/png
    Content-ID: <i@x>
    Content-Transfer-Encoding: base64

    iVBORw0KGgo=
    --r--
    """

  @Test func othersHTMLIsQuotedWithoutHarm() throws {
    var options = StartOptions()
    options.format = .html
    options.text = "<p>Me</p>\n"
    var base = try Composition(answering: message(hostile), .author, identities: ada(), options)
    for bad in ["onclick", "script", "passwd", "t.gif"] {
      #expect(base.text.firstRange(of: bad) == nil, "\(base.text)")
    }
    #expect(
      base.text.firstRange(of: "<blockquote type=\"cite\">") != nil
        && base.text.hasSuffix("</blockquote>\n\n<p>Me</p>\n"))
    base.addresses.from = "ada@example.org"
    let root = try built(base).root
    let related = root.children[1]
    #expect(related.children[1].contentID == "i@x" && related.children[1].decodedBody().count == 8)
    #expect(related.children[0].text().firstRange(of: "cid:i@x") != nil)
    let forward = Composition(forwarding: [message(hostile)], identities: ada(), options)
    #expect(forward.text.firstRange(of: "t.gif") != nil && forward.text.firstRange(of: "passwd") == nil)
  }

  @Test func aStrangersMarkdownAttachesNoFile() throws {
    let path = try folder()
    defer { discard(path) }
    var options = StartOptions()
    options.format = .markdown
    let original = message("From: b@x.example\n\nlook: ![x](\(path)/a%20b.png) and [![y](\(path)/a%20b.png)](z)\n")
    for base in [
      try Composition(answering: original, .author, identities: ada(), options),
      Composition(forwarding: [original], identities: ada(), options),
    ] {
      let root = try built(base).root
      #expect(root.children[1].contentType.mediaType == "text/html", "\(base.text)")
    }
  }

  @Test func plainTextIsQuotedInHTML() throws {
    var options = StartOptions()
    options.format = .html
    let base = try Composition(
      answering: message("From: b@x.example\n\na < b\n> > old\n"), .author, identities: ada(), options)
    #expect(
      base.text.firstRange(
        of:
          "<blockquote type=\"cite\">\na &lt; b<br>\n<blockquote type=\"cite\">\n<blockquote type=\"cite\">\nold<br>\n</blockquote>\n</blockquote>\n"
      )
        != nil, "\(base.text)")
  }

  // MARK: Forwards

  @Test func forwardsTakeAttachmentsAlong() throws {
    let original = message(
      """
      From: B <b@x.example>
      To: ada@example.org
      Subject: Re: Plan
      Message-ID: <1@x>
      References: <0@x>
      Content-Type: multipart/mixed; boundary=m

      --m
      Content-Type: text/plain

      Body
      --m
      Content-Type: application/pdf; name="=?utf-8?q?pl=C3=A4n.pdf?="
      Content-Disposition: attachment
      Content-Transfer-Encoding: base64

      AQID
      --m
      Content-Type: message/rfc822

      Subject: inner/one

      x
      --m
      Content-Type: application/pgp-signature

      sig
      --m--
      """)
    var options = StartOptions()
    options.text = "See below.\n"
    var inline = Composition(forwarding: [original], identities: ada(), options)
    #expect(
      inline.text
        == "See below.\n\n---------- Forwarded message ----------\nFrom: B <b@x.example>\nDate: an unknown day\nSubject: Re: Plan\nTo: ada@example.org\n\nBody\n"
        .withoutDate())
    #expect(inline.subject == "Fwd: Re: Plan" && inline.thread.forwarded == ["1@x"] && inline.thread.inReplyTo.isEmpty)
    #expect(inline.thread.references == ["0@x", "1@x"])
    inline.addresses.to = "c@x.example"
    let sent = try built(inline).root.children
    #expect(sent.map(\.filename) == [nil, "plän.pdf", "inner-one.eml"])
    try #require(sent.count == 3)
    #expect(sent[1].decodedBody() == [1, 2, 3] && sent[2].embeddedMessage?.headers.text("Subject") == "inner/one")
    let attached = Composition(attaching: [original, original], identities: ada(), options)
    #expect(attached.subject == "Fwd: 2 messages" && attached.attachments.count == 2 && attached.text == "See below.\n")
  }
}

extension String {
  /// A message without a date has no line for it.
  fileprivate func withoutDate() -> String {
    split(separator: "\n", omittingEmptySubsequences: false).filter { $0 != "Date: an unknown day" }.joined(
      separator: "\n")
  }
}
