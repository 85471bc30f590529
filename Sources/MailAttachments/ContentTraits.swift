internal import MailBytes

/// What decides how a file can be sent.
struct ContentTraits {
  /// Octets that quoted-printable would escape.
  private(set) var escapes = 0
  private(set) var count = 0
  private(set) var isASCII = true
  private(set) var isUTF8 = true
  /// NUL, CR, or other octets that don't arrive as they are but in base64.
  private(set) var isBinary = false
  private(set) var hasLongLine = false
  /// A trailing space, or a line that begins with `From ` or is a lone dot: transport may change it.
  private(set) var isFragile = false
  /// It begins as UTF-16 does.
  private(set) var isUTF16 = false
  /// A line that a multipart of the message would be ended by.
  private(set) var hasBoundary = false

  private let boundaries: [[UInt8]]
  /// The line that isn't finished yet, as far as it matters.
  private var line: [UInt8] = []
  private var lineLength = 0
  private var last: UInt8 = 0
  private var cut: [UInt8] = []

  /// Nothing yet; `boundaries` are those of the message.
  init(boundaries: [String]) { self.boundaries = boundaries.map { Array("--\($0)".utf8) } }

  /// Takes in the next octets.
  mutating func add(_ piece: ArraySlice<UInt8>) {
    if count == 0 { isUTF16 = piece.starts(with: [0xFF, 0xFE]) || piece.starts(with: [0xFE, 0xFF]) }
    count += piece.count
    for byte in piece {
      if byte == 0x0A {
        endLine()
        continue
      }
      if line.count < 256 { line.append(byte) }
      lineLength += 1
      last = byte
      if byte >= 0x7F || byte == 0x3D || (byte < 0x20 && byte != 0x09) {
        escapes += 1
        if byte >= 0x80 { isASCII = false }
        if byte < 0x20, byte != 0x09, byte != 0x0C { isBinary = true }
      }
    }
    if !isASCII, isUTF8 { checkUTF8(piece) }
  }

  /// Takes in the end.
  mutating func finish() {
    if lineLength > 0 { endLine() }
    if !cut.isEmpty { isUTF8 = false }
  }

  /// The text can go as it is. What arrives has the line ends of its receiver, so a text with CR is encoded.
  var isPlain: Bool { isASCII && !isBinary && !hasLongLine && !isFragile && !hasBoundary }

  /// The charset, as far as it shows.
  var charset: String? { isASCII ? "us-ascii" : isUTF16 ? "utf-16" : isUTF8 ? "utf-8" : nil }

  private mutating func endLine() {
    if lineLength > 900 { hasLongLine = true }
    if lineLength > 0, last.isWSP { isFragile = true }
    if line.starts(with: "From ".utf8) || line == [0x2E] { isFragile = true }
    if line.first == 0x2D, boundaries.contains(where: { line.starts(with: $0) }) { hasBoundary = true }
    line.removeAll(keepingCapacity: true)
    lineLength = 0
  }

  /// Checks the characters that end in this piece.
  private mutating func checkUTF8(_ piece: ArraySlice<UInt8>) {
    var text = cut
    text += piece
    cut.removeAll(keepingCapacity: true)
    var end = text.count
    // The last character may go on in the next piece.
    for back in 1...3 where back <= text.count {
      let byte = text[text.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      if length > back { end = text.count - back }
      break
    }
    cut = Array(text[end...])
    text.removeLast(text.count - end)
    isUTF8 = isValidUTF8(text.span)
  }
}
