import Testing

@testable import MailSetup

/// A name in the form of the wire.
private func wire(_ name: String) -> [UInt8] {
  name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
}

private func number(_ value: Int) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

private func message(_ answers: [[UInt8]], question: String = "_submission._tcp.example.org") -> [UInt8] {
  number(7) + [0x81, 0x80] + number(1) + number(answers.count) + number(0) + number(0) + wire(question) + number(33)
    + number(1) + answers.flatMap { $0 }
}

/// A record whose name is that of the question.
private func record(type: Int, _ data: [UInt8]) -> [UInt8] {
  [0xC0, 0x0C] + number(type) + number(1) + [0, 0, 0, 60] + number(data.count) + data
}

@Suite struct DNSTests {
  @Test func recordsAreRead() {
    let service = record(type: 33, number(10) + number(5) + number(587) + wire("mail.example.org"))
    let exchanger = record(type: 15, number(20) + wire("mx.example.org"))
    #expect(
      DNSMessage(message([service, exchanger])).answers == [
        .init(
          name: "_submission._tcp.example.org", type: 33,
          data: .service(priority: 10, weight: 5, port: 587, target: "mail.example.org")),
        .init(
          name: "_submission._tcp.example.org", type: 15, data: .exchanger(preference: 20, host: "mx.example.org")),
      ])
  }

  @Test func aNameMayEndInAnEarlierOne() {
    // "mx" and then what stands in the question from "example" on.
    let offset = 12 + "_submission._tcp".utf8.count + 1
    let data = number(1) + [2] + Array("mx".utf8) + [0xC0, UInt8(offset)]
    #expect(
      DNSMessage(message([record(type: 15, data)])).answers.first?.data
        == .exchanger(preference: 1, host: "mx.example.org"))
  }

  @Test func aNameThatPointsAtItselfEndsTheReading() {
    let start = message([]).count
    let own = [0xC0, UInt8(start)] + number(15) + number(1) + [0, 0, 0, 60] + number(4) + number(1) + [0xC0, 0x0C]
    #expect(DNSMessage(message([own])).answers.isEmpty)
  }

  @Test func anErrorHasNoAnswers() {
    var bytes = message([record(type: 15, number(1) + wire("mx.example.org"))])
    bytes[3] = 0x83
    #expect(DNSMessage(bytes).answers.isEmpty)
  }

  @Test func everyPrefixAndEveryChangeCanBeRead() {
    let bytes = message([
      record(type: 33, number(10) + number(5) + number(587) + wire("mail.example.org")),
      record(type: 15, number(20) + [2] + Array("mx".utf8) + [0xC0, 0x1D]),
    ])
    for count in bytes.indices { _ = DNSMessage(Array(bytes[..<count])) }
    for index in bytes.indices {
      for byte in [UInt8](arrayLiteral: 0, 0x3F, 0xC0, 0xFF) {
        var changed = bytes
        changed[index] = byte
        _ = DNSMessage(changed)
      }
    }
  }

  @Test func aNameServerIsAnAddressOfFourNumbers() throws {
    #expect(try #require(NameService("127.0.0.1:5300")).port == 5300)
    #expect(NameService("127.0.0.1")?.port == 53)
    for text in ["", "localhost", "1.2.3", "1.2.3.256", "1.2.3.4:0", "1.2.3.4:x", "1.2.3.4:5:6", "::1"] {
      #expect(NameService(text) == nil, "\(text)")
    }
  }
}
