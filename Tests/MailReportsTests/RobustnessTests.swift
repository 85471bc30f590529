import MailMIME
import MailReports
import Testing

@Suite struct RobustnessTests {
  /// Reads `bytes` as everything; what can be read can be written and read again.
  private func check(_ bytes: [UInt8]) {
    let message = Message(parsing: bytes)
    if let report = DeliveryReport(parsing: message) {
      #expect(!report.recipients.isEmpty)
      _ = report.explanation(host: "a", subject: report.originalSubject)
      let again = DeliveryReport(parsing: Message(parsing: report.build(letter(), original: bytes)))
      #expect(again?.recipients.map(\.action) == report.recipients.map(\.action))
      #expect(again?.recipients.map(\.status) == report.recipients.map(\.status))
    }
    if let receipt = DispositionNotification(parsing: message) {
      _ = receipt.explanation(subject: receipt.originalSubject, date: nil)
      let again = DispositionNotification(parsing: Message(parsing: receipt.build(letter(), original: bytes)))
      #expect(again?.disposition.kind == receipt.disposition.kind)
    }
    if let request = ReceiptRequest(message, ownAddresses: ["ben@example.com"]) {
      #expect(!request.addresses.isEmpty)
    }
  }

  private var samples: [[UInt8]] {
    [Array(foreignBounce.utf8), Array(foreignReceipt.utf8), original, withCRLF(Array(foreignBounce.utf8))]
  }

  @Test func `each beginning of each sample can be read`() {
    for sample in samples {
      for length in 0...sample.count { check(Array(sample[..<length])) }
    }
  }

  @Test func `a thousand damaged samples can be read`() {
    var state: UInt64 = 20_240_304
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<1_000 {
      var bytes = samples[round % samples.count]
      for _ in 0...random(4) {
        let place = random(bytes.count)
        switch random(3) {
        case 0: bytes[place] = UInt8(random(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert([0x0A, 0x3B, 0x5C, 0x3C, 0x00, 0xC3][random(6)], at: place)
        }
      }
      check(bytes)
    }
  }

  @Test func `a report on very many recipients is read in time that grows with its size alone`() {
    let one = "Final-Recipient: rfc822;a@example.com\nAction: failed\nStatus: 5.0.0\n\n"
    let text =
      "Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n"
      + "Reporting-MTA: dns; a\n\n" + String(repeating: one, count: 20_000) + "--x--\n"
    let clock = ContinuousClock()
    var count = 0
    let time = clock.measure { count = DeliveryReport(parsing: message(text))?.recipients.count ?? 0 }
    #expect(count == 9_999)
    #expect(time < .seconds(5))
  }
}
