import MailSystem
import Testing

@testable import MailContacts

@Suite struct BookTests {
  @Test func contactsAreStoredFoundChangedAndDeleted() throws {
    let books = try TestBooks()
    let book = try books.open()
    var ada = Contact(name: "Ada Lovelace", emails: ["ada@example.org"])
    ada.phones = [Contact.Labelled("+33 6 12 34 56 78", label: "cell")]
    ada = try book.add(ada)
    try book.add(Contact(name: "Adam Example", emails: ["adam@example.org"]))
    let again = try books.open()
    for reference in [
      "Ada Lovelace", "ADA LOVELACE", "Ada@Example.org", "+33612345678", "0033 612345678", ada.uid, "uid:\(ada.uid)",
      "lovel",
    ] {
      #expect(try again.contact(reference).uid == ada.uid)
    }
    #expect(throws: ContactError.self) { try again.contact("ada") }
    #expect(throws: ContactError.self) { try again.contact("lovel", isLoose: false) }
    #expect(throws: ContactError.self) { try again.contact("nobody") }
    try book.change(ada) { $0.emails.append(Contact.Labelled("second@example.org")) }
    #expect(try again.contact("second@example.org").uid == ada.uid)
    #expect(throws: ContactError.self) { try book.update(ada, from: ada) }
    #expect(try again.delete([again.contact("second@example.org")]) == 0)
    #expect(try again.contacts("Ada Lovelace").isEmpty)
    #expect(try book.query(["lovelace"]) == [])
    #expect(try book.count() == 1)
  }

  @Test func aContactNeedsSomethingToBeKnownBy() throws {
    let book = try TestBooks().open()
    #expect(throws: ContactError.self) { try book.add(Contact()) }
    #expect(throws: ContactError.self) { try book.add(Contact(name: "A", emails: ["no address"])) }
    #expect(try book.add(Contact(name: "", emails: ["a@example.org"])).name == "a@example.org")
  }

  @Test func mergingMovesPlacesInLists() throws {
    let book = try TestBooks().open()
    let one = try book.add(Contact(name: "Ada", emails: ["a@example.org"]))
    let other = try book.add(Contact(name: "Ada", emails: ["a@example.org", "b@example.org"]))
    try book.add(Contact(name: "Ben", emails: ["ben@example.org"]))
    try book.add(Contact(name: "Ben", emails: ["other@example.org"]))
    try book.createList("Friends", members: [])
    try book.addMembers(["b@example.org"], toList: "Friends")
    let groups = try book.duplicates()
    #expect(groups.map { $0.reason } == [.same, .name])
    let merged = try book.merge([one, other, one])
    #expect(merged.emails.map { $0.value } == ["a@example.org", "b@example.org"])
    #expect(try book.count() == 3)
    #expect(try book.expand(list: "friends").map { $0.name } == ["Ada"])
    try book.change(merged) { $0.emails = [Contact.Labelled("new@example.org")] }
    #expect(try book.expand(list: "Friends").map { $0.value } == ["new@example.org"])
    #expect(throws: ContactError.self) { try book.merge([merged]) }
  }

  @Test func twoProcessesAtOnceLoseNothing() async throws {
    let books = try TestBooks()
    try books.open().createList("Everybody", members: [])
    await withTaskGroup(of: Void.self) { group in
      for process in 0..<4 {
        // Each has connections of its own, as a process has.
        guard let book = try? books.open() else { continue }
        let wrapped = Unshared(value: book)
        group.addTask {
          for number in 0..<25 {
            let address = "p\(process)n\(number)@example.org"
            _ = try? wrapped.value.add(Contact(name: "P\(process) N\(number)", emails: [address]))
            _ = try? wrapped.value.addMembers([address], toList: "Everybody")
          }
        }
      }
    }
    let book = try books.open()
    #expect(try book.count() == 100)
    #expect(try book.expand(list: "everybody").count == 100)
  }
}

/// Used by one thread at a time.
struct Unshared<Value>: @unchecked Sendable { let value: Value }

@Suite struct ListTests {
  private func book(_ change: (TestBooks) -> Void = { _ in }) throws -> (TestBooks, ContactBook) {
    let books = try TestBooks()
    change(books)
    let book = try books.open()
    var ada = Contact(name: "Ada", emails: ["ada@example.org"])
    ada.phones = [Contact.Labelled("+33612345678", label: "cell"), Contact.Labelled("+33123456789", label: "work,fax")]
    try book.add(ada)
    return (books, book)
  }

  @Test func membersOfAllKindsAreMixedAndEachIsThereOnce() throws {
    let (_, book) = try book()
    try book.createList(
      "Friends", members: ["Ada", "ADA@example.org", "Ben <ben@example.org>", "+33 6 99 99 99 99@SMS"])
    try book.addMembers(["Ada"], toList: "friends", channel: .fax)
    try book.addMembers(["ada"], toList: "FRIENDS", channel: .sms)
    #expect(
      try book.expand(list: "friends").map { $0.recipient } == [
        "ada@example.org", "ben@example.org", "+33699999999@SMS", "+33123456789@fax", "+33612345678@SMS",
      ])
    #expect(try book.expand(list: "friends").map { $0.name } == ["Ada", "Ben", "", "Ada", "Ada"])
    #expect(
      try book.removeMembers(["Ben@example.org", "nobody@example.org"], fromList: "Friends") == ["nobody@example.org"])
    #expect(try book.removeMembers(["Ada"], fromList: "Friends") == [])
    #expect(try book.expand(list: "friends").count == 1)
    try book.deleteList("Friends")
    #expect(throws: ContactError.self) { try book.expand(list: "Friends") }
    #expect(try book.count() == 1)
  }

  @Test func aDeletedContactLeavesItsLists() throws {
    let (_, book) = try book()
    try book.createList("L", members: ["Ada", "ben@example.org"])
    #expect(try book.delete([book.contact("Ada")]) == 1)
    #expect(try book.expand(list: "L").map { $0.value } == ["ben@example.org"])
  }

  @Test(arguments: ["list:Other", "group:Club", "nobody", "x@", "+12@SMS", ""])
  func whatIsNoRecipientIsNoMember(_ text: String) throws {
    let (_, book) = try book()
    try book.createList("L", members: [])
    #expect(throws: ContactError.self) { try book.addMembers(["ada@example.org", text], toList: "L") }
    #expect(try book.expand(list: "L") == [])
    #expect(throws: ContactError.self) { try book.createList("M", members: [text]) }
    #expect(try book.lists().map { $0.name } == ["L"])
  }

  @Test(arguments: ["", " a", "a/b/c", "a,b", "a\u{202E}b", "a\nb", "<a>", String(repeating: "x", count: 101)])
  func namesThatWouldNotStandInAHeaderAreRefused(_ name: String) throws {
    let (_, book) = try book()
    #expect(throws: ContactError.self) { try book.createList(name) }
  }

  @Test func limitsHold() throws {
    let (_, book) = try book {
      $0.settings.maxLists = 2
      $0.settings.maxMembers = 2
    }
    try book.createList("one", members: ["a@example.org", "b@example.org"])
    try book.createList("two")
    #expect(throws: ContactError.self) { try book.createList("three") }
    #expect(throws: ContactError.self) { try book.createList("TWO") }
    #expect(throws: ContactError.self) { try book.addMembers(["c@example.org"], toList: "one") }
    #expect(try book.expand(list: "one").count == 2)
    #expect(try book.addMembers(["b@example.org"], toList: "one") == 0)
  }

  @Test func groupsHaveBooksListsAndMembers() throws {
    let (books, book) = try book {
      $0.addGroup("Club", members: ["Zoe <zoe@example.org>", "ada@example.org"])
      $0.settings.user = ["me@example.org"]
    }
    try book.add(Contact(name: "Carl", emails: ["carl@example.org"]), to: "club")
    try book.createList("Club/Board", members: ["Carl", "ada@example.org"])
    #expect(try book.expand(list: "Club/board").map { $0.value } == ["carl@example.org", "ada@example.org"])
    #expect(try book.expand(list: "Board").count == 2)
    #expect(try book.expand(group: "club").map { $0.value } == ["zoe@example.org", "ada@example.org"])
    try book.createList("Club/members", members: ["ADA@example.org", "new@example.org"])
    #expect(
      try book.expand(group: "Club").map { $0.value } == ["zoe@example.org", "ada@example.org", "new@example.org"])
    #expect(throws: ContactError.self) { try book.expand(group: "Other") }
    #expect(try book.query(["ca"]).first?.source == .group("Club"))
    #expect(try book.query(["zo"]).addresses == ["zoe@example.org"])
    // The same file in the configuration of somebody who is no editor.
    books.settings.groups[0].editors = ["boss@example.org"]
    let other = try books.open()
    #expect(throws: ContactError.self) { try other.add(Contact(name: "X"), to: "Club") }
    #expect(throws: ContactError.self) { try other.addMembers(["x@example.org"], toList: "Club/Board") }
    #expect(throws: ContactError.self) { try other.setEditors(ofList: "Club/Board", to: ["me@example.org"]) }
    #expect(try other.expand(list: "Club/Board").count == 2)
    try book.setEditors(ofList: "Club/Board", to: ["ME@example.org"])
    #expect(try other.addMembers(["x@example.org"], toList: "Club/Board") == 1)
    try book.setEditors(ofList: "Club/Board", to: ["*"])
    #expect(try other.addMembers(["y@example.org"], toList: "Club/Board") == 1)
    #expect(throws: ContactError.self) { try other.deleteList("Club/members") }
  }

  @Test func aBookThatCannotBeReadIsNamedAndTheOthersAnswer() throws {
    let (books, _) = try book { $0.addGroup("Club") }
    try replaceFile("\(books.root)/Club.db", with: Array("not a database, but long enough to be looked at".utf8))
    let book = try books.open()
    #expect(try book.query(["ada"]).addresses == ["ada@example.org"])
    #expect(book.notices.count == 1)
    #expect(throws: ContactError.self) { try book.add(Contact(name: "X"), to: "Club") }
    try removeFile("\(books.root)/Club.db")
    let whole = try books.open()
    try whole.add(Contact(name: "X", emails: ["x@example.org"]), to: "Club")
    try setPermissions("\(books.root)/Club.db", to: 0o666)
    let open = try books.open()
    #expect(try open.query(["x"]).isEmpty)
    #expect(open.notices.first?.utf8.contains(UInt8(ascii: "(")) == true)
  }
}
