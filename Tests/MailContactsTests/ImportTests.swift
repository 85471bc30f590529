import Testing

@testable import MailContacts

@Suite struct ImportTests {
  private func file(_ text: String) throws -> ContactFile { try ContactFile(Array(text.utf8)) }

  private func card(_ lines: String...) -> String {
    "BEGIN:VCARD\nVERSION:4.0\n" + lines.joined(separator: "\n") + "\nEND:VCARD\n"
  }

  @Test func importingTwiceChangesNothing() throws {
    let book = try TestBooks().open()
    let text =
      card("UID:1", "FN:Ada", "EMAIL:ada@example.org") + card("FN:Ben", "EMAIL:ben@example.org") + card("FN:Carl")
    #expect(try book.importFile(file(text)).added == 3)
    let again = try book.importFile(file(text))
    #expect(again.added == 0 && again.changed == 0 && again.unchanged == 3)
    #expect(try book.count() == 3)
  }

  @Test func whatIsThereAlreadyIsMergedReplacedSkippedOrAdded() throws {
    let book = try TestBooks().open()
    try book.add(Contact(name: "Ben", emails: ["ben@example.org"]))
    let more = card("FN:Ben", "EMAIL:BEN@example.org", "TEL:+33612345678")
    #expect(try book.importFile(file(more), duplicates: .skip).unchanged == 1)
    #expect(try book.contact("Ben").phones.isEmpty)
    #expect(try book.importFile(file(more)).changed == 1)
    #expect(try book.contact("Ben").phones.count == 1)
    #expect(try book.importFile(file(more), duplicates: .add).added == 1)
    #expect(try book.count() == 2)
    _ = try book.importFile(file(card("UID:x", "FN:Zoe", "EMAIL:zoe@example.org")))
    #expect(try book.importFile(file(card("UID:x", "FN:Zoe New", "EMAIL:new@example.org"))).changed == 1)
    #expect(try book.contact("uid:x").emails.map { $0.value } == ["new@example.org"])
  }

  @Test func othersOfTheSameNameStayThemselves() throws {
    let book = try TestBooks().open()
    let text = card("FN:Ben", "EMAIL:one@example.org") + card("FN:Ben", "EMAIL:two@example.org")
    #expect(try book.importFile(file(text)).added == 2)
  }

  @Test func groupsOfCardsBecomeListsAndComeBack() throws {
    let book = try TestBooks().open()
    let text =
      card("KIND:group", "FN:Friends", "MEMBER:urn:uuid:1", "MEMBER:mailto:x@example.org", "MEMBER:tel:+33612345678")
      + card("UID:urn:uuid:1", "FN:Ada", "EMAIL:ada@example.org") + card("FN:Ben", "EMAIL:ben@example.org")
    let report = try book.importFile(file(text))
    #expect(report.lists == 1 && report.members == 3 && report.added == 2)
    #expect(
      try book.expand(list: "Friends").map { $0.recipient } == ["ada@example.org", "x@example.org", "+33612345678@SMS"])
    for version in VCard.Version.allCases {
      var bytes: [UInt8] = []
      var contacts: [Contact] = []
      try book.forEachContact { contacts.append($0) }
      try book.vCards(contacts, lists: book.lists(), version: version) { bytes += $0 }
      let other = try TestBooks().open()
      let again = try other.importFile(ContactFile(bytes))
      #expect(again.lists == 1 && again.members == 3 && again.added == 2, "\(version)")
      #expect(try other.expand(list: "Friends") == book.expand(list: "Friends"))
    }
  }

  @Test func oneThatCannotBeStoredIsNamedAndTheOthersAreStored() throws {
    let book = try TestBooks().open()
    let report = try book.importFile(file(card("X-A:1") + card("FN:Ada", "EMAIL:not an address")))
    #expect(report.refused.count == 1)
    #expect(report.added == 1)
    #expect(try book.contact("Ada").emails.isEmpty)
    #expect(try book.contact("Ada").card.first("X-POSTBAG-EMAIL")?.text == "not an address")
    var bytes: [UInt8] = []
    try book.vCards([book.contact("Ada")], lists: [], version: .four) { bytes += $0 }
    #expect(parseVCards(bytes).cards.first?.first("EMAIL")?.text == "not an address")
  }

  @Test func aListThatIsTooLongStopsAllOfTheImport() throws {
    let books = try TestBooks()
    books.settings.maxMembers = 1
    let book = try books.open()
    let text = card("FN:Ada") + card("KIND:group", "FN:L", "MEMBER:mailto:a@example.org", "MEMBER:mailto:b@example.org")
    #expect(throws: ContactError.self) { try book.importFile(file(text)) }
    #expect(try book.count() == 0)
    #expect(try book.lists() == [])
  }

  @Test func muttsAliasesBecomeContactsAndLists() throws {
    let book = try TestBooks().open()
    let report = try book.importFile(
      file("alias ada Ada <ada@example.org>\nalias both ada@example.org, Ben <ben@example.org>\n"))
    #expect(report.added == 1 && report.lists == 1)
    #expect(try book.query(["ada"]).addresses == ["ada@example.org"])
    #expect(try book.expand(list: "both").map { $0.name } == ["Ada", "Ben"])
  }
}
