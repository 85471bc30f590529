import MailAttachments
import MailMIME
import MailMedia
import MailSystem
import Testing

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

private let types = MediaTypes(.init(userTypes: [], databases: [], systemTypes: []))

/// Writes a file and gives its path.
private func file(_ name: String, _ contents: [UInt8], in folder: TemporaryFolder) throws -> String {
  let path = "\(folder.path)/\(name)"
  try replaceFile(path, with: contents)
  return path
}

@Suite struct AttacherTests {
  private func attaching(_ parts: [NewPart], to text: String = "Subject: x\n\nHello\n") throws -> Message {
    var attacher = Attacher()
    attacher.types = types
    attacher.attachments = parts
    return Message(parsing: try attacher.attach(to: bytes(text)).message.contents())
  }

  private func attached(_ contents: [UInt8], _ name: String = "a.txt", type: String? = nil) throws -> Part {
    let message = try attaching([NewPart(.bytes(contents), name: name, type: type)])
    #expect(message.root.children.count == 2)
    #expect(message.root.children[1].decodedBody() == contents)
    #expect(message.root.children[1].filename == name)
    return message.root.children[1]
  }

  @Test func theEncodingFitsTheContents() throws {
    for (text, encoding) in [
      ("plain\n", TransferEncoding.sevenBit), ("no end", .sevenBit), ("", .sevenBit), ("a\r\nb\n", .base64),
      ("a\0b\n", .base64), ("Größe und noch viele andere Wörter\n", .quotedPrintable), ("это\n", .base64),
      ("trailing \n", .quotedPrintable), ("From x\n", .quotedPrintable), (".\n", .quotedPrintable),
      ("\u{1B}[1mx\n", .base64), (String(repeating: "x", count: 2_000), .quotedPrintable),
      ("tab\tform\u{C}\n", .sevenBit),
    ] {
      #expect(try attached(bytes(text)).transferEncoding == encoding, "\(text.prefix(40))")
    }
    #expect(try attached(bytes("plain\n"), "a.zip").transferEncoding == .base64)
    #expect(try attached(bytes("{}\n"), "a.json").transferEncoding == .base64)
  }

  @Test func theCharsetIsNamedWhereItIsKnown() throws {
    #expect(try attached(bytes("plain\n")).contentType.charset == "us-ascii")
    #expect(try attached(bytes("Größe\n")).contentType.charset == "utf-8")
    #expect(try attached([0x63, 0xE9, 0x0A]).contentType.charset == nil)
    #expect(try attached([0xFF, 0xFE, 0x61, 0, 0xE9, 0]).contentType.charset == "utf-16")
    #expect(try attached([0x63, 0xE9], type: "text/x; charset=koi8-r").contentType.charset == "koi8-r")
  }

  /// The pieces in which a file is read end anywhere, also inside a character.
  @Test(arguments: 0..<8) func charactersMayLieBetweenPieces(_ shift: Int) throws {
    let text = String(repeating: "a", count: 57 * 1024 - 4 + shift) + "é日🏳️‍🌈" + String(repeating: "b", count: 100)
    let folder = TemporaryFolder()
    let path = try file("a.txt", bytes(text), in: folder)
    let message = try attaching([NewPart(.file(path))])
    #expect(message.root.children[1].contentType.charset == "utf-8")
    #expect(message.root.children[1].decodedBody() == bytes(text))
    let broken = bytes(text).dropLast(110)
    let cut = try file("b.txt", Array(broken), in: folder)
    let other = try attaching([NewPart(.file(cut))])
    #expect(other.root.children[1].decodedBody() == Array(broken))
  }

  @Test(arguments: [0, 1, 56, 57, 58, 58_367, 58_368, 58_369, 200_000, 1_100_000]) func everySizeArrives(_ count: Int)
    throws
  {
    let contents = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    let folder = TemporaryFolder()
    for name in ["a.bin", "a.txt"] {
      let path = try file(name, contents, in: folder)
      let message = try attaching([NewPart(.file(path)), NewPart(.bytes(bytes("next\n")), name: "n.txt")])
      #expect(message.root.children[1].decodedBody() == contents)
      #expect(message.root.children[2].decodedBody() == bytes("next\n"))
    }
  }

  @Test func aLargeTextGoesAsItIs() throws {
    let text = String(repeating: "A line of text.\n", count: 100_000)
    let part = try attached(bytes(text))
    #expect(part.transferEncoding == .sevenBit)
    let message = try attaching([NewPart(.bytes(bytes(text)), name: "a.txt")], to: "Subject: x\r\n\r\nHello\r\n")
    let body = message.root.children[1].body
    #expect(body.elementsEqual(bytes(String(repeating: "A line of text.\r\n", count: 100_000))))
  }

  @Test func aMessageGoesAsAMessage() throws {
    let inner = "Subject: In/side\nBcc: s@example.org\nPostbag-Draft: x\n\nGröße\n"
    let message = try attaching([NewPart(.message(bytes(inner)))])
    let part = message.root.children[1]
    #expect(part.contentType.mediaType == "message/rfc822")
    #expect(part.filename == "In-side.eml")
    #expect(part.headers.text("Content-Description") == "In/side")
    #expect(part.body.elementsEqual(bytes("Subject: In/side\n\nGröße\n")))
    #expect(message.root.transferEncoding == .eightBit)
  }

  @Test func aMessageThatCannotTravelIsAFile() throws {
    let inner = "Subject: x\n\na\0b\n"
    for source in [NewPart(.message(bytes(inner))), NewPart(.bytes(bytes(inner)), name: "x.eml")] {
      let part = try attaching([source]).root.children[1]
      #expect(part.contentType.mediaType == "application/octet-stream")
      #expect(part.decodedBody() == bytes(inner))
      #expect(part.filename == "x.eml")
    }
    let none = try attaching([NewPart(.bytes(bytes("no message\n")), name: "x.eml")]).root.children[1]
    #expect(none.contentType.mediaType == "application/octet-stream")
  }

  @Test func boundariesInMessagesDoNoHarm() throws {
    var message = try attaching([NewPart(.bytes([1]), name: "a.bin")])
    for _ in 0..<4 {
      message = try attaching([NewPart(.message(message.bytes))], to: String(decoding: message.bytes, as: UTF8.self))
      #expect(message.defects.isEmpty)
      #expect(message.root.children.count == 2)
      #expect(message.root.children[1].embeddedMessage != nil)
    }
  }

  @Test func everythingThatIsWrongIsNamed() {
    var attacher = Attacher()
    attacher.attachments = ["/nonexistent/a", "/tmp", "/nonexistent/b"].map { NewPart(.file($0)) }
    do {
      _ = try attacher.attach(to: bytes("A: b\n\n"))
      Issue.record("attached what isn't there")
    } catch let problems as Attacher.Problems {
      #expect(problems.errors.count == 3)
    } catch { Issue.record("\(error)") }
  }

  @Test func typesThatFilesHaveNotAreRefused() {
    for type in ["", "text", "/", "text/", "multipart/mixed", "text/plain\nX: y", "a b/c"] {
      #expect(attachmentType(type) == nil || attachmentType(type)?.isMultipart == false)
    }
    #expect(attachmentType("multipart/mixed") == nil)
    #expect(attachmentType("text") == nil)
    #expect(attachmentType("TEXT/Plain; charset=x")?.charset == "x")
  }

  // MARK: Images

  private func showing(
    _ images: [NewPart], in html: String, encoding: String = "8bit"
  ) throws -> (message: Message, notes: [String]) {
    var attacher = Attacher()
    attacher.types = types
    attacher.inline = images
    let text =
      "From: a@Bücher.example\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: \(encoding)\n\n\(html)"
    let result = try attacher.attach(to: bytes(text))
    return (Message(parsing: try result.message.contents()), result.notes)
  }

  private var logo: NewPart {
    NewPart(.bytes([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]), name: "my logo.png")
  }

  @Test func theHTMLNamesItsImages() throws {
    for (encoding, html) in [
      ("8bit", "<p>ö<img src=\"my%20logo.png\">\n"), ("quoted-printable", "<p>=C3=B6<img src=3D\"my%20logo.png\">\n"),
      ("base64", "PHA+w7Y8aW1nIHNyYz0ibXklMjBsb2dvLnBuZyI+Cg==\n"), ("8bit", "<p>ö<img src=\"cid:my%20logo.png\">\n"),
    ] {
      let (message, notes) = try showing([logo], in: html, encoding: encoding)
      #expect(notes.isEmpty)
      let related = message.root
      #expect(related.contentType.mediaType == "multipart/related")
      let identifier = related.children[1].contentID ?? ""
      #expect(identifier.hasSuffix("@xn--bcher-kva.example"))
      #expect(related.children[0].text() == "<p>ö<img src=\"cid:\(identifier)\">\n")
      #expect(related.children[0].transferEncoding.rawValue == encoding)
      #expect(related.children[1].disposition?.kind == "inline")
      #expect(related.children[1].filename == "my logo.png")
    }
  }

  @Test func anIdentifierCanBeGiven() throws {
    var image = logo
    image.contentID = "a@b"
    let (message, notes) = try showing([image], in: "<img src=\"cid:a@b\">\n")
    #expect(notes.isEmpty)
    #expect(message.root.children[1].contentID == "a@b")
    #expect(message.root.children[0].text() == "<img src=\"cid:a@b\">\n")
  }
}
