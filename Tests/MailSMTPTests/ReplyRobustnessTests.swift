import MailBytes
import Testing

@testable import MailSMTP

@Suite struct RobustnessOfReplies {
  private static let samples = [
    "220 mail.example.org ESMTP ready\r\n",
    "250-mail.example.org\r\n250-PIPELINING\r\n250-SIZE 50000000\r\n250-AUTH PLAIN LOGIN\r\n250-LIMITS RCPTMAX=5\r\n250 DSN\r\n",
    "550-5.1.1 The account does not exist.\r\n550 5.1.1 See https://example.org/?p=(x)\r\n", "354 End data\r\n",
    "334 VXNlcm5hbWU6\r\n", "421 4.3.2 bye\r\n", "250\r\n",
  ].map { Array($0.utf8) }

  /// Whatever comes: a reply within the limits, the wish for more, or an error that can be shown.
  private func check(_ bytes: [UInt8]) {
    var parser = ReplyParser()
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      do throws(ReplyError) {
        guard let reply = try parser.take(line) else { continue }
        #expect(200..<600 ~= reply.code && !reply.lines.isEmpty)
        #expect(reply.description.unicodeScalars.allSatisfy { !isUnsafe($0.value) })
        let server = SMTPCapabilities(reply)
        #expect(server.authentication.allSatisfy { !$0.isEmpty })
        #expect(server.recipientLimit.map { $0 > 0 } ?? true)
      } catch {
        #expect(error.description.unicodeScalars.allSatisfy { !isUnsafe($0.value) })
        return
      }
    }
  }

  @Test func `every prefix and suffix of every sample is a reply, more to come, or an error`() {
    for sample in RobustnessOfReplies.samples {
      for length in 0...sample.count {
        check(Array(sample.prefix(length)))
        check(Array(sample.suffix(length)))
      }
    }
  }

  @Test func `a thousand flipped bytes of every sample do no harm`() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next() -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33)
    }
    for sample in RobustnessOfReplies.samples {
      for _ in 0..<1_000 {
        var bytes = sample
        for _ in 0...(next() % 3) { bytes[next() % bytes.count] = UInt8(truncatingIfNeeded: next()) }
        check(bytes)
      }
    }
  }

  @Test func `a thousand random addresses never leave their command`() {
    let signs = Array("a.@<>\"\\ \r\n\0,;:[]%é\u{202E}xRCPT TO".unicodeScalars)
    var state: UInt64 = 1
    for _ in 0..<1_000 {
      var address = String.UnicodeScalarView()
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        address.append(signs[Int(state >> 33) % signs.count])
      }
      for candidate in [String(address), "\(String(address))@example.org", "\"\(String(address))\"@example.org"] {
        guard let path = try? SMTPPath(candidate) else { continue }  // most are none
        #expect(!path.bytes.contains { $0 < 0x20 || $0 == 0x7F })
        // Outside quotes nothing ends the path.
        var isQuoted = false
        var index = 0
        while index < path.bytes.count {
          let byte = path.bytes[index]
          if isQuoted, byte == 0x5C {
            index += 1
          } else if byte == 0x22 {
            isQuoted.toggle()
          } else if !isQuoted {
            #expect(byte != 0x3E && byte != 0x3C && byte != 0x20, "\(candidate)")
          }
          index += 1
        }
        #expect(!isQuoted)
      }
    }
  }
}
