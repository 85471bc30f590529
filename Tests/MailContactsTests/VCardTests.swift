import Testing

@testable import MailContacts

@Suite struct VCardTests {
  private func cards(_ text: String) -> [VCard] { parseVCards(Array(text.utf8)).cards }

  private func card(_ lines: String...) throws -> Contact {
    let text = "BEGIN:VCARD\r\n" + lines.joined(separator: "\r\n") + "\r\nEND:VCARD\r\n"
    return Contact(try #require(cards(text).first))
  }

  @Test func versionFourIsRead() throws {
    let contact = try card(
      "VERSION:4.0", "FN:Ada King\\, Countess", "N:King;Ada;Augusta;Lady;", "EMAIL;PREF=2;TYPE=home:old@example.org",
      "EMAIL;PREF=1;TYPE=\"work,home\":ada@example.org", "TEL;VALUE=uri;TYPE=\"voice,cell\":tel:+44-20-7946-0000;ext=1",
      "ORG:Analytical Engines;Research", "NOTE:two\\nlines\\; and more", "UID:urn:uuid:1", "BDAY:--1210")
    #expect(contact.name == "Ada King, Countess")
    #expect(contact.parts.family == "King")
    #expect(contact.parts.joined == "Lady Ada Augusta King")
    #expect(contact.emails.map { $0.value } == ["ada@example.org", "old@example.org"])
    #expect(contact.emails.first?.label == "work,home")
    #expect(contact.phones == [Contact.Labelled("+44-20-7946-0000", label: "cell")])
    #expect(contact.organisation == "Analytical Engines, Research")
    #expect(contact.note == "two\nlines; and more")
    #expect(contact.birthday == "--1210")
    #expect(contact.members.map { $0.recipient } == ["ada@example.org", "old@example.org", "+442079460000@SMS"])
  }

  @Test func versionThreeIsRead() throws {
    let contact = try card(
      "VERSION:3.0", "FN:Ben", "N:Example;Ben;;;", "item1.EMAIL;type=INTERNET:ben@example.org",
      "item1.X-ABLabel:_$!<Other>!$_", "EMAIL;TYPE=INTERNET,PREF:first@example.org",
      "TEL;TYPE=FAX,WORK:+33 1 23 45 67 89")
    #expect(contact.emails.map { $0.value } == ["first@example.org", "ben@example.org"])
    #expect(contact.emails.last?.label == "other")
    #expect(contact.members.last == Member(.fax, "+33123456789", name: "Ben"))
  }

  @Test func versionTwoIsRead() throws {
    let contact = try card(
      "VERSION:2.1", "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg",
      "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=B6rg =",
      "M=C3=BCller", "TEL;CELL;VOICE:0171 1234567", "EMAIL;INTERNET;PREF:joerg@example.org",
      "ADR;HOME;ENCODING=QUOTED-PRINTABLE:;;Weg 1=0D=0AHof;Ort\\;schaft;;12345;", "NOTE:a, b", "AGENT:",
      "BEGIN:VCARD", "FN:inside", "END:VCARD", "TITLE:after")
    #expect(contact.name == "Jörg Müller")
    #expect(contact.parts.family == "Müller")
    #expect(contact.phones == [Contact.Labelled("0171 1234567", label: "cell")])
    #expect(contact.emails.first?.value == "joerg@example.org")
    #expect(contact.card.first("ADR")?.components[2] == "Weg 1\nHof")
    #expect(contact.card.first("ADR")?.components[3] == "Ort;schaft")
    #expect(contact.note == "a, b")
    #expect(contact.title == "after")
  }

  @Test func bytesThatAreNotUTF8AreWindows1252() throws {
    var text = Array("BEGIN:VCARD\nVERSION:3.0\nFN:Ren".utf8)
    text += [0xE9] + Array("\nEND:VCARD\n".utf8)
    #expect(Contact(try #require(parseVCards(text).cards.first)).name == "René")
  }

  @Test func utf16IsUnderstood() throws {
    let bytes: [UInt8] =
      [0xFF, 0xFE] + "BEGIN:VCARD\r\nFN:é\r\nEND:VCARD\r\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(Contact(try #require(parseVCards(bytes).cards.first)).name == "é")
  }

  @Test func linesAreFoldedAtSeventyFiveOctetsAndNotInsideACharacter() throws {
    var contact = Contact(name: "A")
    contact.note = String(repeating: "é€😀", count: 60)
    let bytes = contact.card.encoded(as: .four)
    for line in bytes.split(separator: 0x0A) {
      #expect(line.count <= 76)
      #expect(String(validating: line, as: UTF8.self) != nil)
    }
    #expect(Contact(try #require(parseVCards(bytes).cards.first)).note == contact.note)
    #expect(try Contact(#require(parseVCards(bytes.filter { $0 != 0x0D }).cards.first)).note == contact.note)
  }

  @Test(arguments: [VCard.Version.three, .four])
  func whatIsNotKnownSurvivesARoundTrip(_ version: VCard.Version) throws {
    let text = """
      BEGIN:VCARD\r
      VERSION:\(version.rawValue)\r
      FN:Ada\r
      N:Lovelace;Ada;;;\r
      item1.X-THING;X-PARAM="a;b,c":one\\,two;three\r
      item1.X-ABLABEL:Mine\r
      X-EMPTY:\r
      RELATED;LANGUAGE=en:somebody\r
      END:VCARD\r

      """
    let card = try #require(cards(text).first)
    #expect(String(decoding: card.encoded(as: version), as: UTF8.self) == text)
    #expect(VCard(stored: card.stored) == card)
  }

  @Test func picturesGoFromOneVersionToTheOther() throws {
    let contact = try card("VERSION:3.0", "FN:Ada", "N:;Ada;;;", "PHOTO;ENCODING=b;TYPE=PNG:iVBO", " Rw0K")
    #expect(contact.card.first("PHOTO")?.value == "data:image/png;base64,iVBORw0K")
    let three = String(decoding: contact.card.encoded(as: .three), as: UTF8.self)
    #expect(
      three.utf8.split(separator: 0x0A).contains { $0.elementsEqual("PHOTO;ENCODING=b;TYPE=PNG:iVBORw0K\r".utf8) })
    #expect(cards(three).first?.first("PHOTO") == contact.card.first("PHOTO"))
  }

  @Test func versionThreeSaysPreferredAsATypeAndNumbersWithoutAScheme() throws {
    let contact = try card("VERSION:4.0", "FN:Ada", "EMAIL;PREF=1:a@example.org", "TEL;VALUE=uri:tel:+3312345")
    let three = String(decoding: contact.card.encoded(as: .three), as: UTF8.self)
    let lines = three.split(separator: "\r\n").map { String($0) }
    #expect(lines.contains("EMAIL;TYPE=pref:a@example.org"))
    #expect(lines.contains("TEL:+3312345"))
    #expect(lines.contains("N:Ada;;;;"))
  }

  @Test func parametersHoldAnything() throws {
    let property = VCard.Property("X-A", "v", parameters: [VCard.Parameter("P", ["a\"b^c\nd", "e,f;g:h"])])
    let read = try #require(cards("BEGIN:VCARD\n\(property.line(.four))\nEND:VCARD").first?.properties.first)
    #expect(read == property)
  }

  @Test func whatIsDamagedIsNamedAndTheRestIsRead() {
    let text = "junk\nBEGIN:VCARD\nVERSION:4.0\nFN:A\nno colon here\n:empty\nEND:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:B\n"
    let parsed = parseVCards(Array(text.utf8))
    #expect(parsed.cards.map { Contact($0).name } == ["A", "B"])
    #expect(parsed.defects.map { $0.line } == [1, 5, 6, 8, 10])
  }

  @Test func noPropertyEndsTheCardWhenItIsWritten() throws {
    let text = "BEGIN:VCARD\nFN:A\nEND:VCARD\u{5}\nBEGIN:X\nBEGIN;X=1:OTHER\nNOTE:b\nEND:VCARD\n"
    let card = try #require(cards(text).first)
    #expect(card.properties.map { $0.name } == ["FN", "NOTE"])
    #expect(parseVCards(card.encoded(as: .four)).cards == [card])
  }

  @Test func limitsHold() {
    var limits = VCardLimits()
    limits.property = 100
    limits.properties = 3
    limits.cards = 2
    let long = "NOTE:" + String(repeating: "x", count: 90) + "\n " + String(repeating: "y", count: 90)
    let one = "BEGIN:VCARD\nFN:A\n\(long)\nX-A:1\nX-B:2\nX-C:3\nEND:VCARD\n"
    let parsed = parseVCards(Array(String(repeating: one, count: 5).utf8), limits: limits)
    #expect(parsed.cards.count == 2)
    #expect(parsed.cards.first?.properties.count == 3)
    #expect(parsed.cards.first?.first("NOTE")?.value.utf8.count ?? 0 <= 100)
    #expect(parsed.defects.count >= 3)
  }

  @Test func cardsInsideCardsToAnyDepthCostNothing() {
    let text =
      String(repeating: "BEGIN:VCARD\n", count: 50_000) + "FN:x\n" + String(repeating: "END:VCARD\n", count: 50_000)
    #expect(parseVCards(Array(text.utf8)).cards.count == 1)
  }

  @Test func numbersAreComparedWithoutWhatMakesThemReadable() {
    #expect(Phone.plain("+33 (0)6 12-34.56/78") == "+33612345678")
    #expect(Phone.plain("0033 612 345 678") == "+33612345678")
    #expect(Phone.plain("(02) 123 45 67") == "021234567")
    for text in ["", "12", "call me", "+1234567890123456", "++33123", "1;2", "+33 6\n1"] {
      #expect(Phone.plain(text) == nil)
    }
  }
}
