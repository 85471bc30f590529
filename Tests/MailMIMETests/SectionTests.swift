import MailMIME
import Testing

@Suite struct SectionTests {
  let message = Message(
    parsing: Array(
      """
      From: a@example.org
      Subject: outer
      Content-Type: multipart/mixed; boundary=b

      --b

      one
      --b
      Content-Type: message/rfc822

      Subject: inner
      Content-Type: multipart/mixed; boundary=c

      --c
      Content-Type: text/html

      two
      --c--
      --b
      Content-Type: message/rfc822

      Subject: plain

      three
      --b--

      """.utf8))

  @Test(arguments: [
    ("1", "one"), ("1.MIME", "\n"), ("2.MIME", "Content-Type: message/rfc822\n\n"),
    ("2.HEADER", "Subject: inner\nContent-Type: multipart/mixed; boundary=c\n\n"),
    ("2.TEXT", "--c\nContent-Type: text/html\n\ntwo\n--c--"), ("2.1", "two"),
    ("2.1.mime", "Content-Type: text/html\n\n"),
    ("3", "Subject: plain\n\nthree"), ("3.1", "three"), ("3.TEXT", "three"), ("3.HEADER", "Subject: plain\n\n"),
    ("HEADER.FIELDS (SUBJECT X-None)", "Subject: outer\n\n"), ("2.HEADER.FIELDS (subject)", "Subject: inner\n\n"),
    ("HEADER.FIELDS.NOT (Subject Content-Type)", "From: a@example.org\n\n"),
  ])
  func aSectionHasItsOctets(_ specification: String, _ expected: String) {
    #expect(message.section(specification).map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test(arguments: [
    "4", "0", "1.1", "2.2", "2.1.1", "3.2", "1.HEADER", "1.TEXT", "MIME", "1..2", "x", "99999999999", "1.2.X", "-1",
  ])
  func whatIsNotThereIsNone(_ specification: String) { #expect(message.section(specification) == nil) }

  @Test func theWholeMessageIsTheEmptySection() {
    #expect(message.section("")?.count == message.bytes.count)
    #expect((message.section("HEADER")?.count ?? 0) + (message.section("TEXT")?.count ?? 0) == message.bytes.count)
  }

  @Test func aMessageOfOnePartHasPartOne() {
    let single = Message(parsing: Array("Subject: x\n\ntext".utf8))
    #expect(single.section("1").map { Array($0) } == Array("text".utf8))
    #expect(single.section("1.MIME").map { Array($0) } == Array("Subject: x\n\n".utf8))
    #expect(single.part("1")?.number == "1")
    #expect(single.part("1.1")?.number == nil)
  }
}
