import MailBytes
import MailMIME
import Testing

@testable import MailSMTP

/// What goes over the wire for `message`, given in pieces of `size` octets.
private func wire(_ message: String, pieces size: Int = .max, dots: Bool = true) -> String {
  var encoder = LineEncoder(doublesDots: dots)
  var output: [UInt8] = []
  var rest = Array(message.utf8)[...]
  while !rest.isEmpty {
    encoder.encode(Array(rest.prefix(size)).span, into: &output)
    rest = rest.dropFirst(size)
  }
  encoder.finish(into: &output)
  return string(output)
}

@Suite struct Lines {
  @Test(arguments: [
    ("a\nb\n", "a\r\nb\r\n.\r\n"), ("a\r\nb", "a\r\nb\r\n.\r\n"), ("", ".\r\n"), (".\n", "..\r\n.\r\n"),
    ("a\n.b\n..c\n", "a\r\n..b\r\n...c\r\n.\r\n"), ("a\r.\r\nb", "a .\r\nb\r\n.\r\n"),
    ("a\r\r\nb\n", "a\r\nb\r\n.\r\n"),
    ("a\n.\r\nb", "a\r\n..\r\nb\r\n.\r\n"), ("\r.\n", " .\r\n.\r\n"), ("a\r", "a\r\n.\r\n"),
    ("\n\n.", "\r\n\r\n..\r\n.\r\n"),
  ]) func `lines end in CRLF and dots are doubled, however the message is cut`(_ message: String, _ expected: String) {
    for size in 1...max(1, message.utf8.count) { #expect(wire(message, pieces: size) == expected, "\(size)") }
  }

  @Test func `for BDAT dots stay and no dot ends the message`() {
    #expect(wire(".a\n.\n", dots: false) == ".a\r\n.\r\n")
  }

  @Test func `no octets can make a line end that is none, nor end the message early`() {
    var state: UInt64 = 88_172_645_463_325_252
    for _ in 0..<3_000 {
      var message: [UInt8] = []
      for _ in 0..<40 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        message.append([0x0D, 0x0A, 0x2E, 0x61][Int(state >> 33 & 3)])
      }
      var encoder = LineEncoder(doublesDots: true)
      var output: [UInt8] = []
      encoder.encode(message.span, into: &output)
      encoder.finish(into: &output)
      let lines = output.split(separator: 0x0A, omittingEmptySubsequences: false)
      for line in lines.dropLast() { #expect(line.last == 0x0D && line.dropLast().allSatisfy { $0 != 0x0D }) }
      #expect(lines.dropLast(2).allSatisfy { $0 != [0x2E, 0x0D] } && lines.last == [])
      var traits = MessageTraits()
      traits.take(message.span)
      traits.finish()
      var plain = LineEncoder(doublesDots: false)
      var undotted: [UInt8] = []
      plain.encode(message.span, into: &undotted)
      plain.finish(into: &undotted)
      // A CR at the very end of a message is dropped in one, part of a line in the other, where nothing follows.
      if message.last != 0x0D { #expect(traits.size == Int64(undotted.count)) }
    }
  }
}

@Suite struct Traits {
  private func traits(_ text: String, pieces size: Int = 3) -> MessageTraits {
    var traits = MessageTraits()
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      traits.take(Array(rest.prefix(size)).span)
      rest = rest.dropFirst(size)
    }
    traits.finish()
    return traits
  }

  @Test func `what a message asks for is seen, and where`() {
    #expect(traits("A: b\n\nbody\n").body == MessageTraits.Region(hasBareLF: true))
    #expect(traits("A: b\r\n\r\nbodé\r\n").body == MessageTraits.Region(is8Bit: true))
    #expect(traits("A: é\r\n\r\nbody\r\n").header == MessageTraits.Region(is8Bit: true))
    #expect(traits("A: b\r\n\r\nbo\rdy\r\n").body == MessageTraits.Region(hasBareCR: true))
    #expect(traits("A: b\r\n\r\nbo\0dy\r\n").body == MessageTraits.Region(hasNUL: true))
    let line = String(repeating: "x", count: 999)
    #expect(traits("A: b\r\n\r\n\(line)\r\n", pieces: 100).body == MessageTraits.Region(hasLongLine: true))
    #expect(traits("A: b\r\n\r\n\(line.dropFirst())\r\n", pieces: 100).body == MessageTraits.Region())
    #expect(traits("A: b\n\nbody").size == 14)
  }
}

/// `message` as a server that can do `keywords` gets it.
private func rendered(_ message: [UInt8], _ keywords: String..., international: Bool = false) throws -> [UInt8] {
  let server = SMTPCapabilities(
    SMTPReply(code: 250, lines: ["h"].map { Array($0.utf8) } + keywords.map { Array($0.utf8) }))
  let source = MessageSource(message)
  let rendition = try MessageRendition(
    source, try source.traits(), isInternational: international, for: server)
  var output: [UInt8] = []
  try rendition.write(doublesDots: false) { (piece, _) throws(SMTPError) in output += piece }
  #expect(Int64(output.count) == rendition.form.size)
  return output
}

private func isSevenBit(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

/// Every leaf: media type and decoded octets, line ends as LF.
private func contents(_ message: [UInt8]) -> [String] {
  Message(parsing: message).allParts.filter { $0.children.isEmpty && $0.embeddedMessage == nil }.map { part in
    let body = part.decodedBody()
    let lines = string(body).filter { $0 != "\r" }.map { $0 == "\r\n" ? "\n" : $0 }
    return "\(part.contentType.mediaType) \(String(lines))"
  }
}

@Suite struct Renditions {
  private let text = Array(
    "From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nGrüße aus Köln, und noch etwas Text, damit es sich lohnt,\n.eine Zeile mit Punkt\n"
      .utf8)

  @Test func `8-bit text goes as it is where the server takes it`() throws {
    let wire = try rendered(text, "8BITMIME")
    #expect(
      string(wire) == string(text).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
  }

  @Test func `8-bit text becomes quoted-printable where it doesn't, and means the same`() throws {
    let wire = try rendered(text)
    #expect(isSevenBit(wire))
    #expect(contents(wire) == contents(text))
    #expect(Message(parsing: wire).root.transferEncoding == .quotedPrintable)
  }

  @Test func `a message without a MIME header gets one when its text is encoded`() throws {
    let plain = Array("From: a@example.org\n\nGrüße\n".utf8)
    let wire = try rendered(plain)
    let message = Message(parsing: wire)
    #expect(isSevenBit(wire) && message.root.text().hasPrefix("Grüße"))
    #expect(message.headers["MIME-Version"] != nil)
  }

  @Test func `NUL, lone CR and long lines are encoded, and arrive`() throws {
    let body = "a\0b\nc\rd\n" + String(repeating: "long ", count: 400) + "\nend\n"
    let message = Array("From: a@example.org\nContent-Type: text/plain; charset=us-ascii\n\n\(body)".utf8)
    let wire = try rendered(message, "8BITMIME")
    let decoded = QuotedPrintable.decode(Message(parsing: wire).root.body.span)
    let unified = string(decoded).unicodeScalars.reduce(into: "") { result, scalar in
      if scalar == "\n", result.unicodeScalars.last == "\r" { result.unicodeScalars.removeLast() }
      result.unicodeScalars.append(scalar)
    }
    #expect(Array(unified.utf8) == Array(body.utf8))
    for line in wire.split(separator: 0x0A) { #expect(line.count <= 78) }
  }

  @Test func `only the parts that need it are touched, and nested ones too`() throws {
    let message = Array(
      """
      From: a@example.org
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b
      Content-Transfer-Encoding: 8bit

      preamble with é
      --b
      Content-Type: text/plain

      plain
      --b
      Content-Type: message/rfc822
      Content-Transfer-Encoding: 8bit

      From: Jörg <j@example.org>
      Subject: Grüße
      Content-Type: text/html; charset=utf-8
      Content-Transfer-Encoding: 8bit

      <p>schön</p>
      --b
      Content-Type: application/octet-stream
      Content-Transfer-Encoding: 8bit

      ÿÿÿÿÿÿ
      --b--
      epilogue é

      """.utf8)
    let wire = try rendered(message)
    #expect(isSevenBit(wire))
    #expect(contents(wire) == contents(message))
    let parsed = Message(parsing: wire)
    #expect(parsed.defects.isEmpty)
    #expect(parsed.root.transferEncoding == .sevenBit)
    #expect(parsed.allParts.contains { $0.headers.text("Subject") == "Grüße" })
    #expect(parsed.allParts.contains { $0.headers.addresses("From").first?.name == "Jörg" })
    #expect(string(wire).contains { $0 == "p" })
  }

  @Test func `a header beyond ASCII is encoded even for a server with SMTPUTF8 unless an address needs it`() throws {
    let message = Array("From: Jörg <j@example.org>\nSubject: Grüße\nX-Odd: ça va\n\nbody\n".utf8)
    let wire = try rendered(message, "8BITMIME", "SMTPUTF8")
    let headers = Message(parsing: wire).headers
    #expect(isSevenBit(wire))
    #expect(headers.text("Subject") == "Grüße" && headers.text("X-Odd") == "ça va")
    #expect(headers.addresses("From").first == Address(name: "Jörg", address: "j@example.org"))
    let kept = try rendered(message, "8BITMIME", "SMTPUTF8", international: true)
    #expect(
      string(kept) == string(message).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    )
  }

  @Test func `an address in the header that needs SMTPUTF8 is told`() {
    let message = Array("From: <jörg@example.org>\n\nbody\n".utf8)
    #expect(throws: SMTPError.needsUTF8("jörg@example.org")) { try rendered(message, "8BITMIME") }
  }

  @Test func `long header lines are folded, and say the same`() throws {
    let recipients = (1...200).map { "Person \($0) <p\($0)@example.org>" }.joined(separator: ",")
    let identifiers = (1...60).map { "<\($0).abcdefghijklmnop@mail.example.org>" }.joined()
    let word = String(repeating: "w", count: 2_000)
    let message = Array(
      "From: a@example.org\nTo: \(recipients)\nReferences: \(identifiers)\nSubject: \(word)\n\nx\n".utf8)
    let wire = try rendered(message, "8BITMIME")
    for line in wire.split(separator: 0x0A) { #expect(line.count <= 999) }
    let (before, after) = (Message(parsing: message).headers, Message(parsing: wire).headers)
    #expect(after.addresses("To") == before.addresses("To") && after.addresses("To").count == 200)
    #expect(after.messageIDs("References") == before.messageIDs("References"))
    #expect(after.text("Subject") == word)
  }

  @Test func `a signed part is not touched but refused, with the reason`() {
    let message = Array(
      "From: a@example.org\nContent-Type: multipart/signed; boundary=s\n\n--s\nContent-Type: text/plain\n\né\n--s\n\nsig\n--s--\n"
        .utf8)
    #expect(throws: SMTPError.self) { try rendered(message) }
    #expect(throws: Never.self) { try rendered(message, "8BITMIME") }
  }

  @Test func `a message of lone CRs has lines`() throws {
    let wire = try rendered(Array("From: a@example.org\rSubject: x\r\rone\rtwo\r".utf8))
    #expect(string(wire) == "From: a@example.org\r\nSubject: x\r\n\r\none\r\ntwo\r\n")
  }

  @Test func `binary goes as it is to a server with BINARYMIME, and only with CRLF in the header`() throws {
    let binary =
      Array("From: a@example.org\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\n".utf8) + [
        0, 13, 10, 10, 13, 255, 46,
      ]
    #expect(try rendered(binary, "BINARYMIME", "CHUNKING", "8BITMIME") == binary)
    let encoded = try rendered(binary, "8BITMIME")
    #expect(Message(parsing: encoded).root.decodedBody() == [0, 13, 10, 10, 13, 255, 46])
  }

  @Test func `base64 in one endless line is divided`() throws {
    let data = (0..<3_000).map { UInt8(truncatingIfNeeded: $0) }
    let message =
      Array("From: a@example.org\nContent-Type: a/b\nContent-Transfer-Encoding: base64\n\n".utf8)
      + Base64.encode(data.span) + [10]
    let wire = try rendered(message, "8BITMIME")
    for line in wire.split(separator: 0x0A) { #expect(line.count <= 77) }
    #expect(Message(parsing: wire).root.decodedBody() == data)
  }
}
