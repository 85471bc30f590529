import MailBytes
import MailMIME
import Testing

/// Random values that try every branch of the writer.
struct RandomMail {
  var numbers: SeededNumbers

  static let pieces = [
    "a", "word", " ", "  ", "é", "ß", "日本", "🏳️‍🌈", "\"", "\\", "=?", "?=", "=?utf-8?q?x?=", ",", ";", ":", "<", ">", "(",
    ")", "@",
    ".", "=", "_", "?", "'", "%", "*", "/", "[", "]", "long-word-without-any-space-that-goes-on-and-on", "\t", "From ",
    "\u{1B}",
    "\u{202E}", "\u{10FFFF}", "0", "--", "&", "#", "~",
  ]

  mutating func text(_ limit: Int = 40, without excluded: Set<String> = []) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...limit, using: &numbers) {
      let piece = Self.pieces.randomElement(using: &numbers) ?? ""
      if !excluded.contains(piece) { text += piece }
    }
    return text
  }

  mutating func address() -> Address {
    let name = text(12)
    let local = ["ada", "o'brien", "first.last+tag", "ünïcode"].randomElement(using: &numbers) ?? "a"
    return Address(name: trimmed(name).isEmpty ? nil : name, address: "\(local)@example.org")
  }

  mutating func body(_ depth: Int = 0) -> BodyPart {
    var part: BodyPart
    switch Int.random(in: 0..<(depth < 4 ? 6 : 3), using: &numbers) {
    case 0: part = .text(text() + "\n" + text() + "\n")
    case 1: part = BodyPart(ContentType("text", "plain"), .text(String(repeating: text(5), count: 300)))
    case 2:
      let data = (0..<Int.random(in: 0...300, using: &numbers)).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      part = .attachment(data, type: ContentType("application", "octet-stream"), filename: text())
    case 3:
      let inner = MessageBuilder(body: body(depth + 1))
      part = .message(inner.build())
    default:
      var parts: [BodyPart] = []
      for _ in 0..<Int.random(in: 1...3, using: &numbers) { parts.append(body(depth + 1)) }
      part = .multipart("mixed", parts)
    }
    if Bool.random(using: &numbers) { part.contentID = "id\(numbers.next())@example.org" }
    if Bool.random(using: &numbers) { part.description = text() }
    return part
  }
}

/// `text` as a header carries it: in one line, without other control characters.
func oneLine(_ text: String) -> String {
  var output = ""
  for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F || scalar == "\t" {
    output.unicodeScalars.append(scalar)
  }
  return output
}

/// `text` as a header can carry it at its ends.
func trimmed(_ text: String) -> String {
  var scalars = Array(text.unicodeScalars)
  let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" }
  while let last = scalars.last, isSpace(last) { scalars.removeLast() }
  while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
  var output = ""
  output.unicodeScalars.append(contentsOf: scalars)
  return output
}

@Suite struct BuilderTests {
  static let forms: [MessageBuilder.Options] = {
    var forms: [MessageBuilder.Options] = []
    for usesCRLF in [false, true] {
      for isSevenBit in [false, true] {
        var options = MessageBuilder.Options()
        options.usesCRLF = usesCRLF
        options.isSevenBit = isSevenBit
        forms.append(options)
      }
    }
    return forms
  }()

  @Test(arguments: 0..<300) func whatIsWrittenIsReadBack(_ seed: Int) {
    var random = RandomMail(numbers: SeededNumbers(state: UInt64(seed)))
    let body = random.body()
    var builder = MessageBuilder(body: body)
    let subject = random.text()
    let from = random.address()
    let to = (0..<5).map { _ in random.address() }
    let members = (0..<2).map { _ in random.address() }
    let group = "group " + random.text(5)
    builder.add("From", addresses: [from])
    builder.add("To", addresses: to)
    builder.add("Cc", addressList: [.group(name: group, members: members), .mailbox(from)])
    builder.add("Subject", text: subject)
    builder.add("Message-ID", messageIDs: ["x\(seed)@example.org"])
    builder.add("References", messageIDs: (0..<8).map { "reference-number-\($0)-\(seed)@example.org" })
    builder.add(date: MailDate(seconds: 1_725_523_872 + Int64(seed) * 86_399, offsetMinutes: seed % 26 * 30 - 390))
    for options in Self.forms {
      let bytes = builder.build(options)
      let message = Message(parsing: bytes)
      #expect(message.defects.isEmpty)
      #expect(message.headers.text("Subject") == oneLine(subject))
      #expect(message.headers.addresses("From").map { normal($0) } == [normal(from)])
      #expect(message.headers.addresses("To").map { normal($0) } == to.map { normal($0) })
      #expect(message.headers.addresses("Cc").map { normal($0) } == (members + [from]).map { normal($0) })
      #expect(message.headers.messageIDs("References").count == 8)
      #expect(message.headers.date()?.seconds == 1_725_523_872 + Int64(seed) * 86_399)
      expectSame(message.root, body)
      expectShape(bytes, options, body)
    }
  }

  private func normal(_ address: Address) -> Address {
    Address(name: oneLine(address.name ?? ""), address: address.address)
  }

  private func expectSame(_ part: Part, _ body: BodyPart) {
    #expect(part.contentType.mediaType == body.contentType.mediaType)
    #expect(part.contentID == body.contentID)
    #expect(part.headers.text("Content-Description") ?? "" == oneLine(body.description ?? ""))
    if let filename = body.filename, !oneLine(filename).isEmpty { #expect(part.filename == oneLine(filename)) }
    switch body.content {
    case .text(let text): #expect(withoutReturns(part.text()) == withoutReturns(text))
    case .data(let data): #expect(part.decodedBody() == data)
    case .message(let message): #expect(Array(part.body) == message)
    case .multipart(let parts):
      #expect(part.children.count == parts.count)
      for (child, expected) in zip(part.children, parts) { expectSame(child, expected) }
    }
  }

  private func withoutReturns(_ text: String) -> String {
    String(decoding: text.utf8.filter { $0 != 0x0D }, as: UTF8.self)
  }

  private func expectShape(_ bytes: [UInt8], _ options: MessageBuilder.Options, _ body: BodyPart) {
    let header = Message(parsing: bytes).root.rawHeader
    #expect(header.allSatisfy { $0 < 0x80 } || !options.isSevenBit || header.count > 0)
    for line in header.split(separator: 0x0A) { #expect(line.count <= 500) }
    if options.isSevenBit, !hasMessage(body) {
      #expect(Message(parsing: bytes).root.body.allSatisfy { $0 < 0x80 && $0 != 0 })
    }
    if options.usesCRLF, !hasMessage(body) {
      for (index, byte) in bytes.enumerated() where byte == 0x0A { #expect(index > 0 && bytes[index - 1] == 0x0D) }
    }
  }

  private func hasMessage(_ body: BodyPart) -> Bool {
    switch body.content {
    case .message: true
    case .multipart(let parts): parts.contains { hasMessage($0) }
    default: false
    }
  }

  @Test func linesAreFolded() {
    var builder = MessageBuilder(body: .text("x\n"))
    builder.add("Subject", text: String(repeating: "word ", count: 60) + "end")
    builder.add("To", addresses: (0..<30).map { Address(name: "Person \($0)", address: "person\($0)@example.org") })
    builder.add("X-Name", text: String(repeating: "Größe ", count: 40) + "end")
    let header = Message(parsing: builder.build()).root.rawHeader
    #expect(header.split(separator: 0x0A).allSatisfy { $0.count <= 78 })
  }

  @Test func plainWordsStayPlain() {
    var builder = MessageBuilder(body: .text("x\n"))
    builder.add("Subject", text: "The plan for Zürich and Genf")
    builder.add("From", addresses: [Address(name: "Plain Name", address: "a@example.org")])
    builder.add("To", addresses: [Address(name: "Quoted, Name", address: "b@example.org")])
    let text = String(decoding: builder.build(), as: UTF8.self)
    #expect(text.contains("Subject: The plan for =?utf-8?q?Z=C3=BCrich?= and Genf\n"))
    #expect(text.contains("From: Plain Name <a@example.org>\n"))
    #expect(text.contains("To: \"Quoted, Name\" <b@example.org>\n"))
  }

  @Test func noFieldCanBeSmuggledIn() {
    var builder = MessageBuilder(body: .text("x\n"))
    builder.add("Subject", text: "a\nBcc: victim@example.org\n\nbody")
    builder.add("X-Bad\r\nBcc", value: "v\r\nBcc: victim@example.org")
    builder.add(
      "To", addresses: [Address(name: "n\r\nBcc: v@example.org", address: "t@example.org\r\nBcc: v@example.org")])
    builder.add("References", messageIDs: ["a@b>\r\nBcc: <v@example.org"])
    let message = Message(parsing: builder.build())
    #expect(message.headers["Bcc"] == nil)
    #expect(message.headers.text("Subject") == "a Bcc: victim@example.org  body")
    #expect(message.root.text() == "x\n")
  }

  /// The encoded words of the field, each decoded by itself as a program would that decodes one after the other.
  private func wordsOneByOne(_ field: String) -> [String] {
    field.split { $0 == " " || $0 == "\n" }.filter { $0.hasPrefix("=?") }.map { word in
      let message = Message(parsing: Array("Subject: \(word)\n\n".utf8))
      return message.headers.text("Subject") ?? ""
    }
  }

  @Test(arguments: ["🏳️‍🌈👩‍👩‍👧‍👦", "e\u{301}o\u{308}\u{323}", "שלום עולם ", "नमस्ते दुनिया ", "日本語の長い件名", "a🇧🇪🇩🇪"])
  func encodedWordsDivideNothingThatIsSeenAsOne(_ piece: String) {
    let subject = String(repeating: piece, count: 30)
    var builder = MessageBuilder(body: .text("x\n"))
    builder.add("Subject", text: subject)
    let bytes = builder.build()
    #expect(Message(parsing: bytes).headers.text("Subject") == subject)
    let header = Message(parsing: bytes).root.rawHeader
    #expect(header.split(separator: 0x0A).allSatisfy { $0.count <= 76 })
    #expect(header.starts(with: "Subject: =?".utf8))
    let words = wordsOneByOne(String(decoding: header, as: UTF8.self))
    #expect(words.count > 1)
    #expect(words.joined() == subject)
    #expect(words.reduce(0) { $0 + $1.count } == subject.count)
  }

  @Test func aCharacterThatFitsNoWordIsDividedBetweenCodePoints() {
    let subject = "a" + String(repeating: "\u{301}\u{10FFFF}", count: 200)
    var builder = MessageBuilder(body: .text("x\n"))
    builder.add("Subject", text: subject)
    let header = Message(parsing: builder.build()).root.rawHeader
    #expect(header.split(separator: 0x0A).allSatisfy { $0.count <= 76 })
    #expect(Message(parsing: builder.build()).headers.text("Subject") == subject)
    #expect(!wordsOneByOne(String(decoding: header, as: UTF8.self)).contains { $0.unicodeScalars.contains("\u{FFFD}") })
  }

  @Test func namesAreWrittenForEveryReader() {
    func written(_ name: String, _ address: String = "a@example.org") -> String {
      String(
        decoding: HeaderField.addresses("To", [.mailbox(Address(name: name, address: address))]).octets(), as: UTF8.self
      )
    }
    #expect(written("O'Brien, \"Joe\" \\ (x)") == "To: \"O'Brien, \\\"Joe\\\" \\\\ (x)\" <a@example.org>\n")
    #expect(written("a@example.org") == "To: \"a@example.org\" <a@example.org>\n")
    #expect(written("x", "a@bücher.example") == "To: x <a@xn--bcher-kva.example>\n")
    #expect(written("x", "ü@bücher.example") == "To: x <ü@bücher.example>\n")
    #expect(written("n\u{0}a\r\nme") == "To: na me <a@example.org>\n")
    #expect(!written(String(repeating: "a, ", count: 50)).contains("\""))
  }

  @Test func fiveThousandRecipientsAreFolded() {
    let people = (0..<5_000).map { Address(name: "Person, \($0) Größe", address: "person\($0)@example.org") }
    var builder = MessageBuilder(body: .text("x\n"))
    builder.add("To", addresses: people)
    builder.add("Cc", addressList: [.group(name: "The, group", members: people), .group(name: "", members: [])])
    let message = Message(parsing: builder.build())
    #expect(message.headers.addresses("To") == people)
    #expect(message.headers.addresses("Cc") == people)
    #expect(message.root.rawHeader.split(separator: 0x0A).allSatisfy { $0.count <= 78 })
  }

  @Test func whatNoBodyMayHoldIsEncoded() {
    for (text, encoding) in [
      ("a\u{0}b and more text\n", TransferEncoding.quotedPrintable), ("a\rb\nc and more text\n", .quotedPrintable),
      ("\u{0}\n", .base64), ("", .sevenBit),
    ] {
      for options in Self.forms {
        let bytes = MessageBuilder(body: .text(text)).build(options)
        let part = Message(parsing: bytes).root
        #expect(part.transferEncoding == encoding)
        #expect(
          String(decoding: part.text().utf8.filter { $0 != 0x0D }, as: UTF8.self)
            == String(decoding: text.utf8.filter { $0 != 0x0D }, as: UTF8.self))
        #expect(!bytes.contains(0))
      }
    }
    let kept = Message(parsing: MessageBuilder(body: .text("a\rb\nc and more text\n")).build()).root.text()
    #expect(kept == "a\rb\nc and more text\n")
  }

  @Test func fileNamesAreDividedBetweenCharacters() {
    let name = String(repeating: "Größe, 日本 🏳️‍🌈 ", count: 12) + ".pdf"
    let part = BodyPart.attachment([1], type: ContentType("application", "pdf"), filename: name)
    let header = String(decoding: part.header(encoding: .base64), as: UTF8.self)
    #expect(header.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 })
    for line in header.split(separator: "\n") where line.contains("*") && !line.contains("''") {
      // A chunk that begins inside a character has a continuation octet first.
      let value = line.drop { $0 != "=" }.dropFirst()
      #expect(!(value.hasPrefix("%8") || value.hasPrefix("%9") || value.hasPrefix("%A") || value.hasPrefix("%B")))
    }
    #expect(Message(parsing: Array(header.utf8)).root.filename == name)
  }

  @Test func theEncodingFitsTheText() {
    func encoding(_ text: String, isSevenBit: Bool = false) -> TransferEncoding {
      var options = MessageBuilder.Options()
      options.isSevenBit = isSevenBit
      return Message(parsing: MessageBuilder(body: .text(text)).build(options)).root.transferEncoding
    }
    #expect(encoding("plain\n") == .sevenBit)
    #expect(encoding("naïve\n") == .eightBit)
    #expect(encoding("It is not naïve at all\n", isSevenBit: true) == .quotedPrintable)
    #expect(encoding("это по-русски\n", isSevenBit: true) == .base64)
    #expect(encoding(String(repeating: "long ", count: 300)) == .quotedPrintable)
    #expect(encoding("trailing \n") == .sevenBit)
    #expect(encoding("trailing \n", isSevenBit: true) == .quotedPrintable)
    #expect(encoding("From here\n", isSevenBit: true) == .quotedPrintable)
  }

  @Test func boundariesDoNotCollide() {
    let first = MessageBuilder(body: .multipart("mixed", [.text("x\n")])).build()
    let boundary = Message(parsing: first).root.contentType["boundary"] ?? ""
    let hostile = "--\(boundary)\n\nfalse part\n--\(boundary)--\n"
    let second = Message(parsing: MessageBuilder(body: .multipart("mixed", [.text(hostile), .text("x\n")])).build())
    #expect(second.root.children.count == 2)
    #expect(second.root.children.first?.text() == hostile)
  }
}
