import MailFormats
import MailMIME
import Testing

/// The messages of `text`, read in pieces of `step` bytes.
func messages(
  _ text: String, _ variant: MboxVariant? = nil, step: Int = 1 << 20, limit: Int = .max
) -> [MboxMessage] {
  var reader = reader(Array(text.utf8), variant, step: step, limit: limit)
  return (try? all(&reader)) ?? []  // what is in memory can be read
}

func reader(_ bytes: [UInt8], _ variant: MboxVariant?, step: Int, limit: Int = .max) -> MboxReader {
  var given = 0
  let window = ByteWindow { buffer in
    let end = min(given + step, bytes.count)
    buffer.append(contentsOf: bytes[given..<end])
    defer { given = end }
    return given < end
  }
  return MboxReader(window, variant: variant, sizeLimit: limit)
}

func all(_ reader: inout MboxReader) throws -> [MboxMessage] {
  var found: [MboxMessage] = []
  while let message = try reader.next() { found.append(message) }
  return found
}

private func texts(_ text: String, _ variant: MboxVariant? = nil) -> [String] {
  let whole = messages(text, variant).map { String(decoding: $0.bytes, as: UTF8.self) }
  for step in [1, 7, 64] {
    #expect(messages(text, variant, step: step).map { String(decoding: $0.bytes, as: UTF8.self) } == whole)
  }
  return whole
}

private let line = "From ada@example.org Mon Mar  4 10:00:00 2024\n"

@Suite struct MboxTests {
  @Test func `two messages are two, without their From lines and the empty lines between them`() {
    #expect(
      texts("\(line)Subject: a\n\none\n\n\(line)Subject: b\n\ntwo\n\n") == [
        "Subject: a\n\none\n", "Subject: b\n\ntwo\n",
      ])
  }

  @Test func `the last message may end without an empty line, and without a line break`() {
    #expect(texts("\(line)Subject: a\n\none\n") == ["Subject: a\n\none\n"])
    #expect(texts("\(line)Subject: a\n\none") == ["Subject: a\n\none"])
    #expect(texts("\(line)Subject: a") == ["Subject: a"])
  }

  @Test func `one empty line belongs to the file, the others to the message`() {
    #expect(texts("\(line)Subject: a\n\none\n\n\n\n\(line)Subject: b\n\ntwo\n\n")[0] == "Subject: a\n\none\n\n\n")
  }

  @Test func `nothing, and empty lines, are no message`() {
    #expect(texts("").isEmpty)
    #expect(texts("\n\r\n\n").isEmpty)
  }

  @Test func `a file with CRLF keeps them in its messages`() {
    let text = "\(line)Subject: a\n\none\n>From me\n\n\(line)Subject: b\n\ntwo\n\n"
    let crlf = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(texts(crlf) == ["Subject: a\r\n\r\none\r\nFrom me\r\n", "Subject: b\r\n\r\ntwo\r\n"])
  }

  @Test func `a byte order mark and empty lines may come first`() {
    #expect(texts("\u{FEFF}\(line)Subject: a\n\none\n\n") == ["Subject: a\n\none\n"])
    #expect(texts("\n\n\(line)Subject: a\n\none\n\n") == ["Subject: a\n\none\n"])
  }

  @Test func `what comes before the first From line is passed over and counted`() throws {
    var reader = reader(Array("garbage\nmore\n\n\(line)Subject: a\n\none\n\n".utf8), nil, step: 5)
    #expect(try all(&reader).count == 1)
    #expect(reader.leadingBytes == 14)
  }

  @Test(arguments: [
    "From ada@example.org Mon Mar  4 10:00:00 2024", "From - Mon Mar 04 10:00:00 2024",
    "From MAILER-DAEMON Mon Mar  4 10:00:00 2024", "From ada@example.org Mon Mar  4 10:00:00 +0100 2024",
    "From ada@example.org Mon Mar  4 10:00:00 MET 2024", "From ada@example.org Mon Mar  4 10:00:00 2024 +0100",
    "From ada@example.org Mon Mar  4 10:00 2024", "From ???@??? Mon Mar 04 10:00:00 2024",
    "From \"ada b\"@example.org Mon Mar  4 10:00:00 2024", "From Mon Mar  4 10:00:00 2024",
    "From ada@example.org  Mon Mar  4 10:00:00 2024 remote from example", "From ada@example.org",
    "From 1792574536298153573@xxx Mon Mar 04 10:00:00 +0000 2024",
    "From ada@example.org Mon, 4 Mar 2024 10:00:00 +0000",
    "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001", "From MAILER-DAEMON",
    "From ada@example.org 2024-03-04 10:00:00",
  ])
  func `a From line has many forms`(form: String) {
    #expect(texts("\(form)\nSubject: a\n\none\n\n\(form)\nSubject: b\n\ntwo\n\n").count == 2)
    #expect(FromLine(form.utf8.span) != nil)
  }

  @Test(arguments: [
    "From here on it is easy", "From 10:30 to 11:00 we met", "From me, to you:", "From the sea at 10:30 on the pier",
    "From a@", "From ",
  ])
  func `a sentence that begins with From ends no message`(sentence: String) {
    #expect(texts("\(line)Subject: a\n\none\n\n\(sentence)\nNext: line\n\n\(line)Subject: b\n\ntwo\n\n").count == 2)
  }

  @Test func `a From line with an ordinary sentence behind it is text`() {
    #expect(texts("\(line)Subject: a\n\none\n\n\(line)and so on\n\n\(line)Subject: b\n\ntwo\n\n").count == 2)
  }

  @Test func `a From line without an empty line before it is text`() {
    let body = "one\n\(line)Subject: inner\n"
    #expect(texts("\(line)Subject: a\n\n\(body)\n\(line)Subject: b\n\ntwo\n\n\(line)Subject: c\n\n3\n\n").count == 3)
  }

  @Test func `in a file written without empty lines it ends a message`() {
    #expect(
      texts("\(line)Subject: a\n\none\n\(line)Subject: b\n\ntwo\n\(line)Subject: c\n\nthree\n") == [
        "Subject: a\n\none\n", "Subject: b\n\ntwo\n", "Subject: c\n\nthree\n",
      ])
  }

  @Test func `an empty message and one without a body are messages`() {
    #expect(
      texts("\(line)\n\(line)Subject: b\n\n\(line)Subject: c\n\n\n\(line)Subject: d\n\nx\n") == [
        "", "Subject: b\n", "Subject: c\n\n", "Subject: d\n\nx\n",
      ])
  }

  @Test func `each variant takes its own quoting away`() {
    let text = "\(line)Subject: a\n\n>From one\n>>From two\n> From three\nfrom\n\n"
    #expect(texts(text) == ["Subject: a\n\nFrom one\n>From two\n> From three\nfrom\n"])
    #expect(texts(text, .mboxrd) == ["Subject: a\n\nFrom one\n>From two\n> From three\nfrom\n"])
    #expect(texts(text, .mboxo) == ["Subject: a\n\nFrom one\n>>From two\n> From three\nfrom\n"])
    #expect(texts(text, .mboxcl) == ["Subject: a\n\nFrom one\n>>From two\n> From three\nfrom\n"])
    #expect(texts(text, .mboxcl2) == ["Subject: a\n\n>From one\n>>From two\n> From three\nfrom\n"])
  }

  @Test func `mboxo is told from mboxrd by the quoted lines around`() {
    let plain = "\(line)Subject: a\n\n>> It was late.\n>>From there we went.\n>>Home.\n\n>From me\n\n"
    #expect(texts(plain) == ["Subject: a\n\n>> It was late.\n>>From there we went.\n>>Home.\n\nFrom me\n"])
    let quoted = "\(line)Subject: a\n\n> > It was late.\n>>>From there we went.\n>>Home.\n\n>From me\n\n"
    #expect(texts(quoted) == ["Subject: a\n\n> > It was late.\n>>From there we went.\n>>Home.\n\nFrom me\n"])
  }

  @Test func `a quoted line in the header stays, unless the variant is named`() {
    let text = "\(line)>From x@example.org\nSubject: a\n\none\n\n"
    #expect(texts(text) == [">From x@example.org\nSubject: a\n\none\n"])
    #expect(texts(text, .mboxrd) == ["From x@example.org\nSubject: a\n\none\n"])
  }

  @Test func `a Content-Length that is true tells where the message ends`() {
    let body = "one\n\n\(line)Subject: inner\n\nx\n>From y\n"
    let text =
      "\(line)Subject: a\nContent-Length: \(body.utf8.count)\n\n\(body)\n\(line)Subject: b\nContent-Length: 4\n\ntwo\n\n"
    #expect(texts(text) == ["Subject: a\n\n\(body)", "Subject: b\n\ntwo\n"])
    #expect(texts(text, .mboxcl2).count == 2)
    #expect(texts(text, .mboxrd).count == 3)
  }

  @Test func `where lines are quoted as well they are unquoted`() {
    let body = "one\n>From y\n>>From z\n"
    let text =
      "\(line)Subject: a\nContent-Length: \(body.utf8.count)\n\n\(body)\n\(line)Subject: b\nContent-Length: 4\n\ntwo\n\n"
    #expect(texts(text) == ["Subject: a\n\none\nFrom y\n>>From z\n", "Subject: b\n\ntwo\n"])
  }

  @Test(arguments: [0, 3, 5, 20, 999_999, 999_999_999_999_999])
  func `a Content-Length that is not true means nothing`(length: Int) {
    let text = "\(line)Subject: a\nContent-Length: \(length)\n\none two\n\n\(line)Subject: b\n\ntwo\n\n"
    for variant in [nil, MboxVariant.mboxcl, .mboxcl2] {
      #expect(texts(text, variant) == ["Subject: a\nContent-Length: \(length)\n\none two\n", "Subject: b\n\ntwo\n"])
    }
  }

  @Test func `one message can't hide those behind it by a length`() {
    let hidden = "\n\(line)Subject: b\n\ntwo\n"
    let trap = "\(line)Subject: a\nContent-Length: \(4 + hidden.utf8.count)\n\none\n\(hidden)\n"
    let others = (0..<3).map { "\(line)Subject: \($0)\nContent-Length: 7\n\ntext\n\n" }.joined()
    #expect(texts(trap + others).count == 5)
  }

  @Test func `a message larger than the limit is passed over with its size`() {
    let large = String(repeating: "x", count: 3_000_000)
    let text = "\(line)Subject: a\n\none\n\n\(line)Subject: b\n\n\(large)\n\n\(line)Subject: c\n\nthree\n\n"
    for step in [1 << 12, 1 << 16, 1 << 20] {
      let found = messages(text, step: step, limit: 1_000)
      #expect(found.map(\.isTooLarge) == [false, true, false])
      #expect(
        found.map { String(decoding: $0.bytes, as: UTF8.self) } == ["Subject: a\n\none\n", "", "Subject: c\n\nthree\n"])
      #expect(found.count == 3 && found[1].size == Int64("Subject: b\n\n\(large)\n\n".utf8.count))
    }
    let lines = String(repeating: "a line of text\n", count: 300_000)
    let found = messages("\(line)Subject: b\n\n\(lines)\n\(line)Subject: c\n\nthree\n\n", step: 1 << 16, limit: 9_000)
    #expect(found.map(\.isTooLarge) == [true, false])
  }

  @Test func `places are where the From lines are`() {
    let text = "\(line)Subject: a\n\none\n\n\(line)Subject: b\n\ntwo\n\n"
    #expect(messages(text, step: 3).map(\.offset) == [0, Int64(text.utf8.count / 2)])
  }
}

@Suite struct FromLineTests {
  @Test func `the sender and the time are read`() {
    let found = FromLine("From ada@example.org Mon Mar  4 10:00:00 2024".utf8.span)
    #expect(found?.sender == "ada@example.org")
    #expect(found?.date?.seconds == 1_709_546_400)
    #expect(found?.date?.hasUnknownZone == true)
    #expect(FromLine("From a Mon Mar  4 10:00:00 +0100 2024".utf8.span)?.date?.seconds == 1_709_542_800)
  }
}

@Suite struct MailboxFieldTests {
  private func fields(_ header: String) -> MailboxFields { MailboxFields(header.utf8.span, to: header.utf8.count) }

  @Test func `status fields become marks`() {
    #expect(fields("Status: RO\n\n").marks == .seen)
    #expect(fields("Status: O\n\n").marks == [])
    #expect(fields("status: RO\nX-Status: AFT\n\n").marks == [.seen, .answered, .flagged, .draft])
    #expect(fields("X-Status: D\n\n").marks == .deleted)
    #expect(fields("X-Mozilla-Status: 0001\n\n").marks == .seen)
    #expect(fields("X-Mozilla-Status: 1007\n\n").marks == [.seen, .answered, .flagged, .forwarded])
    #expect(fields("X-Mozilla-Status: 0009\n\n").isExpunged)
    #expect(fields("Status: O\n\n").saysRead && !fields("Subject: a\n\n").saysRead)
  }

  @Test func `keywords and labels are read`() {
    #expect(
      fields("X-Keywords: work, $Forwarded  urgent\nX-Mozilla-Keys: $label1\n\n").keywords == [
        "work", "$Forwarded", "urgent", "$label1",
      ])
    #expect(fields("X-Label:  some words \n\n").labels == ["some words"])
  }

  @Test func `status fields of the file are taken out of the message, others of that name stay`() {
    let text =
      "From - Mon Mar  4 10:00:00 2024\nStatus: RO\nSubject: a\nX-Status: F\nX-UID: 7\nX-Keywords:\n work\nX-Label: b\nX-IMAPbase: 1 2\n\none\n\n"
    #expect(messages(text).map { String(decoding: $0.bytes, as: UTF8.self) } == ["Subject: a\nX-Label: b\n\none\n"])
    let other = "From - Mon Mar  4 10:00:00 2024\nStatus: open\nSubject: a\nX-Status: waiting\n\none\n\n"
    #expect(
      messages(other).map { String(decoding: $0.bytes, as: UTF8.self) } == [
        "Status: open\nSubject: a\nX-Status: waiting\n\none\n"
      ])
  }

  @Test func `the notes of a mail server are no message`() {
    let text = "Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 1 2\nStatus: RO\n\nx\n"
    #expect(fields(text).isInternal)
    #expect(!fields("Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\n\nx\n").isInternal)
  }

  @Test func `the arrival is that of the topmost Received field, else the date`() {
    let date = "Date: Mon, 4 Mar 2024 10:00:00 +0000\n"
    #expect(
      fields("Received: from a by b;\n Mon, 4 Mar 2024 10:00:05 +0000\nReceived: x; 3 Mar 2024\n\(date)\n").arrival?
        .seconds == 1_709_546_405)
    #expect(fields("Received: from a by b\n\(date)\n").arrival?.seconds == 1_709_546_400)
    #expect(fields("Subject: a\n\n").arrival == nil)
  }
}
