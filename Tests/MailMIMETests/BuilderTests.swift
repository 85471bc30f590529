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
      #expect(message.headers.text("Subject") == subject)
      #expect(message.headers.addresses("From").map { normal($0) } == [normal(from)])
      #expect(message.headers.addresses("To").map { normal($0) } == to.map { normal($0) })
      #expect(message.headers.addresses("Cc").map { normal($0) } == (members + [from]).map { normal($0) })
      #expect(message.headers.messageIDs("References").count == 8)
      #expect(message.headers.date()?.seconds == 1_725_523_872 + Int64(seed) * 86_399)
      expectSame(message.root, body)
      expectShape(bytes, options, body)
    }
  }

  private func normal(_ address: Address) -> Address { Address(name: address.name ?? "", address: address.address) }

  private func expectSame(_ part: Part, _ body: BodyPart) {
    #expect(part.contentType.mediaType == body.contentType.mediaType)
    #expect(part.contentID == body.contentID)
    #expect(part.headers.text("Content-Description") ?? "" == body.description ?? "")
    if let filename = body.filename, !filename.isEmpty { #expect(part.filename == filename) }
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
    #expect(message.headers.text("Subject") == "a\nBcc: victim@example.org\n\nbody")
    #expect(message.root.text() == "x\n")
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
