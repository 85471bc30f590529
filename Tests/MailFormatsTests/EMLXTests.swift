import MailFormats
import Testing

@Suite struct EMLXTests {
  private let list =
    "<?xml version=\"1.0\"?>\n<plist version=\"1.0\">\n<dict>\n\t<key>date-received</key>\n\t<integer>1600000000</integer>\n"
    + "\t<key>flags</key>\n\t<integer>%</integer>\n</dict>\n</plist>\n"

  private func file(_ message: String, flags: Int64 = 0, length: Int? = nil) -> [UInt8] {
    let tail = list.replacing("%", with: "\(flags)")
    return Array("\(length ?? message.utf8.count)    \n\(message)\(tail)".utf8)
  }

  @Test func `the message is what the first line says, the rest tells about it`() throws {
    let mail = try #require(EMLX(file("Subject: a\n\nb\n", flags: 0b1_0101_0001)))
    #expect(mail.bytes == Array("Subject: a\n\nb\n".utf8) && !mail.isCut)
    #expect(mail.marks == [.seen, .flagged, .draft, .forwarded])
    #expect(mail.received == 1_600_000_000)
  }

  @Test func `each flag has its bit`() {
    for (bit, mark) in [
      (0, MessageMarks.seen), (1, .deleted), (2, .answered), (4, .flagged), (6, .draft), (8, .forwarded),
    ] {
      #expect(EMLX(file("a: b\n", flags: 1 << Int64(bit)))?.marks == mark)
    }
    #expect(EMLX(file("a: b\n", flags: 1 << 24))?.isJunk == true)
    #expect(EMLX(file("a: b\n", flags: 8_590_195_713))?.marks == .seen)
  }

  @Test func `a file that is shorter than it says gives what is there`() throws {
    let mail = try #require(EMLX(Array("9000\nSubject: a\n".utf8)))
    #expect(mail.isCut && mail.bytes == Array("Subject: a\n".utf8))
  }

  @Test func `what has no length is none`() {
    for text in ["", "\n", "Subject: a\n", "12", "12x\n", "123456789012345\nx"] {
      #expect(EMLX(Array(text.utf8)) == nil)
    }
  }

  @Test func `nothing is read from nested dictionaries, and nothing from damaged ones`() {
    let nested = "4\na: b<dict><key>x</key><dict><key>flags</key><integer>1</integer></dict></dict>"
    #expect(EMLX(Array(nested.utf8))?.marks == [])
    #expect(
      EMLX(Array("4\na: b<dict><key>flags</key><integer>99999999999999999999</integer></dict>".utf8))?.marks == [])
  }
}

@Suite struct RecognitionTests {
  private func kind(_ text: String) -> FileKind { FileKind(text.utf8.span) }

  @Test func `files are told apart by how they begin`() {
    #expect(kind("") == .empty && kind("\n\r\n") == .empty)
    #expect(kind("Subject: a\n\nb") == .message)
    #expect(kind("X-Some: a\nFrom: b\n") == .message)
    #expect(kind("\nReturn-Path: <a@b>\n") == .message)
    #expect(kind(">From a@b Mon Mar  4 10:00:00 2024\nSubject: a\n") == .message)
    #expect(kind("From a@example.org Mon Mar  4 10:00:00 2024\nSubject: a\n") == .mbox)
    #expect(kind("\n\nFrom - Mon Mar  4 10:00:00 2024\n") == .mbox)
    #expect(kind("20\nSubject: a\n") == .emlx)
    #expect(kind("PK\u{3}\u{4}..") == .zip)
    #expect(FileKind([0x1F, 0x8B, 8].span) == .packed("gzip"))
  }

  @Test func `what is no mail is nothing`() {
    for text in [
      "garbage", "a: b\nc: d\n", "From here on\n", "<html>\nFrom: x\n", "{\"Subject\": 1}", "20\ngarbage\n",
      "\n\nword\n",
    ] {
      #expect(kind(text) == .unknown, "\(text)")
    }
  }
}
