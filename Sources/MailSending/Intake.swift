internal import MailBytes
internal import MailMIME
internal import MailSystem

/// Reads a message from a descriptor: its header whole, the rest piece by piece.
struct Intake {
  private let descriptor: Int32
  /// The header, up to and with the empty line; all of it where there is no empty line.
  private(set) var head: [UInt8] = []
  /// What has been read of the body with the header.
  private(set) var rest: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 128 << 10)
  private var isAtEnd = false

  /// The longest header, in bytes: of some hundred thousand recipients.
  static let headerLimit = 16 << 20

  /// Reads the header.
  init(from descriptor: Int32) throws(SendError) {
    self.descriptor = descriptor
    var bytes: [UInt8] = []
    var searched = 0
    var checked = 0
    while true {
      // A byte order mark that an editor left.
      if searched == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
      if let end = headerEnd(bytes.span, from: searched) {
        split(bytes, at: try Intake.fieldsEnd(bytes[..<end]))
        return
      }
      // Where a line is none of a header, it has ended without an empty line. Looked at each time the bytes have doubled.
      if bytes.count > max(4096, 2 * checked) || isAtEnd {
        checked = bytes.count
        let block = HeaderBlock(bytes)
        let isCut = block.end + 1000 < bytes.count || isAtEnd
        if isCut, block.end < bytes.count {
          try Intake.checkLines(bytes[..<block.end])
          split(bytes, at: block.end)
          return
        }
      }
      if isAtEnd {
        try Intake.checkLines(bytes[...])
        split(bytes, at: bytes.count)
        return
      }
      guard bytes.count <= Intake.headerLimit else { throw .badMessage("the header is longer than 16 MB") }
      searched = lastLineStart(bytes, from: searched)
      let piece = try read()
      isAtEnd = piece.isEmpty
      bytes += piece
    }
  }

  /// Where the header of `block` ends, which goes on to the first empty line: there, or before a line that is no field, which
  /// begins the text. A message in whose text a recipient would stand that way is refused: everybody could read a Bcc.
  private static func fieldsEnd(_ block: ArraySlice<UInt8>) throws(SendError) -> Int {
    let fields = HeaderBlock(Array(block))
    let blank = block.suffix(2).elementsEqual([13, 10]) ? 2 : 1
    guard fields.end < block.count - blank else {
      try checkLines(block)
      return block.count
    }
    let rest = block[fields.end...].split(separator: 10).dropFirst()
    for line in rest {
      let name = string(line.prefix { $0 != 0x3A && $0 != 0x20 }).lowercased()
      if name.utf8.count < line.count, ["to", "cc", "bcc", "from", "sender", "subject", "resent-to"].contains(name) {
        throw .badMessage("a line of the header is no field, and fields follow it")
      }
    }
    try checkLines(block[..<fields.end])
    return fields.end
  }

  /// A CR alone ends a line for some programs and not for others; nothing good hides behind it.
  private static func checkLines(_ head: ArraySlice<UInt8>) throws(SendError) {
    var place = head.startIndex
    while let found = head[place...].firstIndex(of: 13) {
      guard found + 1 < head.endIndex, head[found + 1] == 10 else {
        throw .badMessage("a line of the header ends in a carriage return alone")
      }
      place = found + 1
    }
  }

  private mutating func split(_ bytes: [UInt8], at end: Int) {
    head = Array(bytes[..<end])
    rest = Array(bytes[end...])
  }

  /// The start of the last line that may not be whole; lines before it need not be searched again.
  private func lastLineStart(_ bytes: [UInt8], from start: Int) -> Int {
    guard let newline = bytes.lastIndex(of: 10), newline > start else { return start }
    let before = bytes[..<newline].lastIndex(of: 10).map { $0 + 1 } ?? 0
    return max(start, before)
  }

  /// The next bytes of the body; none at its end.
  mutating func next() throws(SendError) -> ArraySlice<UInt8> {
    if !rest.isEmpty {
      defer { rest = [] }
      return rest[...]
    }
    return isAtEnd ? [] : try read()
  }

  private mutating func read() throws(SendError) -> ArraySlice<UInt8> {
    do throws(SystemError) {
      let count = try readSome(descriptor, into: &buffer)
      return buffer[..<count]
    } catch {
      throw .input(error)
    }
  }
}
