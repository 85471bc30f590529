internal import MailBytes

/// What a message, or a part of one, asks of the way that it travels. Fed piece by piece.
struct MessageTraits: Sendable, Equatable {
  /// What is found in the header or in the body.
  struct Region: Sendable, Equatable {
    /// Octets above ASCII.
    var is8Bit = false
    /// A line of more than 998 octets. RFC 5321, section 4.5.3.1.6.
    var hasLongLine = false
    var hasNUL = false
    /// A CR that doesn't belong to a line end. RFC 5321, section 2.3.8.
    var hasBareCR = false
    /// A LF without CR.
    var hasBareLF = false

    /// No server takes this as it is.
    var isBroken: Bool { hasLongLine || hasNUL || hasBareCR }
  }

  var header = Region()
  var body = Region()
  /// Octets when each line ends in CRLF, the last one too.
  private(set) var size: Int64 = 0
  /// There is a LF: a message with CR alone has lines that end in CR.
  private(set) var hasLineFeed = false

  private var isInHeader: Bool
  /// Octets of the line so far, without CRs at its end.
  private var lineLength = 0
  /// CRs at the end of what has come.
  private var pendingCRs = 0

  /// Traits of a message; of a body alone when `startsWithHeader` is false.
  init(startsWithHeader: Bool = true) { isInHeader = startsWithHeader }

  static func == (one: MessageTraits, other: MessageTraits) -> Bool {
    one.header == other.header && one.body == other.body && one.size == other.size
  }

  /// Takes the next piece.
  mutating func take(_ bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count {
      let end = findByte(0x0A, in: bytes, from: start, to: bytes.count)
      takeText(bytes.extracting(start..<end))
      if end < bytes.count { endLine() }
      start = end + 1
    }
  }

  /// The message is at its end.
  mutating func finish() {
    if pendingCRs > 0 || lineLength > 0 { endLine(isReal: false) }
  }

  /// What is found in `bytes`, some lines of a header or of a body.
  static func region(of bytes: ArraySlice<UInt8>) -> Region {
    var traits = MessageTraits(startsWithHeader: false)
    traits.take(bytes.span)
    traits.finish()
    return traits.body
  }

  private mutating func takeText(_ text: Span<UInt8>) {
    guard text.count > 0 else { return }
    var end = text.count
    while end > 0, text[end - 1] == 0x0D { end -= 1 }
    if end > 0 {
      // CRs that came before were no line end.
      if pendingCRs > 0 { note { $0.hasBareCR = true } }
      lineLength += pendingCRs + end
      pendingCRs = 0
      if findByte(0x0D, in: text, from: 0, to: end) < end { note { $0.hasBareCR = true } }
      if findByte(0, in: text, from: 0, to: end) < end { note { $0.hasNUL = true } }
      if !isASCII(text.extracting(0..<end)) { note { $0.is8Bit = true } }
      if lineLength > 998 { note { $0.hasLongLine = true } }
    }
    pendingCRs += text.count - end
  }

  private mutating func endLine(isReal: Bool = true) {
    size += Int64(lineLength) + 2
    if isReal {
      hasLineFeed = true
      if pendingCRs == 0 { note { $0.hasBareLF = true } }
      if isInHeader, lineLength == 0 { isInHeader = false }
    }
    lineLength = 0
    pendingCRs = 0
  }

  private mutating func note(_ change: (inout Region) -> Void) {
    if isInHeader { change(&header) } else { change(&body) }
  }
}

extension MessageSource {
  /// Reads the message once.
  func traits() throws(SMTPError) -> MessageTraits {
    var traits = MessageTraits()
    try forEachPiece { (piece) throws(SMTPError) in traits.take(piece.span) }
    traits.finish()
    return traits
  }
}
