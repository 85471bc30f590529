internal import MailSystem

/// The bytes of a message as they are to be sent, piece by piece from its file, without what is for the copy in Sent alone.
public final class MessageContent {
  private let descriptor: Int32
  private let path: String
  /// What is sent of the file, in order.
  private let ranges: [Range<Int64>]
  private var place = 0
  private var offset: Int64 = 0
  private let piece: Int
  /// Called once, before the last piece is given away.
  var beforeEnd: (() throws(SendError) -> Void)?
  /// The error that `beforeEnd` threw.
  private(set) var failure: SendError?

  init(descriptor: Int32, path: String, size: Int64, omitting omitted: [Range<Int64>], piece: Int = 128 << 10) {
    self.descriptor = descriptor
    self.path = path
    self.piece = piece
    var ranges: [Range<Int64>] = []
    var start: Int64 = 0
    for range in omitted.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound >= start {
      if range.lowerBound > start { ranges.append(start..<min(range.lowerBound, size)) }
      start = max(start, min(range.upperBound, size))
    }
    if start < size { ranges.append(start..<size) }
    self.ranges = ranges
    offset = ranges.first?.lowerBound ?? 0
  }

  /// The stretches of the file that are sent.
  var pieces: [Range<Int64>] { ranges }
  /// The file, for reading by position.
  var file: Int32 { descriptor }

  /// The number of bytes, as they lie in the file.
  public var size: Int64 { ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound } }

  /// Begins at the start again, for another server.
  public func rewind() {
    place = 0
    offset = ranges.first?.lowerBound ?? 0
  }

  /// The next bytes; none at the end.
  public func next() throws(SendError) -> [UInt8] {
    guard place < ranges.count else { return [] }
    let wanted = Int(min(Int64(piece), ranges[place].upperBound - offset))
    let (from, descriptor, path) = (offset, descriptor, path)
    let bytes = try queued { () throws(SystemError) in
      try readBytes(descriptor, at: from, count: wanted, path: path)
    }
    guard bytes.count == wanted else { throw .queue(.notFound("read", path: path)) }
    offset += Int64(wanted)
    if offset == ranges[place].upperBound {
      place += 1
      if place < ranges.count { offset = ranges[place].lowerBound }
    }
    if place == ranges.count, let beforeEnd {
      self.beforeEnd = nil
      do throws(SendError) { try beforeEnd() } catch {
        failure = error
        throw error
      }
    }
    return bytes
  }

  /// All that is left, for messages that are small or read by something that wants them whole.
  public func rest() throws(SendError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece = try next()
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  }
}
