import MailMIME
import Testing

@Suite struct FixtureTests {
  @Test func thereAreEnoughFixtures() { #expect(Fixtures.names.count >= 40) }

  @Test(arguments: Fixtures.names) func aFixtureReadsAsExpected(_ name: String) throws {
    let found = dump(Message(parsing: try Fixtures.message(name)))
    if Fixtures.isRecording { try Fixtures.record(found, name) }
    #expect(found == (try Fixtures.expectation(name)))
  }

  /// Octets that mean something else with CR before LF are left out: bare CR, and text that is encoded whole.
  @Test(arguments: Fixtures.names.filter { $0 != "bare-carriage-returns" && $0 != "control-octets" })
  func lineEndingsDoNotMatter(_ name: String) throws {
    let found = dump(Message(parsing: Fixtures.withCRLF(try Fixtures.message(name))))
    #expect(found == (try Fixtures.expectation(name)))
  }

  /// But for the charset of a header that says none, which is guessed from the text of a part.
  @Test(arguments: Fixtures.names.filter { $0 != "filename-8bit" }) func theEnvelopeNeedsOnlyTheHeader(_ name: String)
    throws
  {
    let whole = Message(parsing: try Fixtures.message(name))
    let header = Message(parsingHeaderOf: Array(whole.root.rawHeader))
    #expect(Envelope(headerOf: header) == Envelope(headerOf: whole))
  }

  @Test(arguments: Fixtures.names) func everyPartIsFoundByItsNumber(_ name: String) throws {
    let message = Message(parsing: try Fixtures.message(name))
    for part in message.allParts where !part.number.isEmpty {
      let found = try #require(message.part(part.number))
      // The root of an embedded multipart shares the number of the part that embeds it.
      let expected = part.isMessageRoot && part.contentType.isMultipart && !part.children.isEmpty ? part.parent : part
      #expect(found.bodyRange == expected?.bodyRange)
      #expect(message.section(part.number) == found.body)
    }
  }
}
