/// Reads a stream line by line, holding what has come beyond the line.
public final class LineReader {
  /// Where the lines come from.
  public let stream: any ByteStream
  /// The longest line that is taken, in bytes, with its end. A peer that sends more is no peer.
  public var lineLimit: Int
  private var buffer: [UInt8] = []
  private var start = 0

  public init(_ stream: any ByteStream, lineLimit: Int = 8192) {
    self.stream = stream
    self.lineLimit = lineLimit
  }

  /// How many bytes have come that nobody has read. Before a connection is encrypted there must be none: they were said
  /// without protection and would be taken for protected ones (RFC 3207, section 6).
  public var buffered: Int { buffer.count - start }

  /// The next line without its CRLF (or LF); nil at the end of the stream. Throws `lineTooLong`; and `closed` when the
  /// stream ends within a line.
  public func readLine() throws(TransportError) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        guard end - start < lineLimit else { throw .lineTooLong(limit: lineLimit) }
        let hasReturn = end > start && buffer[end - 1] == 0x0D
        let line = Array(buffer[start..<(hasReturn ? end - 1 : end)])
        start = end + 1
        if start == buffer.count { dropRead() }
        return line
      }
      searched = buffer.count
      guard searched - start < lineLimit else { throw .lineTooLong(limit: lineLimit) }
      if start > 0 {
        searched -= start
        dropRead()
      }
      guard try stream.read(into: &buffer, atMost: 4096) > 0 else {
        guard buffer.isEmpty else { throw .closed }
        return nil
      }
    }
  }

  /// The next line as `readLine` gives it, which must be there within `milliseconds`, however slowly it trickles in.
  public func readLine(within milliseconds: Int) throws(TransportError) -> [UInt8]? {
    try stream.within(milliseconds: milliseconds) { () throws(TransportError) in try readLine() }
  }

  /// The next `count` bytes; fewer only at the end of the stream.
  public func readBytes(_ count: Int) throws(TransportError) -> [UInt8] {
    while buffered < count {
      if try stream.read(into: &buffer, atMost: min(count - buffered, 1 << 16)) == 0 { break }
    }
    let end = min(start + max(count, 0), buffer.count)
    let bytes = Array(buffer[start..<end])
    start = end
    if start == buffer.count { dropRead() }
    return bytes
  }

  /// Encrypts the stream; throws `injected` when something is left unread.
  public func startTLS(_ settings: TLSSettings) throws(TransportError) {
    guard buffered == 0 else {
      stream.close()
      throw .injected
    }
    try stream.startTLS(settings)
  }

  private func dropRead() {
    buffer.removeFirst(start)
    start = 0
  }
}
