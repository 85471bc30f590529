import MailTransport
import Testing

@Suite struct LineReaderTests {
  @Test func linesComeWithoutTheirEnds() throws {
    let reader = LineReader(MemoryStream([.says(Array("one\r\ntwo\n\r\nthree\rx\r\n".utf8)), .ends]))
    var lines: [String] = []
    while let line = try reader.readLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    #expect(lines == ["one", "two", "", "three\rx"])
  }
}
