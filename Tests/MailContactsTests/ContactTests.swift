import MailMIME
import Testing

@testable import MailContacts

@Suite struct ContactTests {
  @Test func changingAViewLeavesTheRestAlone() throws {
    let text = """
      BEGIN:VCARD
      VERSION:3.0
      FN:Ada
      N:Lovelace;Ada;;;
      item1.EMAIL;X-KEEP=1;TYPE=work:ada@example.org
      item1.X-ABLABEL:Mine
      EMAIL:old@example.org
      X-OTHER:stays
      END:VCARD
      """
    var contact = Contact(try #require(parseVCards(Array(text.utf8)).cards.first))
    contact.emails = [Contact.Labelled("new@example.org", label: "home")] + contact.emails.dropLast()
    #expect(contact.card.properties.map { $0.name } == ["FN", "N", "EMAIL", "EMAIL", "X-ABLABEL", "X-OTHER"])
    #expect(contact.card.properties[3].parameter("X-KEEP") == ["1"])
    #expect(
      contact.emails == [
        Contact.Labelled("new@example.org", label: "home"), Contact.Labelled("ada@example.org", label: "work"),
      ])
    contact.note = "a,b\nc"
    #expect(contact.card.first("NOTE")?.value == "a\\,b\\nc")
    contact.note = ""
    #expect(contact.card.first("NOTE") == nil)
    contact.organisation = "A;B"
    #expect(contact.organisation == "A;B")
  }

  @Test func theFirstAddressIsThePreferredOneAfterAChange() throws {
    let text = "BEGIN:VCARD\nFN:A\nEMAIL;PREF=1:a@example.org\nEMAIL:b@example.org\nEND:VCARD"
    var contact = Contact(try #require(parseVCards(Array(text.utf8)).cards.first))
    contact.emails.reverse()
    #expect(contact.emails.map { $0.value } == ["b@example.org", "a@example.org"])
  }

  @Test func theFormGivesBackWhatItShows() throws {
    var contact = Contact(name: "Ada Lovelace", emails: ["ada@example.org", "b@example.org"])
    contact.parts.given = "Ada"
    contact.parts.family = "Lovelace"
    contact.phones = [Contact.Labelled("+33 6 12 34 56 78", label: "cell")]
    contact.note = "one\ntwo: three"
    contact.card.properties.append(VCard.Property("X-KEPT", "1"))
    #expect(try ContactForm.contact(ContactForm.text(contact), from: contact) == contact)
    let lines = ContactForm.text(contact).split(separator: "\n").map { String($0) }
    let changed = lines.filter { !$0.hasPrefix("Email: b@") } + ["Email (work): c@example.org", "Last: Byron"]
    let new = try ContactForm.contact(changed.joined(separator: "\n"), from: contact)
    #expect(new.emails.map { $0.value } == ["ada@example.org", "c@example.org"])
    #expect(new.name == "Ada Byron")
    #expect(new.card.first("X-KEPT") != nil)
  }

  @Test(arguments: ["Name Ada", "Colour: red", "Email: nobody", "Email (work: a@example.org"])
  func aMistakeInTheFormIsNamedWithItsLine(_ line: String) {
    #expect {
      try ContactForm.contact("Name: A\n\(line)", from: Contact(name: "A"))
    } throws: { error in
      guard case .badText(_, 2, _)? = error as? ContactError else { return false }
      return true
    }
  }

  @Test func mergingLosesNothing() throws {
    var one = Contact(name: "Ada Lovelace", emails: ["ada@example.org"])
    one.note = "first"
    one.phones = [Contact.Labelled("+33 6 12 34 56 78")]
    var other = Contact(name: "A. Lovelace", emails: ["ADA@example.org", "work@example.org"])
    other.note = "second"
    other.phones = [Contact.Labelled("+33612345678", label: "cell"), Contact.Labelled("+33612345678", label: "fax")]
    other.birthday = "1815-12-10"
    other.card.properties.append(VCard.Property("X-A", "1", group: "item1"))
    one.merge(other)
    #expect(one.name == "Ada Lovelace")
    #expect(one.emails.map { $0.value } == ["ada@example.org", "work@example.org"])
    #expect(one.phones.count == 2)
    #expect(one.note == "first\nsecond")
    #expect(one.birthday == "1815-12-10")
    #expect(one.nickname == "A. Lovelace")
    #expect(one.card.first("X-A")?.group == "item1")
    let once = one
    one.merge(other)
    #expect(one == once)
  }

  @Test func aNameInAHeaderBecomesItsParts() {
    #expect(Contact(personal: .init(name: "Lovelace, Ada", address: "a@example.org")).name == "Ada Lovelace")
    #expect(Contact(personal: .init(name: "Ada King Lovelace", address: "a@example.org")).parts.family == "Lovelace")
    #expect(Contact(personal: .init(name: nil, address: "a@example.org")).name == "a@example.org")
  }

  @Test(arguments: [
    "a", "a@", "@b", "a b@example.org", "a@b,c@d", "a@exa<mple.org", "a,b@example.org", "a\n@example.org",
  ])
  func whatIsNoAddressIsRefused(_ text: String) { #expect(addressProblem(text) != nil) }

  @Test(arguments: [
    "a@example.org", "a+b@localhost", "\"a b\"@example.org".filter { $0 != " " }, "é@exämple.org", "a@[127.0.0.1]",
  ])
  func addressesAreAccepted(_ text: String) { #expect(addressProblem(text) == nil) }
}
