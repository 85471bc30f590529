import MailConfiguration
import MailMIME
import Testing

@testable import MailCompose

@Suite struct ReplyTests {
  private func recipients(_ header: String, _ scope: ReplyScope) throws -> (to: [String], cc: [String]) {
    let found = try ReplyRecipients(message(header + "\n\nText\n").headers, scope, ada())
    return (found.to.map(\.address), found.cc.map(\.address))
  }

  @Test func anAnswerGoesToTheAuthorOrWhereTheAuthorWantsIt() throws {
    #expect(try recipients("From: b@x.example", .author).to == ["b@x.example"])
    #expect(
      try recipients("From: b@x.example\nReply-To: c@x.example, d@x.example", .author).to == [
        "c@x.example", "d@x.example",
      ])
    let both = "From: b@x.example\nReply-To: list@x.example\nMail-Reply-To: me@x.example"
    #expect(try recipients(both, .author).to == ["me@x.example"])
    #expect(try recipients("From: b@x.example\nReply-To: not an address", .author).to == ["b@x.example"])
    #expect(try recipients("Sender: s@x.example", .author).to == ["s@x.example"])
    #expect(try recipients("From: b@x.example\nReply-To: ada@example.org", .author).to == ["ada@example.org"])
  }

  @Test func anAnswerToAllLeavesTheUserOut() throws {
    let header = """
      From: B <b@x.example>
      To: ada+plan@example.org, c@x.example, C@X.Example
      Cc: INFO@example.org, d@x.example, b@x.example
      """
    let found = try recipients(header, .everybody)
    #expect(found.to == ["b@x.example"])
    #expect(found.cc == ["c@x.example", "d@x.example"])
  }

  @Test func somebodyIsAlwaysAnswered() throws {
    let own = try recipients("From: ada@example.org\nTo: ada@home.example", .everybody)
    #expect(own.to == ["ada@home.example"] && own.cc.isEmpty)
    #expect(try recipients("From: ada@example.org\nTo: undisclosed-recipients:;", .author).to == ["ada@example.org"])
    #expect(try recipients("To: x@x.example", .author).to.isEmpty)
  }

  @Test func whoGoesOnAfterTheirOwnMessageMeansItsRecipients() throws {
    let header = "From: info@example.org\nTo: b@x.example\nCc: c@x.example, ada@example.org"
    #expect(try recipients(header, .author).to == ["b@x.example"])
    let all = try recipients(header, .everybody)
    #expect(all.to == ["b@x.example"] && all.cc == ["c@x.example"])
  }

  @Test func followUpsGoWhereTheWriterSaid() throws {
    let header =
      "From: b@x.example\nTo: list@x.example, ada@example.org\nMail-Followup-To: list@x.example, ada@example.org"
    let found = try recipients(header, .everybody)
    #expect(found.to == ["list@x.example"] && found.cc.isEmpty)
    #expect(try recipients(header, .author).to == ["b@x.example"])
  }

  @Test func aListIsAnsweredWhereItTakesMessages() throws {
    let header =
      "From: b@x.example\nTo: other@x.example\nList-Post: (here) <https://x.example/>, <mailto:list@x.example?subject=a>"
    #expect(try recipients(header, .list).to == ["list@x.example"])
    #expect(throws: ComposeError.self) { try recipients("From: b@x.example\nList-Post: NO", .list) }
    #expect(throws: ComposeError.self) { try recipients("From: b@x.example", .list) }
    #expect(throws: ComposeError.self) { try recipients("List-Post: <mailto:%0d%0a>", .list) }
  }

  @Test func groupsAndNonsenseAreNoRecipients() throws {
    let found = try recipients("From: b@x.example\nTo: Team: c@x.example, bad;, , <>, @\nCc: a b c", .everybody)
    #expect(found.to == ["b@x.example"] && found.cc == ["c@x.example"])
  }

  // MARK: Who answers

  private func sender(_ header: String) -> String {
    ada().choice(forAnswering: message(header + "\n\n").headers).address
  }

  @Test func whomItWasSentToAnswers() {
    #expect(sender("To: x@x.example, ada@home.example") == "ada@home.example")
    #expect(sender("Cc: Info@Example.ORG") == "Info@Example.ORG")
    #expect(sender("To: ada+shop@example.org") == "ada+shop@example.org")
    #expect(sender("To: ada-shop@example.org\nDelivered-To: ada@home.example") == "ada@home.example")
    #expect(
      sender("To: list@x.example\nX-Original-To: info@example.org\nDelivered-To: ada@example.org") == "info@example.org"
    )
    #expect(sender("To: list@x.example") == "ada@example.org")
    #expect(sender("From: ada@home.example\nTo: ada@example.org") == "ada@home.example")
    #expect(sender("Bcc: ada@home.example") == "ada@home.example")
  }

  @Test func ofSeveralTheOneThatGotIt() {
    let header = "To: ada@example.org\nCc: ada@home.example"
    #expect(sender(header) == "ada@example.org")
    #expect(sender(header + "\nDelivered-To: ada@home.example") == "ada@home.example")
    #expect(sender("To: info@example.org, ada@home.example\nDelivered-To: ada@example.org") == "info@example.org")
  }

  @Test func identitiesAreFoundByNameAndAddress() throws {
    #expect(try ada().named("Ada at HOME").address == "ada@home.example")
    #expect(try ada().named("info@example.org").identity.address == "ada@example.org")
    #expect(try ada().named("A. <info@example.org>").from == Address(name: "A.", address: "info@example.org"))
    #expect(try ada().named("other@x.example").identity.signature == nil)
    #expect(throws: ComposeError.unknownIdentity("Bob")) { try ada().named("Bob") }
  }

  // MARK: References

  private func thread(_ header: String) -> Composition.Thread {
    var thread = Composition.Thread()
    thread.answer(message(header + "\n\n").headers)
    return thread
  }

  @Test func referencesAreThoseOfTheOriginalAndItself() {
    let found = thread("Message-ID: <3@x>\nReferences: <1@x>\n <2@x>")
    #expect(found.inReplyTo == ["3@x"] && found.references == ["1@x", "2@x", "3@x"])
    #expect(thread("Message-ID: <3@x>\nIn-Reply-To: <2@x>").references == ["2@x", "3@x"])
    #expect(thread("Message-ID: <3@x>\nIn-Reply-To: <1@x> <2@x>").references == ["3@x"])
    #expect(thread("References: <1@x>").references == ["1@x"])
    #expect(thread("References: <1@x>").inReplyTo.isEmpty)
    #expect(thread("Subject: none") == Composition.Thread())
  }

  @Test func longReferencesKeepTheFirstAndTheLast() {
    let many = (1...500).map { "<\($0)@x>" }.joined(separator: "\n ")
    let found = thread("Message-ID: <501@x>\nReferences: \(many)")
    #expect(found.references.count == 20)
    #expect(found.references.first == "1@x" && found.references.last == "501@x" && found.references[1] == "483@x")
  }

  @Test func repeatedAndImpossibleReferencesGo() {
    let long = String(repeating: "y", count: 400)
    let found = thread("Message-ID: <2@x>\nReferences: <1@x> <2@x> <1@x> <\(long)@x> <no>")
    #expect(found.references == ["1@x", "2@x"])
  }
}
