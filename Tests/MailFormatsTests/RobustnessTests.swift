import MailFormats
import Testing

private let line = "From ada@example.org Mon Mar  4 10:00:00 2024\n"

private let samples = [
  "\(line)Subject: a\nStatus: RO\nX-Keywords: a b\n\none\n>From x\n\n\(line)Subject: b\n\ntwo\n\n",
  "\(line)Subject: a\r\nContent-Length: 5\r\n\r\none\r\n\r\n\(line)Subject: b\r\nContent-Length: 3\r\n\r\ntwo\r\n\r\n",
  "\(line)Received: from a by b;\n Mon, 4 Mar 2024 10:00:00 +0000\nX-Mozilla-Status: 0001\n\none\n\(line)Subject: b\n\ntwo\n\(line)Subject: c\n\n3\n",
  "From \"a b\"@example.org Mon Mar  4 10:00:00 2024 remote from x\n>From y\nX-IMAP: 1\nSubject: DON'T DELETE THIS MESSAGE\n\n\n\n\n\(line)\n",
]

private let apple =
  "14  \nSubject: a\n\nb\n<?xml version=\"1.0\"?><plist><dict><key>flags</key><integer>17</integer><dict></dict></dict></plist>"

@Suite struct RobustnessTests {
  /// Reads `bytes` as everything, and holds it against what is true of every input.
  private func check(_ bytes: [UInt8]) throws {
    _ = FileKind(bytes.span)
    if let mail = EMLX(bytes) { #expect(mail.bytes.count < bytes.count) }
    for variant in [nil] + MboxVariant.allCases.map({ Optional($0) }) {
      var whole = reader(bytes, variant, step: 1 << 20)
      let messages = try all(&whole)
      #expect(messages.reduce(0) { $0 + $1.bytes.count } <= bytes.count)
      #expect(zip(messages, messages.dropFirst()).allSatisfy { $0.offset < $1.offset })
      var pieces = reader(bytes, variant, step: 13)
      #expect(try all(&pieces).map(\.bytes) == messages.map(\.bytes))
      var limited = reader(bytes, variant, step: 13, limit: 30)
      #expect(try all(&limited).allSatisfy { $0.bytes.count <= 30 })
    }
  }

  @Test func `each beginning of each sample can be read`() throws {
    for sample in samples + [apple] {
      let bytes = Array(sample.utf8)
      for length in 0...bytes.count { try check(Array(bytes[..<length])) }
    }
  }

  @Test func `a thousand damaged samples can be read`() throws {
    var state: UInt64 = 20_240_304
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<1_000 {
      var bytes = Array((samples + [apple])[round % (samples.count + 1)].utf8)
      for _ in 0...random(4) {
        let place = random(bytes.count)
        switch random(3) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random(256))
        case 1: bytes[place] = [0x0A, 0x0D, 0x3E, 0x20, 0x3A][random(5)]
        default: bytes.remove(at: place)
        }
      }
      try check(bytes)
    }
  }

  @Test(.timeLimit(.minutes(1))) func `time is linear in the input`() throws {
    let many = String(repeating: "From a b:00\n", count: 200_000) + String(repeating: ">", count: 500_000)
    for step in [1 << 12, 1 << 20] {
      var reader = reader(Array((line + many).utf8), nil, step: step)
      _ = try all(&reader)
    }
  }
}
