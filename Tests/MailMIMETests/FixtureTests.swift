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

  @Test(arguments: Fixtures.names) func theEnvelopeNeedsOnlyTheHeader(_ name: String) throws {
    let bytes = try Fixtures.message(name)
    let whole = Message(parsing: bytes)
    let header = Message(parsingHeaderOf: Array(whole.root.rawHeader))
    #expect(Envelope(headerOf: header) == Envelope(headerOf: whole) || name.hasPrefix("mbox") || name.hasPrefix("byte"))
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
