import MailConfiguration
import MailGateways
import MailMIME
import Testing

func message(_ text: String) -> Message { Message(parsing: Array(text.utf8)) }

func smsGateway(_ change: (inout Configuration.Gateway) -> Void = { _ in }) throws -> Gateway {
  var configuration = Configuration()
  var gateway = Configuration.Gateway()
  gateway.command = "cat"
  change(&gateway)
  configuration.smsGateway = gateway
  return try Gateway(.sms, configuration)
}

/// The text that an SMS of `text` has.
func smsText(_ text: String) throws -> String {
  let gateway = try smsGateway()
  guard case .sms(let sms) = try gateway.content(of: message(text), to: TelephoneNumber("+32475123456")) else {
    return ""
  }
  return sms.text
}

@Suite struct NumberTests {
  @Test(arguments: [
    ("+32475123456@SMS", "+32475123456"), ("32475123456@sms", "+32475123456"), ("0032475123456@SMS", "+32475123456"),
    ("\"+32 (475) 12.34-56\"@SMS", "+32475123456"), ("0475123456@SMS", "+32475123456"),
    ("+123456789012345@SMS", "+123456789012345"),
  ]) func `numbers are read as people write them`(_ address: String, _ number: String) throws {
    #expect(try TelephoneNumber(address: address, country: "32").description == number)
  }

  @Test(arguments: [
    "", "@SMS", "+@SMS", "ada@SMS", "+32 x@SMS", "+0475123456@SMS", "000475@SMS", "+1234567890123456@SMS", "+12345@SMS",
    "112@SMS", "4+75123456@SMS", "+32475123456;rm@SMS", "$(id)@SMS", "+32475\n123456@SMS", "+٣٢٤٧٥١٢٣٤٥٦@SMS",
  ]) func `what is no number is refused`(_ address: String) {
    #expect(throws: GatewayError.self) { try TelephoneNumber(address: address, country: "32") }
  }

  @Test func `a national number needs the country, and Italy keeps its zero`() throws {
    #expect(throws: GatewayError.self) { try TelephoneNumber("0475123456") }
    #expect(try TelephoneNumber("0612345678", country: "39").description == "+390612345678")
  }

  @Test func `only addresses of the two words are for gateways`() {
    #expect(GatewayKind(ofAddress: "+32475123456@SmS") == .sms)
    #expect(GatewayKind(ofAddress: "1@FAX") == .fax)
    for other in ["a@sms.example.org", "sms", "a@", "", "a@sms "] { #expect(GatewayKind(ofAddress: other) == nil) }
  }

  @Test func `numbers may be allowed and denied by how they begin`() throws {
    let gateway = try smsGateway {
      $0.allow = ["+32", "+33"]
      $0.deny = ["+32900"]
      $0.country = "32"
    }
    #expect(try gateway.number("0475123456@SMS").description == "+32475123456")
    #expect(throws: GatewayError.notAllowed("+4915112345678")) { try gateway.number("+4915112345678@SMS") }
    #expect(throws: GatewayError.notAllowed("+3290012345")) { try gateway.number("+3290012345@SMS") }
  }
}

@Suite struct SMSTextTests {
  @Test(arguments: [
    (String(repeating: "a", count: 160), 1), (String(repeating: "a", count: 161), 2),
    (String(repeating: "a", count: 306), 2), (String(repeating: "a", count: 307), 3),
    (String(repeating: "€", count: 80), 1), (String(repeating: "€", count: 81), 2),
    (String(repeating: "€", count: 153), 3),
    ("a", 1), ("", 0), ("@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà^{}\\[~]|€", 1),
  ]) func `seven bits have 160 septets, and 153 in each of several parts`(_ text: String, _ count: Int) {
    let sms = SMSText(text)
    #expect(sms.alphabet == .gsm)
    #expect(sms.parts.count == count)
    #expect(sms.parts.joined() == text)
  }

  @Test(arguments: [
    (String(repeating: "ж", count: 70), 1), (String(repeating: "ж", count: 71), 2),
    (String(repeating: "ж", count: 134), 2),
    (String(repeating: "ж", count: 135), 3), (String(repeating: "😀", count: 35), 1),
    (String(repeating: "😀", count: 36), 2),
    (String(repeating: "😀", count: 67), 3), ("ç", 1),
  ]) func `sixteen bits have 70 units, and 67 in each of several parts`(_ text: String, _ count: Int) {
    let sms = SMSText(text)
    #expect(sms.alphabet == .ucs2)
    #expect(sms.parts.count == count)
    #expect(sms.parts.joined() == text)
    #expect(sms.parts.allSatisfy { $0.utf16.count <= 70 })
  }

  @Test func `typographic signs become plain ones where that is all that needs more bits`() {
    let sms = SMSText("It’s “here” – soon…")
    #expect(sms.text == "It's \"here\" - soon..." && sms.alphabet == .gsm)
    #expect(SMSText("“ж”").text == "“ж”")
  }

  @Test func `a letter is never divided between parts`() {
    let sms = SMSText(String(repeating: "a", count: 152) + "€" + String(repeating: "b", count: 20))
    #expect(sms.parts.map(\.count) == [152, 21])
  }
}

@Suite struct MessageTextTests {
  @Test(arguments: [
    ("\nHello.\n", "Hello."),
    ("\n\n\nOne\n\n\n\nTwo  \n\n", "One\n\nTwo"),
    ("\nHello.\n\n-- \nAda Example\nwww.example.org\n", "Hello."),
    ("\nYes.\n\nOn Monday Ada wrote:\n> Are you there?\n> Ada\n", "Yes."),
    ("\nYes.\n\nOn Monday, 4 March 2024 at 10:00,\nAda <ada@example.org> wrote:\n> Are you there?\n", "Yes."),
    ("\n> One?\nYes.\n> Two?\nNo.\n", "Yes.\n\nNo."),
    ("\nYes.\n\n-----Original Message-----\nFrom: Ada\n", "Yes."),
    ("\n> Only quoted.\n", "Only quoted."),
    ("Subject: =?utf-8?q?Caf=C3=A9?= at five\n\n\n", "Café at five"),
    ("Content-Type: text/plain; format=flowed\n\nA long \nline.\n", "A long line."),
    (
      "Content-Type: text/html; charset=utf-8\n\n<p>Hello,<br>Caf&eacute;</p><blockquote type=cite>Old</blockquote>",
      "Hello,\nCafé"
    ),
    ("\nbell\u{07} and \u{1B}[2J\n", "bell and [2J"),
  ]) func `an SMS is what its author wrote`(_ text: String, _ expected: String) throws {
    #expect(try smsText(text) == expected)
  }

  @Test func `of alternatives the plain one is taken, unless it is empty, and attachments are not`() throws {
    func alternative(_ plain: String) -> String {
      """
      Content-Type: multipart/mixed; boundary=m

      --m
      Content-Type: multipart/alternative; boundary=a

      --a

      \(plain)
      --a
      Content-Type: text/html

      <b>Markup</b>
      --a--
      --m
      Content-Type: text/plain
      Content-Disposition: attachment; filename=notes.txt

      Notes.
      --m
      Content-Type: message/rfc822

      Subject: x

      Inner.
      --m--
      """
    }
    #expect(try smsText(alternative("Plain")) == "Plain")
    #expect(try smsText(alternative(" ")) == "Markup")
  }

  @Test func `nothing to say and too much to say are errors`() throws {
    let gateway = try smsGateway { $0.maxParts = 2 }
    let number = try TelephoneNumber("+32475123456")
    #expect(throws: GatewayError.empty) { try gateway.content(of: message("\n\n"), to: number) }
    #expect(throws: GatewayError.tooManyParts(3, limit: 2)) {
      try gateway.content(of: message("\n\(String(repeating: "a", count: 307))\n"), to: number)
    }
  }
}
