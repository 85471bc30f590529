import MailTransport
import Testing

@Suite struct LineReaderTests {
  private func reader(_ text: String, pieces: Int = .max, limit: Int = 8192) -> LineReader {
    let stream = MemoryStream([.says(Array(text.utf8)), .ends])
    stream.pieceSize = pieces
    return LineReader(stream, lineLimit: limit)
  }

  private func lines(_ reader: LineReader) throws -> [String] {
    var lines: [String] = []
    while let line = try reader.readLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }

  @Test(arguments: [1, 2, 5, 1000]) func linesComeWithoutTheirEndsHoweverTheyAreCut(pieces: Int) throws {
    #expect(try lines(reader("one\r\ntwo\n\r\nthree\rx\r\n\n", pieces: pieces)) == ["one", "two", "", "three\rx", ""])
    #expect(try lines(reader("", pieces: pieces)) == [])
  }

  @Test(arguments: [1, 1000]) func aLineOfTheLimitIsTakenAndALongerOneIsNot(pieces: Int) throws {
    #expect(try lines(reader("12345678\r\n", pieces: pieces, limit: 10)) == ["12345678"])
    for text in ["123456789\r\n", "1234567890", "12345678901234567890123\n"] {
      #expect(transportError { _ = try lines(reader(text, pieces: pieces, limit: 10)) } == .lineTooLong(limit: 10))
    }
    // The limit is one of lines, not of what comes at once.
    #expect(try lines(reader("1\n2\n3\n4\n5\n6\n7\n8\n", pieces: pieces, limit: 4)).count == 8)
  }

  @Test func anEndWithinALineIsACut() throws {
    let reader = reader("one\r\ntwo")
    #expect(try reader.readLine() == Array("one".utf8))
    #expect(transportError { _ = try reader.readLine() } == .closed)
  }

  @Test func whatCameWithoutBeingReadIsCounted() throws {
    let reader = reader("220 go\r\n250 injected\r\n")
    _ = try reader.readLine()
    #expect(reader.buffered == 14)
    #expect(transportError { try reader.startTLS(TLSSettings(hostName: "localhost")) } == .injected)
    // Nothing more is believed.
    var buffer: [UInt8] = []
    #expect(transportError { _ = try reader.stream.read(into: &buffer, atMost: 1) } == .closed)
  }

  @Test func bytesFollowLines() throws {
    let reader = reader("size\r\n12345rest\r\nlast", pieces: 3)
    _ = try reader.readLine()
    #expect(try reader.readBytes(5) == Array("12345".utf8))
    #expect(try reader.readLine() == Array("rest".utf8))
    #expect(try reader.readBytes(100) == Array("last".utf8))
    #expect(try reader.readBytes(1) == [])
    #expect(reader.buffered == 0)
  }

  @Test func theDeadlineIsTheEarlierOne() throws {
    let stream = MemoryStream([])
    let near = Deadline(milliseconds: 10)
    stream.deadline = near
    try stream.within(milliseconds: 60_000) { () throws(TransportError) in #expect(stream.deadline == near) }
    stream.deadline = Deadline(milliseconds: 60_000)
    let far = stream.deadline
    let error = transportError {
      try stream.within(milliseconds: 5) { () throws(TransportError) in
        #expect(stream.deadline.map { $0 < near } ?? false)
        throw .closed
      }
    }
    #expect(error == .closed && stream.deadline == far)
    #expect(Deadline(milliseconds: -5).hasPassed && !Deadline(milliseconds: .max).hasPassed)
  }
}
