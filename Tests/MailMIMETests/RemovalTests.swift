import MailBytes
import MailMIME
import Testing

private let date = MailDate(seconds: 1_790_000_000, offsetMinutes: 120)
private let stamp = "Mon, 21 Sep 2026 16:13:20 +0200"

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

private func removing(_ numbers: String..., from text: String) -> String {
  let message = Message(parsing: bytes(text))
  return String(decoding: message.removing(numbers.compactMap { message.part($0) }, at: date) ?? [], as: UTF8.self)
}

private let mixed = """
  From: a@example.org
  Content-Type: multipart/mixed; boundary=b

  preamble
  --b
  Content-Type: text/plain

  Hello
  --b
  Content-Type: application/pdf; name="a b.pdf"
  Content-Transfer-Encoding: base64
  X-Other: field
  Content-Disposition: attachment;
   filename="a b.pdf"

  SGVsbG8gd29ybGQ=
  --b--
  epilogue

  """

private let trace = """
  Content-Type: message/external-body; access-type=x-mutt-deleted;
  \texpiration="\(stamp)"; length=11; size=11

  Content-Type: application/pdf; name="a b.pdf"
  Content-Disposition: attachment;
   filename="a b.pdf"

  The part "a b.pdf" (application/pdf, 11 bytes) was removed on \(stamp).
  """

@Suite struct RemovalTests {
  @Test func aTraceTakesThePlaceOfThePartAndTheRestStays() {
    let expected = mixed.prefix { $0 != "H" } + "Hello\n--b\n\(trace)\n--b--\nepilogue\n"
    #expect(removing("2", from: mixed) == expected)
  }

  @Test func aMessageWithCRLFGetsCRLF() {
    let original = Fixtures.withCRLF(bytes(mixed))
    let message = Message(parsing: original)
    let result = message.removing([message.allParts[2]], at: date)
    #expect(result == Fixtures.withCRLF(bytes(removing("2", from: mixed))))
  }

  @Test func theTraceSaysWhatThePartWas() throws {
    let message = Message(parsing: bytes(removing("2", from: mixed)))
    let part = try #require(message.part("2"))
    #expect(part.trace == PartTrace(name: "a b.pdf", mediaType: "application/pdf", size: 11, removed: date))
    #expect(part.removability == .removed)
    #expect(!part.isAttachment)
    #expect(part.filename == nil)
    let text = indexText(of: message)
    #expect(!text.hasAttachment && text.attachmentNames.isEmpty)
    #expect(message.removing([part], at: date) == message.bytes)
  }

  @Test func aNameThatIsNotASCIIStaysInItsOwnForm() throws {
    let text = mixed.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0 == " filename=\"a b.pdf\"" ? " filename*=UTF-8''%C3%9Cber.pdf" : String($0) }.joined(separator: "\n")
    let message = Message(parsing: bytes(removing("2", from: text)))
    #expect(message.part("2")?.trace?.name == "Über.pdf")
    #expect(message.bytes.allSatisfy { $0 < 0x80 })
  }

  @Test func theOnlyPartOfAMessageIsRemovedFromItsHeaderToo() {
    let text = """
      From: a@example.org
      Content-Type: image/png; name=x.png
      MIME-Version: 1.0
      Content-Transfer-Encoding: base64
      Subject: s

      AAAA

      """
    let expected = """
      From: a@example.org
      Content-Type: message/external-body; access-type=x-mutt-deleted;
      \texpiration="\(stamp)"; length=3; size=3
      MIME-Version: 1.0
      Subject: s

      Content-Type: image/png; name=x.png

      The part "x.png" (image/png, 3 bytes) was removed on \(stamp).

      """
    #expect(removing("1", from: text) == expected)
    #expect(Message(parsing: bytes(expected)).root.trace?.name == "x.png")
  }

  @Test func aMessageWithoutATypeGetsOne() {
    let expected = """
      Subject: s
      Content-Type: message/external-body; access-type=x-mutt-deleted;
      \texpiration="\(stamp)"; length=3; size=3
      MIME-Version: 1.0

      Content-Type: text/plain

      The part (text/plain, 3 bytes) was removed on \(stamp).

      """
    #expect(removing("1", from: "Subject: s\n\nxyz") == expected)
    #expect(removing("1", from: "Subject: s\n\nxyz").hasPrefix("Subject: s\nContent-Type: message/external-body"))
    #expect(removing("1", from: "Subject: s").hasPrefix("Subject: s\nContent-Type: message/external-body"))
    #expect(removing("1", from: "").hasPrefix("Content-Type: message/external-body"))
    #expect(removing("1", from: "no header at all\n").hasPrefix("Content-Type: message/external-body"))
  }

  private let nested = """
    Content-Type: multipart/mixed; boundary=o

    --o
    Content-Type: message/rfc822

    Subject: inner
    Content-Type: multipart/mixed; boundary=i

    --i

    text
    --i
    Content-Type: application/zip

    zip
    --i--
    --o
    Content-Type: message/rfc822

    Subject: single
    Content-Type: image/gif

    gif
    --o--

    """

  @Test func partsOfEmbeddedMessagesGoToo() throws {
    let inner = Message(parsing: bytes(removing("1.2", from: nested)))
    #expect(inner.part("1.2")?.trace?.mediaType == "application/zip")
    #expect(inner.part("1.1").map { Array($0.body) } == bytes("text"))
    #expect(inner.allParts.count == Message(parsing: bytes(nested)).allParts.count)
    let single = Message(parsing: bytes(removing("2.1", from: nested)))
    #expect(single.part("2.1")?.trace?.mediaType == "image/gif")
    #expect(single.part("2")?.embeddedMessage?.headers.text("Subject") == "single")
    let whole = Message(parsing: bytes(removing("1", from: nested)))
    #expect(whole.part("1")?.trace?.mediaType == "message/rfc822")
    #expect(whole.part("1.2") == nil)
  }

  @Test func aPartInsideAnotherGoesWithIt() {
    #expect(removing("1", "1.2", "1.1", from: nested) == removing("1", from: nested))
    #expect(removing("2", "1.2", from: nested) == removing("1.2", "2", from: nested))
    #expect(removing("1.2", "1.2", from: nested) == removing("1.2", from: nested))
  }

  @Test func multipartsStay() {
    let message = Message(parsing: bytes(mixed))
    #expect(message.root.removability == .multipart)
    #expect(message.removing([message.root], at: date) == message.bytes)
    #expect(message.removing([], at: date) == message.bytes)
  }

  @Test(arguments: ["\n", "\r\n"]) func aMissingDelimiterIsNoHindrance(_ lineBreak: String) throws {
    let text = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: image/gif\n\ngif\n"
    let message = Message(
      parsing: bytes(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineBreak)))
    let result = Message(parsing: try #require(message.removing([message.allParts[2]], at: date)))
    #expect(result.part("2")?.trace?.mediaType == "image/gif")
    #expect(result.part("1").map { Array($0.body) } == bytes("x"))
    #expect(result.bytes.suffix(2) == bytes("." + lineBreak).suffix(2))
  }

  @Test(arguments: ["--b\nContent-Type: image/gif\n\n--b--\n", "--b\nContent-Type: image/gif\n--b--\n", "--b\n--b--\n"])
  func aPartWithoutABodyIsRemovedFromBeforeTheDelimiter(_ text: String) throws {
    let text = "Content-Type: multipart/mixed; boundary=b\n\n" + text
    let message = Message(parsing: bytes(text))
    let result = Message(parsing: try #require(message.removing([message.allParts[1]], at: date)))
    #expect(result.allParts.count == message.allParts.count)
    #expect(result.part("1")?.trace != nil)
    #expect(result.bytes.suffix(6) == bytes("--b--\n"))
    #expect(result.defects.isEmpty)
  }

  @Test func whatASignatureCoversIsSaid() {
    let text = """
      Content-Type: multipart/mixed; boundary=o

      --o
      Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=s

      --s
      Content-Type: multipart/mixed; boundary=i

      --i

      text
      --i
      Content-Type: application/zip

      zip
      --i--
      --s
      Content-Type: application/pgp-signature

      sig
      --s--
      --o
      Content-Type: application/pdf

      pdf
      --o
      Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e

      --e
      Content-Type: application/pgp-encrypted

      Version: 1
      --e
      Content-Type: application/octet-stream

      data
      --e--
      --o
      Content-Type: application/pkcs7-mime; smime-type=enveloped-data

      data
      --o
      Content-Type: application/pkcs7-mime; smime-type=certs-only

      data
      --o--

      """
    let message = Message(parsing: bytes(text))
    let expected: [(String, Removability)] = [
      ("1", .multipart), ("1.1.2", .breaksSignature("OpenPGP")), ("1.2", .breaksSignature("OpenPGP")), ("2", .free),
      ("3.2", .sealed("OpenPGP")), ("4", .sealed("S/MIME")), ("5", .free),
    ]
    for (number, removability) in expected {
      #expect(message.part(number)?.removability == removability, "part \(number)")
    }
    let smime = Message(
      parsing: bytes(
        "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\n\n--s\n\nx\n--s--\n"))
    #expect(smime.part("1")?.removability == .breaksSignature("S/MIME"))
  }

  @Test func aMessageWhoseOtherPartsWouldBeLostIsRefused() {
    // The first delimiter is found only because nothing that looks like a field follows it.
    let text = "Content-Type: multipart/mixed; boundary=b\n--b\n\none\n--b\n\ntwo\n--b--\n"
    let message = Message(parsing: bytes(text))
    #expect(message.part("2").map { Array($0.body) } == bytes("two"))
    #expect(message.removing([message.allParts[1]], at: date) == nil)
  }

  @Test func aLongHeaderDoesNotStay() {
    let long = String(repeating: " x", count: 4_000)
    let text =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Description:\(long)\nContent-Type: image/gif\n\ngif\n--b--\n"
    let result = removing("1", from: text)
    #expect(result.utf8.count < 1_000)
    #expect(Message(parsing: bytes(result)).part("1")?.trace?.mediaType == "image/gif")
  }
}

@Suite struct RemovalRobustnessTests {
  /// Takes out every part that may go, one by one and all together, and checks that nothing else has changed. How many
  /// times that was refused.
  @discardableResult
  static func check(_ original: [UInt8]) -> Int {
    let message = Message(parsing: original)
    var refused = 0
    // A multipart without parts bears the number of the message that it is the root of.
    let parts = message.allParts.filter { !($0.isMessageRoot && $0.contentType.isMultipart) }
    let removable = parts.filter { $0.removability != .multipart && $0.trace == nil }
    for part in removable.prefix(20) {
      guard let bytes = message.removing([part], at: date) else {
        refused += 1
        continue
      }
      let result = Message(parsing: bytes)
      #expect(result.part(part.number)?.trace?.size == part.decodedBody().count)
      let others = parts.filter { $0.children.isEmpty && !isInside($0, part) && $0.number != part.number }
      for other in others.prefix(20) {
        #expect(
          result.part(other.number)?.body.elementsEqual(other.body) == true,
          "part \(other.number) after removing \(part.number)")
      }
      let again = result.removing([part].compactMap { result.part($0.number) }, at: date)
      #expect(again == result.bytes)
    }
    guard let bytes = message.removing(removable, at: date) else { return refused + 1 }
    let rest = Message(parsing: bytes)
    #expect(rest.allParts.allSatisfy { $0.trace != nil || $0.contentType.isMultipart || !$0.children.isEmpty })
    return refused
  }

  private static func isInside(_ part: Part, _ outer: Part) -> Bool {
    var parent = part.parent
    while let current = parent {
      if current.number == outer.number, current.rawHeader == outer.rawHeader { return true }
      parent = current.parent
    }
    return false
  }

  @Test(arguments: Fixtures.names) func nothingElseChanges(_ name: String) throws {
    let original = try Fixtures.message(name)
    #expect(Self.check(original) == 0)
    #expect(Self.check(Fixtures.withCRLF(original)) == 0)
  }

  @Test(arguments: Fixtures.names) func cutAndDamagedMessagesKeepTheirOtherParts(_ name: String) throws {
    let original = try Fixtures.message(name)
    guard original.count < 20_000, !original.isEmpty else { return }
    for count in stride(from: 0, through: original.count, by: max(1, original.count / 20)) {
      Self.check(Array(original[..<count]))
    }
    var numbers = SeededNumbers(state: 42)
    var bytes = original
    for round in 0..<20 {
      if round % 4 == 0 { bytes = original }
      bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      Self.check(bytes)
    }
  }
}
