internal import MailSystem

/// A connection over a socket, in clear or encrypted.
public final class Connection: ByteStream {
  public var timeLimit = 60_000
  public var deadline: Deadline?
  public var ignoresInterrupts = false
  /// The address that the connection was made to, for people: `192.0.2.1` or `/run/dovecot/lmtp`.
  public let peer: String
  private let socket: Socket
  /// Which server this is, so that a session is taken up with no other.
  private let endPoint: String
  private var session: TLSSession?
  private var isClosed = false

  /// Takes over a connected socket.
  public convenience init(descriptor: Int32, peer: String = "") {
    self.init(descriptor: descriptor, peer: peer, endPoint: peer)
  }

  init(descriptor: Int32, peer: String, endPoint: String) {
    socket = Socket(descriptor: descriptor)
    self.peer = peer
    self.endPoint = endPoint
    socket.sendAtOnce()
  }

  public var security: TLSFacts? { session?.facts }

  /// Something can be read without waiting, or the other side has gone: for a connection that was idle.
  public var hasInput: Bool {
    if isClosed { return false }
    return
      (try? Patience(timeLimit: 0, deadline: nil, ignoresInterrupts: true, purpose: "").wait(
        socket.descriptor, .readable)) != nil
  }

  public func read(into buffer: inout [UInt8], atMost count: Int) throws(TransportError) -> Int {
    if isClosed { throw .closed }
    guard count > 0 else { return 0 }
    let patience = patience("waiting for an answer")
    if let session { return try session.read(into: &buffer, atMost: count, patience) }
    while true {
      if let received = try socket.receive(into: &buffer, atMost: count) {
        // A peer that never stops talking would never make us wait.
        if let deadline, deadline.hasPassed { throw .timedOut(patience.purpose) }
        return received
      }
      try patience.wait(socket.descriptor, .readable)
    }
  }

  public func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) {
    if isClosed { throw .closed }
    let patience = patience("sending")
    if let session { return try session.write(bytes, patience) }
    var rest = bytes
    while !rest.isEmpty {
      if let sent = try socket.send(rest) {
        rest = rest.dropFirst(sent)
        if let deadline, deadline.hasPassed, !rest.isEmpty { throw .timedOut(patience.purpose) }
      } else {
        try patience.wait(socket.descriptor, .writable)
      }
    }
  }

  public func startTLS(_ settings: TLSSettings) throws(TransportError) {
    if isClosed { throw .closed }
    guard session == nil else { throw .tls("the connection is encrypted already") }
    do throws(TransportError) {
      session = try TLSSession(socket, endPoint: endPoint, settings, patience("agreeing on the encryption"))
    } catch {
      // What is half encrypted is good for nothing.
      close()
      throw error
    }
  }

  public func close() {
    guard !isClosed else { return }
    isClosed = true
    session?.shutDown()
    socket.close()
  }

  private func patience(_ purpose: String) -> Patience {
    Patience(timeLimit: timeLimit, deadline: deadline, ignoresInterrupts: ignoresInterrupts, purpose: purpose)
  }
}
