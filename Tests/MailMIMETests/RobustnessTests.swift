import MailMIME
import Testing

/// Everything the library can be asked about a message; the answer is of no interest, only that there is one.
@discardableResult
func exercise(_ bytes: [UInt8]) -> Int {
  let message = Message(parsing: bytes)
  var total = Envelope(headerOf: message).subject.utf8.count + message.defects.count
  for part in message.allParts {
    total += part.number.utf8.count + part.rawHeader.count + part.body.count
    total += part.decodedBody(limit: 10_000).count + part.text(limit: 10_000).utf8.count
    total += (part.filename ?? "").utf8.count + (part.isAttachment ? 1 : 0) + part.headers.fields.count
  }
  for name in ["From", "To", "Cc", "Bcc", "Reply-To", "Sender"] {
    total += message.headers.addressList(name).count
  }
  total += message.headers.date()?.rfc5322.utf8.count ?? 0
  total += indexText(of: message, limit: 20_000).body.count
  for section in ["HEADER", "TEXT", "1", "1.MIME", "1.HEADER", "2.1.TEXT", "HEADER.FIELDS (SUBJECT X)"] {
    total += message.section(section)?.count ?? 0
  }
  return total
}

@Suite struct RobustnessTests {
  @Test(arguments: Fixtures.names) func everyPrefixIsRead(_ name: String) throws {
    let bytes = try Fixtures.message(name)
    for form in [bytes, Fixtures.withCRLF(bytes)] {
      for count in stride(from: 0, through: form.count, by: form.count > 1_500 ? 7 : 1) {
        let message = Message(parsing: Array(form[..<count]))
        #expect(message.allParts.allSatisfy { $0.bodyRange.upperBound <= count })
        exercise(message.bytes)
      }
    }
  }

  @Test(arguments: Fixtures.names) func aThousandFlippedOctetsAreRead(_ name: String) throws {
    let original = try Fixtures.message(name)
    guard !original.isEmpty else { return }
    var numbers = SeededNumbers(state: 20_240_905)
    for form in [original, Fixtures.withCRLF(original)] {
      var bytes = form
      for round in 0..<500 {
        bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
        if round % 10 == 0 { bytes = form }
        let message = Message(parsing: bytes)
        #expect(message.allParts.allSatisfy { $0.bodyRange.upperBound <= bytes.count })
        exercise(bytes)
      }
    }
  }
}

@Suite struct ContainmentTests {
  /// Found by fuzzing: a part that ends with its header reached past the end of the part around it.
  @Test func aPartWithoutABodyStaysInsideItsParent() {
    let text =
      "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/mixed; boundary=i\n\n--i\nX: y\n--o--\n"
    let message = Message(parsing: Array(text.utf8))
    for part in message.allParts {
      guard let parent = part.parent else { continue }
      #expect(parent.bodyRange.lowerBound <= part.bodyRange.lowerBound)
      #expect(part.bodyRange.upperBound <= parent.bodyRange.upperBound)
    }
  }
}
