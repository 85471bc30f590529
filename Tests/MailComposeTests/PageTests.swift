import MailMIME
import Testing

@testable import MailCompose

@Suite struct PageTests {
  private func sample() -> Composition {
    var composition = Composition()
    composition.addresses.from = "Ada <ada@example.org>"
    composition.addresses.to = "list:Team, bob"
    composition.addresses.bcc = "b@x.example"
    composition.subject = "Grüße"
    composition.text = "Hi\n\n  x \n-- \nAda\n"
    composition.fields = [.init("X-Note", "ü")]
    composition.wishes.priority = .high
    composition.wishes.requestsReceipt = true
    composition.thread.inReplyTo = ["1@x"]
    composition.thread.references = ["0@x", "1@x"]
    composition.thread.replied = ["1@x"]
    composition.thread.messageID = "9@example.org"
    composition.attachments = [
      .part(.attachment([1, 2, 3], type: ContentType("application", "pdf"), filename: "a.pdf")),
      .file("/nowhere/b.txt"),
      .part(.attachment([4], type: ContentType("image", "png"), filename: "c.png")),
    ]
    return composition
  }

  private func names(_ composition: Composition) -> [String] {
    composition.attachments.map { attachment in
      switch attachment {
      case .file(let path): path
      case .part(let part): part.filename ?? ""
      }
    }
  }

  @Test func thePageReadsBackAsItIs() throws {
    let base = sample()
    let page = EditorPage(base)
    #expect(
      page.text.hasPrefix("From: Ada <ada@example.org>\nTo: list:Team, bob\nCc:\nBcc: b@x.example\nSubject: Grüße\n"))
    let read = try page.read(page.text)
    #expect(read.addresses == base.addresses && read.subject == base.subject && read.text == base.text)
    #expect(read.fields == base.fields && read.thread == base.thread && read.wishes == base.wishes)
    #expect(names(read) == ["a.pdf", "/nowhere/b.txt", "c.png"])
  }

  @Test func fieldsAreChangedAddedAndTakenAway() throws {
    let page = EditorPage(sample())
    let read = try page.read(
      "from: x@example.org\nTo: a@x.example,\n\tb@x.example\nTo: c@x.example\nAttach: #2 c.png\nAttach: ~/d.txt\nPriority: low\nFormat: markdown\nX-A: 1\r\n \r\nText\r\nmore\n"
    )
    #expect(read.addresses.from == "x@example.org" && read.addresses.to == "a@x.example, b@x.example, c@x.example")
    #expect(read.addresses.bcc == "" && read.subject == "" && names(read) == ["c.png", "~/d.txt"])
    #expect(read.wishes.priority == .low && !read.wishes.requestsReceipt && read.format == .markdown)
    #expect(read.text == "Text\nmore\n" && read.fields == [.init("X-A", "1")])
    // Without In-Reply-To a new conversation begins, and nothing is marked as answered.
    #expect(read.thread.references.isEmpty && read.thread.replied.isEmpty && read.thread.messageID == "9@example.org")
  }

  @Test(arguments: [
    ("To: a\nHello there\n\ntext", 2), ("no field\n", 1), ("To: x\nAttach: #3 gone\n\n", 2), ("Attach: #x\n\n", 1),
    ("Priority: soon\n\n", 1),
    ("Format: pdf\n\n", 1), ("Bad name: x\n\n", 1), (": x\n", 1),
  ])
  func aBadLineIsNamed(_ text: String, _ line: Int) {
    do throws(ComposeError) {
      _ = try EditorPage(sample()).read(text)
      Issue.record("read")
    } catch {
      switch error {
      case .badField(let number, _, _), .unknownPart(let number, _): #expect(number == line)
      default: Issue.record("\(error)")
      }
    }
  }

  @Test func theEditorBeginsWhereSomethingIsMissing() {
    var composition = Composition()
    #expect(EditorPage(composition).firstLine == 2)
    composition.addresses.to = "a@x.example"
    #expect(EditorPage(composition).firstLine == 5)
    composition.subject = "x"
    #expect(EditorPage(composition).firstLine == 7)
    composition.text = "On Monday B wrote:\n> a\n> b\n\n-- \n"
    #expect(EditorPage(composition).firstLine == 11)
  }

  // MARK: Drafts

  @Test func aDraftIsReadBackAsItWas() throws {
    for format in Composition.Format.allCases {
      var base = sample()
      base.format = format
      base.wishes.isUnsigned = true
      base.thread.forwarded = ["7@x"]
      base.text = "long " + String(repeating: "x", count: 3000) + " \n> q \n\n  é😀\u{202B}\n-- \nAda \nno end"
      let draft = Message(parsing: base.draftMessage(context()))
      let read = Composition(draft: draft)
      #expect(read.text == base.text && read.format == format)
      #expect(read.addresses == base.addresses && read.subject == base.subject && read.wishes == base.wishes)
      #expect(read.fields == base.fields && read.thread == base.thread)
      #expect(names(read) == ["a.pdf", "c.png", "/nowhere/b.txt"])
      #expect(Message(parsing: read.draftMessage(context())).bytes == draft.bytes)
    }
  }

  @Test func oddTextSurvivesADraft() {
    for text in ["", "\n", "NUL \u{0} in it\n", "\r\n", "--=_\n", String(repeating: "\n", count: 2000), "From x\n.\n"] {
      var base = Composition()
      base.text = text
      #expect(
        Composition(draft: Message(parsing: base.draftMessage(context()))).text == withLineFeeds(text),
        "\(text.debugDescription)")
      base.attachments = [.part(.attachment([1], type: ContentType("a", "b"), filename: "f"))]
      #expect(
        Composition(draft: Message(parsing: base.draftMessage(context()))).text == withLineFeeds(text),
        "\(text.debugDescription)")
    }
  }

  @Test func draftsOfOtherProgramsAreGoneOnWith() {
    let plain = Composition(
      draft: message(
        "From: ada@example.org\nTo: b@x.example\nSubject: s\nX-Mozilla-Draft-Info: x\nX-Other: y\nContent-Type: text/plain; format=flowed\n\nlong \nline\n> quoted\n"
      ))
    #expect(plain.text == "long line\n> quoted\n" && plain.format == .flowed && plain.fields == [.init("X-Other", "y")])
    let rich = Composition(
      draft: message(
        """
        Content-Type: multipart/related; boundary=r

        --r
        Content-Type: multipart/alternative; boundary=a

        --a

        text
        --a
        Content-Type: text/html

        <p>rich <img src="cid:i@x"></p>
        --a--
        --r
        Content-Type: image/png; name=i.png
        Content-ID: <i@x>
        Content-Disposition: inline

        x
        --r--
        """))
    #expect(rich.format == .html && rich.text == "<p>rich <img src=\"cid:i@x\"></p>" && names(rich) == ["i.png"])
  }

  @Test func aTemplateIsOneOfMany() {
    let used = Composition(template: Message(parsing: sample().draftMessage(context())), identities: ada())
    #expect(used.thread == Composition.Thread() && used.addresses.to == "list:Team, bob" && used.subject == "Grüße")
    let strange = Composition(
      makingTemplateOf: message(
        "From: b@x.example\nTo: ada@example.org\nSubject: s\nX-Spam: y\nMessage-ID: <1@x>\n\nt\n"), identities: ada())
    #expect(strange.addresses == .init() && strange.fields.isEmpty && strange.subject == "s" && strange.text == "t\n")
    let own = Composition(makingTemplateOf: message("From: ada@example.org\nTo: b@x.example\n\nt\n"), identities: ada())
    #expect(own.addresses.to == "b@x.example")
  }

  @Test func aStrangersMessageNamesNoFileOfTheUsers() {
    let hostile = message(
      "From: b@x.example\nSubject: s\nPostbag-Format: html\nPostbag-Attach: /etc/passwd\nContent-Type: text/html\n\n<p>x<img src=\"/etc/secret.png\"><img src=\"cid:i\"><img src=\"file:///a.png\"></p>\n"
    )
    for used in [
      Composition(template: hostile, identities: ada()), Composition(makingTemplateOf: hostile, identities: ada()),
    ] {
      #expect(
        used.attachments.isEmpty && used.text.firstRange(of: "secret") == nil
          && used.text.firstRange(of: "a.png") == nil)
      #expect(used.text.firstRange(of: "cid:i") != nil)
    }
    let markdown = Composition(
      template: message("From: b@x.example\nPostbag-Format: markdown\n\n![x](/etc/a.png)\n"), identities: ada())
    #expect(markdown.text == "!\\[x](/etc/a.png)\n")
    // One's own template may name files.
    #expect(
      names(Composition(template: Message(parsing: sample().draftMessage(context())), identities: ada())).count == 3)
  }

  @Test func manyAddressesStandOnManyLines() throws {
    var base = Composition()
    base.addresses.to = (1...5000).map { "\"Last\($0), First\" <p\($0)@x.example>" }.joined(separator: ", ")
    let page = EditorPage(base)
    #expect(page.text.split(separator: "\n").allSatisfy { $0.utf8.count < 200 })
    #expect(try page.read(page.text).addresses == base.addresses)
  }
}
