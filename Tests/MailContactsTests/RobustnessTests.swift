import Testing

@testable import MailContacts

@Suite struct RobustnessTests {
  private static let card = """
    BEGIN:VCARD\r
    VERSION:2.1\r
    N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller=\r
    ;J=F6rg\r
    item1.EMAIL;TYPE="a,b";X=^n^':x@example.org\r
    PHOTO;ENCODING=BASE64;JPEG:AAAA\r
     BBBB\r
    \r
    ORG:a\\;b;c\\,d\\n\r
    END:VCARD\r
    BEGIN:VCARD\r
    VERSION:4.0\r
    KIND:group\r
    MEMBER:mailto:a@example.org\r
    END:VCARD\r

    """
  private static let table =
    "Name;E-mail 1 - Value\r\n\"a \"\"b\"\";c\";x@example.org ::: y@example.org\r\n'=1+1;\"\n\"\r\n"

  /// Whatever comes out has to go in again, and to be the same.
  private func check(_ bytes: [UInt8]) {
    for card in parseVCards(bytes).cards {
      let again = parseVCards(card.encoded(as: .four)).cards
      #expect(again == [card] || card.properties.contains { $0.name == "FN" } == false)
      #expect(VCard(stored: card.stored) == card)
      _ = card.encoded(as: .three)
      let contact = Contact(card)
      _ = (contact.name, contact.members, contact.postalAddresses, contact.note)
      _ = try? ContactForm.contact(ContactForm.text(contact), from: contact)
    }
    for row in parseCSV(bytes).rows { _ = CSVReader(header: row.fields)?.contact(row.fields) }
    for format in [nil] + ContactFormat.allCases { _ = try? ContactFile(bytes, format: format) }
  }

  @Test func everyBeginningIsRead() {
    for text in [RobustnessTests.card, RobustnessTests.table] {
      let bytes = Array(text.utf8)
      for end in bytes.indices { check(Array(bytes[..<end])) }
    }
  }

  @Test func bytesThatFlipAreRead() {
    var generator = SeededGenerator(state: 20_260_401)
    for text in [RobustnessTests.card, RobustnessTests.table] {
      let original = Array(text.utf8)
      for _ in 0..<1_000 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
          bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        check(bytes)
      }
    }
  }

  @Test func timeGrowsWithTheInputAlone() {
    let clock = ContinuousClock()
    let long = { (unit: String, head: String) in Array((head + String(repeating: unit, count: 100_000)).utf8) }
    let inputs = [
      long("=\n", "BEGIN:VCARD\nN;QUOTED-PRINTABLE:="), long("\n ", "BEGIN:VCARD\nN:"), long(";", "BEGIN:VCARD\nN"),
      long("\\", "BEGIN:VCARD\nN:"), long("\"", "Name,Email\n"), long(",", ""), long("BEGIN:VCARD\n", ""),
      long(";X=\"", "BEGIN:VCARD\nN"),
    ]
    for bytes in inputs {
      let time = clock.measure {
        _ = parseVCards(bytes)
        _ = parseCSV(bytes)
      }
      #expect(time < .seconds(20))
    }
  }
}

/// Numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
