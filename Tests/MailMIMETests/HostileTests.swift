import Glibc
import MailMIME
import Testing

/// Messages that are made to cost more than their size. Each test runs on a size and on four times that size: the time
/// may grow by no more than the size, with room for noise.
@Suite(.serialized) struct HostileTests {
  static func repeated(_ text: String, _ count: Int) -> [UInt8] {
    let piece = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(piece.count * count)
    for _ in 0..<count { output += piece }
    return output
  }

  static let makers: [(name: String, make: @Sendable (Int) -> [UInt8])] = [
    ("open comments", { Array("From: ".utf8) + repeated("(", $0) }),
    ("comments", { Array("From: ".utf8) + repeated("(a) ", $0) }),
    ("open quotes", { Array("To: ".utf8) + repeated("\"\\", $0) }),
    ("quotes", { Array("To: ".utf8) + repeated("\"a\" ", $0) }),
    ("open brackets", { Array("To: ".utf8) + repeated("<", $0) }),
    ("brackets with open quotes", { Array("To: ".utf8) + repeated("<\"", $0) }),
    ("open comments in brackets", { Array("To: ".utf8) + repeated("<(", $0) }),
    ("open groups", { Array("To: ".utf8) + repeated("a:", $0) }),
    ("spaced words", { Array("To: ".utf8) + repeated("a@b ", $0) }),
    ("spaced dots", { Array("To: a@b".utf8) + repeated(" . c", $0) }),
    ("many names in one mailbox", { Array("To: ".utf8) + repeated("\"a\"@b ", $0) }),
    ("open encoded words", { Array("Subject: ".utf8) + repeated("=?utf-8?q?x ", $0) }),
    ("encoded words", { Array("Subject: ".utf8) + repeated("=?utf-8?q?x?= ", $0) }),
    ("starts of encoded words", { Array("Subject: ".utf8) + repeated("=?", $0) }),
    ("parameters", { Array("Content-Type: text/plain".utf8) + repeated("; a=b", $0) }),
    ("continued parameters", { Array("Content-Type: text/plain".utf8) + repeated("; a*1=b", $0) }),
    ("open quotes in parameters", { Array("Content-Type: text/plain".utf8) + repeated("; a=\"b", $0) }),
    ("date comments", { Array("Date: ".utf8) + repeated("(a", $0) }),
    ("identifiers", { Array("References: ".utf8) + repeated("<", $0) }),
    ("fields", { repeated("a:\n", $0) }),
    ("lines that are no fields", { repeated("a\n", $0) }),
    ("lines that are no fields, between fields", { repeated("a\nb:\n", $0) }),
    (
      "nested multiparts",
      { count in
        var output: [UInt8] = []
        for level in 0..<(count / 10) {
          output += Array("Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n".utf8)
        }
        return output
      }
    ),
    ("nested multiparts without boundary", { repeated("Content-Type: multipart/mixed\n\n--x\n", $0 / 10) }),
    ("nested messages", { repeated("Content-Type: message/rfc822\n\n", $0 / 10) }),
    ("parts", { Array("Content-Type: multipart/mixed; boundary=b\n\n".utf8) + repeated("--b\n", $0) }),
    (
      "delimiters of many boundaries",
      { count in
        var output: [UInt8] = []
        for level in 0..<90 {
          let boundary = String(repeating: "b", count: 60) + String(100 + level)
          output += Array("Content-Type: multipart/mixed; boundary=\(boundary)\n\n--\(boundary)\n".utf8)
        }
        return output + repeated("\n--" + String(repeating: "b", count: 60) + "999", count / 60)
      }
    ),
    (
      "guessed boundaries",
      { Array("Content-Type: multipart/mixed\n\n".utf8) + repeated("--x\nContent-Type: multipart/mixed\n\n", $0 / 10) }
    ),
    ("HTML tags", { Array("Content-Type: text/html\n\n".utf8) + repeated("<a", $0) }),
    ("HTML comments", { Array("Content-Type: text/html\n\n".utf8) + repeated("<!--", $0) }),
    ("HTML scripts", { Array("Content-Type: text/html\n\n".utf8) + repeated("<script><", $0) }),
    ("HTML references", { Array("Content-Type: text/html\n\n".utf8) + repeated("&#", $0) }),
    ("base64 padding", { Array("Content-Transfer-Encoding: base64\n\n".utf8) + repeated("AA=", $0) }),
    ("base64 lines", { Array("Content-Transfer-Encoding: base64\n\n".utf8) + repeated("AA=\n", $0) }),
    ("quoted-printable", { Array("Content-Transfer-Encoding: quoted-printable\n\n".utf8) + repeated("= ", $0) }),
  ]

  @Test(arguments: makers.indices) func timeGrowsAsTheMessageDoes(_ index: Int) {
    let (name, make) = Self.makers[index]
    let small = make(10_000)
    let large = make(40_000)
    // The processor time of this thread, and the shorter of two runs: other work on the machine does not count.
    var fast = Int.max
    var slow = Int.max
    for _ in 0..<2 {
      fast = min(fast, threadMicroseconds { exercise(small) })
      slow = min(slow, threadMicroseconds { exercise(large) })
    }
    // Four times the size is sixteen times the work where the time grows with its square.
    #expect(slow < max(fast * 12, 250_000), "\(name): \(fast) µs for one, \(slow) for four times as much")
  }

  @Test func tenThousandNestedPartsEndInADefect() {
    var bytes: [UInt8] = []
    for level in 0..<10_000 {
      bytes += Array("Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n".utf8)
    }
    let message = Message(parsing: bytes)
    #expect(message.defects.contains { $0.kind == .nestingLimit })
    #expect(message.allParts.count <= 101)
  }

  @Test func partsBeyondTheLimitBelongToTheLast() {
    var limits = ParseLimits()
    limits.parts = 10
    let bytes = Array("Content-Type: multipart/mixed; boundary=b\n\n".utf8) + Self.repeated("--b\n\nx\n", 20)
    let message = Message(parsing: bytes, limits: limits)
    #expect(message.allParts.count == 10)
    #expect(message.defects.map { $0.kind }.contains(.partLimit))
    #expect(message.allParts.last?.bodyRange.upperBound == bytes.count)
  }

  @Test func aHeaderBeyondTheLimitIsNotReadToItsEnd() {
    var limits = ParseLimits()
    limits.headerBytes = 1_000
    let bytes = Self.repeated("X-Filler: text\n", 100) + Array("Subject: too late\n\nbody".utf8)
    let message = Message(parsing: bytes, limits: limits)
    #expect(message.defects.map { $0.kind } == [.headerLimit])
    #expect(message.headers["Subject"] == nil)
    #expect(message.root.text() == "body")
  }

  @Test func aHundredThousandRecipientsAreAllRead() {
    let bytes = Array("To: a@example.org".utf8) + Self.repeated(",\n a@example.org", 99_999) + Array("\n\n".utf8)
    #expect(Envelope(headerOf: Message(parsing: bytes)).to.count == 100_000)
  }

  @Test func defectsAreCounted() {
    let message = Message(parsing: Self.repeated("junk\nA: b\n", 1_000))
    #expect(message.defects.count == ParseLimits.standard.defects)
  }
}

/// The processor time that `body` takes on this thread.
private func threadMicroseconds(_ body: () -> Void) -> Int {
  func time() -> Int {
    var value = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &value)
    return value.tv_sec * 1_000_000 + value.tv_nsec / 1000
  }
  let begin = time()
  body()
  return time() - begin
}
