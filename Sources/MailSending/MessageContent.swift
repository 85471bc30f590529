internal import MailBytes
internal import MailSystem

/// The bytes of a message as they are to be sent, piece by piece: stretches of its file, and what comes in their place.
public struct MessageContent: Sendable {
  /// A stretch of the message.
  enum Piece: Sendable, Equatable {
    case file(Range<Int64>)
    case bytes([UInt8])
  }

  /// The open file, for reading by position; -1 where there is none.
  let descriptor: Int32
  private let path: String
  /// In order.
  let pieces: [Piece]

  /// The message of `size` bytes in an open file with `edits`, which lie in order and not one over the other.
  init(descriptor: Int32, path: String, size: Int64, edits: [QueueRecord.Edit]) {
    self.descriptor = descriptor
    self.path = path
    var pieces: [Piece] = []
    var start: Int64 = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) where edit.range.lowerBound >= start {
      if edit.range.lowerBound > start { pieces.append(.file(start..<min(edit.range.lowerBound, size))) }
      if !edit.bytes.isEmpty { pieces.append(.bytes(edit.bytes)) }
      start = min(edit.range.upperBound, size)
    }
    if start < size { pieces.append(.file(start..<size)) }
    self.pieces = pieces
  }

  /// The message `bytes`.
  init(_ bytes: [UInt8]) {
    (descriptor, path, pieces) = (-1, "", [.bytes(bytes)])
  }

  /// The number of bytes, as they lie in the file.
  public var size: Int64 {
    pieces.reduce(0) { sum, piece in
      switch piece {
      case .file(let range): sum + range.upperBound - range.lowerBound
      case .bytes(let bytes): sum + Int64(bytes.count)
      }
    }
  }

  /// Gives the message to `body`, at most 128 kB at a time.
  func forEachPiece(_ body: (ArraySlice<UInt8>) throws(SendError) -> Void) throws(SendError) {
    for piece in pieces {
      switch piece {
      case .bytes(let bytes): try body(bytes[...])
      case .file(let range):
        var offset = range.lowerBound
        while offset < range.upperBound {
          let count = Int(min(128 << 10, range.upperBound - offset))
          let bytes = try read(offset, count)
          try body(bytes[...])
          offset += Int64(count)
        }
      }
    }
  }

  private func read(_ offset: Int64, _ count: Int) throws(SendError) -> [UInt8] {
    let bytes = try queued { () throws(SystemError) in
      try readBytes(descriptor, at: offset, count: count, path: path)
    }
    guard bytes.count == count else { throw .queue(SystemError(call: "read", path: path, errno: 5)) }
    return bytes
  }

  /// All of it, for messages that something wants whole.
  public func whole() throws(SendError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(size))
    try forEachPiece { (piece) throws(SendError) in bytes += piece }
    return bytes
  }
}

extension QueueEntry {
  /// The message as mail servers get it.
  var content: MessageContent { content(record.message.edits) }

  /// The message as it was written, without what only its sender sees.
  var plainContent: MessageContent { content(record.message.edits.filter { $0.bytes.isEmpty }) }

  private func content(_ edits: [QueueRecord.Edit]) -> MessageContent {
    MessageContent(descriptor: descriptor, path: messagePath, size: record.message.size, edits: edits)
  }
}
