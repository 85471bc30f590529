import Glibc
import MailSystem
import Testing

@testable import MailTransport

@Suite(.enabled(if: Fixture.canServe)) struct DialerTests {
  private let patience = Patience(
    timeLimit: 3_000, deadline: nil, ignoresInterrupts: true, purpose: "connecting")

  private func found(_ addresses: [SocketAddress]) throws -> String? {
    var dialer = Dialer(addresses)
    switch try dialer.connect(patience) {
    case .connected(let descriptor, let address):
      close(descriptor)
      return address.description
    case .failed: return nil
    }
  }

  private func address(_ text: String, _ port: UInt16) throws -> SocketAddress {
    try #require(try addresses(of: HostName(text), port: port, patience).first)
  }

  @Test func theNextAddressIsTriedAtOnceWhenOneRefuses() throws {
    let server = try TestServer("echo")
    let start = monotonicNow()
    let refusing = [try address("127.0.0.2", server.port), try address("::1", server.port)]
    #expect(try found(refusing + [try address("127.0.0.1", server.port)]) == "127.0.0.1")
    #expect(try found([try address("127.0.0.1", server.port)] + refusing) == "127.0.0.1")
    #expect(try found(refusing) == nil)
    #expect(try found([]) == nil)
    #expect(monotonicNow() - start < 1_500_000_000)
  }

  @Test func anAddressThatNeverAnswersDelaysALittleOnly() throws {
    let server = try TestServer("echo")
    // A listener whose queue is full answers nobody.
    let mute = try Mute()
    let start = monotonicNow()
    #expect(
      try found([try address("127.0.0.1", mute.port), try address("127.0.0.1", server.port)]) == "127.0.0.1")
    #expect(200_000_000..<2_000_000_000 ~= monotonicNow() - start)
  }

  @Test func nobodyAnsweringEndsInTime() throws {
    let mute = try Mute()
    let error = transportError { _ = try Connection.open(host: "127.0.0.1", port: mute.port, within: 400) }
    #expect(error == .timedOut("connecting to 127.0.0.1, port \(mute.port)"))
  }

  @Test func addressesOfTwoFamiliesTakeTurns() throws {
    let four = [try address("192.0.2.1", 1), try address("192.0.2.2", 1), try address("192.0.2.3", 1)]
    let six = [try address("2001:db8::1", 1), try address("2001:db8::2", 1)]
    #expect(
      interleaved(six + four).map(\.description)
        == ["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "192.0.2.3"])
  }
}

/// A port whose connections are never completed.
private final class Mute {
  let port: UInt16
  private var descriptors: [Int32] = []

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    port = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = unsafe bind(listener, address, size)
        listen(listener, 0)
        _ = unsafe getsockname(listener, address, &size)
      }
      return unsafe UInt16(bigEndian: pointer.pointee.sin_port)
    }
    descriptors = [listener]
    // Connections that nobody accepts fill the queue.
    for _ in 0..<4 {
      let one = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      _ = unsafe withUnsafePointer(to: address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(one, $0, size) }
      }
      descriptors.append(one)
    }
    usleep(50_000)
  }

  deinit { for descriptor in descriptors { close(descriptor) } }
}
