/// A piece of a message that is made of another one.
public enum MessagePiece: Sendable, Equatable {
  /// Octets of the old message, as they are.
  case original(Range<Int>)
  /// New octets.
  case bytes([UInt8])
  /// A new part, by its place among those that were to be added: header, empty line and body.
  case part(Int)
}

/// Changes to a message, in any order, that leave every other octet as it is.
struct PieceEditor {
  private var edits: [(range: Range<Int>, order: Int, pieces: [MessagePiece])] = []

  /// Puts `pieces` in the place of `range`; what is put at one place stays in the order of the calls.
  mutating func replace(_ range: Range<Int>, with pieces: [MessagePiece]) { edits.append((range, edits.count, pieces)) }

  /// The whole message of `count` octets, changed.
  func pieces(of count: Int) -> [MessagePiece] {
    var result: [MessagePiece] = []
    var position = 0
    let sorted = edits.sorted {
      ($0.range.lowerBound, $0.range.upperBound, $0.order) < ($1.range.lowerBound, $1.range.upperBound, $1.order)
    }
    for edit in sorted {
      if position < edit.range.lowerBound { result.append(.original(position..<edit.range.lowerBound)) }
      result += edit.pieces.filter { $0 != .bytes([]) }
      position = max(position, edit.range.upperBound)
    }
    if position < count { result.append(.original(position..<count)) }
    return result
  }
}

extension Message {
  /// The octets of `pieces`, with `parts` for the new parts.
  public func octets(of pieces: [MessagePiece], parts: [[UInt8]] = []) -> [UInt8] {
    var output: [UInt8] = []
    for piece in pieces {
      switch piece {
      case .original(let range): output += bytes[range]
      case .bytes(let bytes): output += bytes
      case .part(let place): if parts.indices.contains(place) { output += parts[place] }
      }
    }
    return output
  }

  /// The line break in use: that of the first line.
  public var lineBreak: [UInt8] {
    guard let end = bytes.firstIndex(of: 0x0A) else { return bytes.contains(0x0D) ? [0x0D] : [0x0A] }
    return end > 0 && bytes[end - 1] == 0x0D ? [0x0D, 0x0A] : [0x0A]
  }
}
