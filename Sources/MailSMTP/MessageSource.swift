internal import Glibc
internal import MailSystem

/// A message that is to be sent, read piece by piece and as often as needed; lines end in LF or CRLF.
public struct MessageSource: Sendable {
  /// A stretch of the message.
  public enum Piece: Sendable {
    case bytes([UInt8])
    /// `length` octets of an open file from `offset` on. The descriptor stays open as long as it is read from.
    case file(descriptor: Int32, offset: Int64, length: Int64)
  }

  private let pieces: [Piece]

  /// A message of `pieces`, one behind the other.
  public init(pieces: [Piece]) { self.pieces = pieces }

  /// The message `bytes`.
  public init(_ bytes: [UInt8]) { pieces = [.bytes(bytes)] }

  /// The message in an open file, from `offset` to its end.
  public init(descriptor: Int32, from offset: Int64 = 0, size: Int64) {
    pieces = [.file(descriptor: descriptor, offset: offset, length: max(0, size - offset))]
  }

  /// Octets of the message as they are.
  public var count: Int64 {
    pieces.reduce(0) { sum, piece in
      switch piece {
      case .bytes(let bytes): sum + Int64(bytes.count)
      case .file(_, _, let length): sum + length
      }
    }
  }

  /// Octets that are read at a time.
  static let pieceSize = 1 << 16

  /// Gives the message to `body`, at most 64 kB at a time. A file that has become shorter is an error.
  func forEachPiece(_ body: (ArraySlice<UInt8>) throws(SMTPError) -> Void) throws(SMTPError) {
    for piece in pieces {
      switch piece {
      case .bytes(let bytes):
        var start = 0
        while start < bytes.count {
          let end = min(start + MessageSource.pieceSize, bytes.count)
          try body(bytes[start..<end])
          start = end
        }
      case .file(let descriptor, let offset, let length):
        var done: Int64 = 0
        while done < length {
          let read = try MessageSource.read(descriptor, offset + done, Int(min(length - done, 1 << 16)))
          try body(read[...])
          done += Int64(read.count)
        }
      }
    }
  }

  private static func read(_ descriptor: Int32, _ offset: Int64, _ count: Int) throws(SMTPError) -> [UInt8] {
    do throws(SystemError) {
      let bytes = try readBytes(descriptor, at: offset, count: count)
      guard !bytes.isEmpty else { throw SystemError(call: "read", errno: EIO) }
      return bytes
    } catch {
      throw .message(error)
    }
  }

  /// The whole message.
  func load() throws(SMTPError) -> [UInt8] {
    if pieces.count == 1, case .bytes(let bytes) = pieces[0] { return bytes }
    var message: [UInt8] = []
    message.reserveCapacity(Int(count))
    try forEachPiece { (piece) throws(SMTPError) in message += piece }
    return message
  }
}
