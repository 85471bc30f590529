/// Bytes to and from one peer, with a limit on how long anything may take.
///
/// Whoever speaks a protocol is given one of these and doesn't know whether there is a socket, TLS, a program or a
/// transcript behind it.
public protocol ByteStream: AnyObject {
  /// Appends to `buffer` what has come, at most `count` bytes, waiting for the first; returns how many, 0 at the end.
  func read(into buffer: inout [UInt8], atMost count: Int) throws(TransportError) -> Int
  /// Writes all of `bytes`.
  func write(_ bytes: ArraySlice<UInt8>) throws(TransportError)
  /// Ends the connection; nothing can be read or written afterwards. Closing twice does nothing.
  func close()

  /// How long one wait for the peer may last, in milliseconds.
  var timeLimit: Int { get set }
  /// When everything must have happened, whatever trickles in; nil for never.
  var deadline: Deadline? { get set }
  /// An interrupt (`catchInterrupts`) doesn't end a wait: for the moment in which a peer takes over the responsibility.
  var ignoresInterrupts: Bool { get set }

  /// What protects the connection; nil when nothing does.
  var security: TLSFacts? { get }
  /// Goes on encrypted. The peer must have agreed, and nothing of what it said before may be left unread.
  func startTLS(_ settings: TLSSettings) throws(TransportError)
}

extension ByteStream {
  /// Writes all of `bytes`.
  public func write(_ bytes: [UInt8]) throws(TransportError) { try write(bytes[...]) }

  /// Does `work`, which must have ended after `milliseconds`, and earlier where a deadline is set already.
  public func within<Result>(
    milliseconds: Int, _ work: () throws(TransportError) -> Result
  ) throws(TransportError) -> Result {
    let outer = deadline
    deadline = Deadline.earlier(outer, Deadline(milliseconds: milliseconds))
    defer { deadline = outer }
    return try work()
  }
}
