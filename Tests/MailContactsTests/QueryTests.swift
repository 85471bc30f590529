import MailMIME
import MailStore
import Testing

@testable import MailContacts

@Suite struct QueryTests {
  private func person(_ name: String, _ emails: String...) -> Contact { Contact(name: name, emails: emails) }

  @Test func firstLettersOfEveryWordFind() throws {
    let book = try TestBooks().open()
    var contact = person("Élodie Van-Damme", "elodie.vd@sub.example.org", "private@home.example.net")
    contact.organisation = "Société Générale"
    contact.nickname = "Didi"
    try book.add(contact)
    try book.add(person("Zoe", "zoe@example.org"))
    for words in [
      ["elo"], ["ÉLO"], ["van"], ["damme"], ["van-d"], ["didi"], ["soc", "ge"], ["elo van"], ["van,", "elo"],
    ] {
      #expect(try book.query(words).addresses == ["elodie.vd@sub.example.org", "private@home.example.net"], "\(words)")
    }
    #expect(try book.query(["elodie.v"]).addresses == ["elodie.vd@sub.example.org"])
    #expect(try book.query(["vd@"]).addresses == ["elodie.vd@sub.example.org"])
    #expect(try book.query(["elo", "home"]).addresses == ["private@home.example.net"])
    #expect(try book.query(["sub", "home"]).isEmpty)
    #expect(try book.query(["lodie"]).isEmpty)
    #expect(try book.query(["org"]).isEmpty)
    #expect(try book.query([]).count == 3)
    #expect(try book.query([], limit: 1).count == 1)
    #expect(try book.query(["%"]).isEmpty && book.query(["'"]).isEmpty && book.query(["\""]).count == 3)
  }

  @Test func useAndRecencyComeFirst() throws {
    let book = try TestBooks().open()
    for name in ["Anna", "Annabel", "Annette"] { try book.add(person(name, "\(name.lowercased())@example.org")) }
    #expect(try book.query(["ann"]).addresses == ["anna@example.org", "annabel@example.org", "annette@example.org"])
    let day: Int64 = 86_400
    let now: Int64 = 1_800_000_000
    for back in [400, 401, 402, 403] as [Int64] {
      try book.recordUse(of: [Address(address: "annabel@example.org")], at: now - back * day)
    }
    #expect(try book.query(["ann"]).addresses.first == "annabel@example.org")
    try book.recordUse(of: [Address(address: "ANNETTE@example.org")], at: now)
    #expect(try book.query(["ann"]).addresses == ["annette@example.org", "annabel@example.org", "anna@example.org"])
  }

  @Test func manyUsesCountMoreThanOneALittleLater() {
    var often = 0.0
    for day in 0..<10 { often = UseScore.adding(1_800_000_000 + Double(day) * 86_400, to: often) }
    #expect(often > UseScore.adding(1_800_000_000 + 30 * 86_400, to: 0))
    #expect(often < UseScore.adding(1_800_000_000 + 365 * 86_400, to: 0))
    // The order of the uses doesn't matter.
    var turned = 0.0
    for day in (0..<10).reversed() { turned = UseScore.adding(1_800_000_000 + Double(day) * 86_400, to: turned) }
    #expect(abs(turned - often) < 1)
  }

  @Test func theBestOfManyAreFoundAlsoWhereOnlySomeAreAskedFor() throws {
    let books = try TestBooks()
    let book = try books.open()
    let cards = (0..<1_500).map { person("Person \($0)", "p\($0)@example.org") }
    _ = try book.importFile(file(cards))
    try book.recordUse(of: [Address(address: "p777@example.org")], at: 1_800_000_000)
    try book.recordUse(of: [Address(address: "p1111@example.org")], at: 1_700_000_000)
    let found = try book.query(["p"], limit: 10).addresses
    #expect(found.count == 10)
    #expect(Array(found.prefix(2)) == ["p777@example.org", "p1111@example.org"])
    #expect(try Set(book.query(["per", "p"], limit: 0).addresses).count == 1_500)
    #expect(try book.query(["per", "p14"], limit: 0).count == 111)
    #expect(try book.query(["per", "p77"], limit: 3).addresses.first == "p777@example.org")
  }

  private func file(_ contacts: [Contact]) throws -> ContactFile {
    var bytes: [UInt8] = []
    for contact in contacts { bytes += contact.card.encoded(as: .four) }
    return try ContactFile(bytes)
  }

  @Test func strangersComeLastAndContactsAreNoStrangers() throws {
    let book = try TestBooks().open()
    try book.add(person("Ada", "ada@example.org"))
    try book.recordUse(
      of: [
        Address(name: "Adam Stranger", address: "adam@example.com"), Address(name: "Ada", address: "ADA@example.org"),
        Address(name: "'adele@example.com'", address: "adele@example.com"), Address(name: "x", address: "no address"),
      ], at: 1_800_000_000)
    let found = try book.query(["ad"])
    #expect(
      found.addresses
        == ["ada@example.org", "adele@example.com", "adam@example.com"].sorted { one, _ in one == "ada@example.org" }
        || found.first?.source == .contact)
    #expect(found.count == 3)
    #expect(found.first?.recipient == "ada@example.org")
    #expect(found.dropFirst().allSatisfy { $0.source == .correspondent })
    #expect(found.first { $0.recipient == "adele@example.com" }?.name == "")
    #expect(try book.query(["stranger"]).addresses == ["adam@example.com"])
    #expect(try book.forget(["adam@example.com", "unknown@example.com"]) == ["unknown@example.com"])
    #expect(try book.query(["stranger"]).isEmpty)
    try book.recordUse(of: [Address(name: "Adam Stranger", address: "adam@example.com")], at: 1_900_000_000)
    #expect(try book.query(["stranger"]).isEmpty)
  }

  @Test func nothingIsRememberedWhereThatIsNotWanted() throws {
    let books = try TestBooks()
    books.settings.harvests = false
    books.settings.user = ["me@example.org"]
    try books.open().recordUse(of: [Address(address: "x@example.org")], at: 1)
    #expect(try books.open().query(["x"]).isEmpty)
    books.settings.harvests = true
    try books.open().recordUse(of: [Address(address: "Me@example.org")], at: 1)
    #expect(try books.open().query(["me"]).isEmpty)
  }

  @Test func correspondentsComeOutOfTheIndex() throws {
    let books = try TestBooks()
    books.settings.user = ["me@example.org"]
    try books.deliver(
      "From: Sender Person <sender@example.com>\nTo: me@example.org\nDate: Mon, 04 Mar 2024 10:00:00 +0000")
    try books.deliver("From: No Reply <no-reply@example.com>\nTo: me@example.org")
    try books.deliver("From: Spammer <spam@example.com>\nTo: me@example.org", to: ".Junk")
    try books.deliver(
      "From: me@example.org\nTo: \"Recipient, Dear\" <dear@example.com>, me@example.org\nCc: cc@example.com",
      to: ".Sent")
    try Store.open("\(books.root)/Maildir").synchronise()
    let book = try books.open()
    #expect(try Set(book.query(["example"]).addresses) == ["dear@example.com", "cc@example.com", "sender@example.com"])
    #expect(try book.query(["example"]).addresses.last == "sender@example.com")
    #expect(try book.query(["recip"]).first?.name == "Recipient, Dear")
    #expect(try book.query(["spam"]).isEmpty)
    #expect(try book.harvest() == ContactBook.Harvest())
    try books.deliver("From: Another <another@example.com>\nTo: me@example.org")
    try Store.open("\(books.root)/Maildir").synchronise()
    #expect(try books.open().query(["anoth"]).addresses == ["another@example.com"])
  }

  @Test func numbersAreFoundForMessagesToTelephones() throws {
    let book = try TestBooks().open()
    var contact = person("Ada", "ada@example.org")
    contact.phones = [
      Contact.Labelled("+33 6 12 34 56 78", label: "cell"), Contact.Labelled("01 23 45 67 89", label: "fax"),
    ]
    try book.add(contact)
    for words in [["ada"], ["+336"], ["061"], ["00336"], ["33612"]] {
      #expect(try book.query(words, channels: [.sms, .fax]).addresses.first == "+33612345678@SMS", "\(words)")
    }
    #expect(try book.query(["012"], channels: [.fax]).addresses == ["0123456789@fax"])
    #expect(try book.query(["ada"]).addresses == ["ada@example.org"])
  }
}
