internal import MailBytes

/// Writes lines as SMTP wants them, piece by piece: each ends in CRLF, and a dot at the start of a line is doubled.
/// RFC 5321, section 4.5.2.
///
/// A CR that belongs to no line end becomes a space, so that no server can take for a line end what is none (RFC 5321,
/// section 2.3.8). Whoever needs the CR encodes the part.
struct LineEncoder: Sendable {
  private let doublesDots: Bool
  private var isAtLineStart = true
  private var pendingCRs = 0

  /// An encoder at the start of a message; `doublesDots` is for DATA, and not for BDAT.
  init(doublesDots: Bool) { self.doublesDots = doublesDots }

  /// Appends `bytes` to `output` in their form for the wire.
  mutating func encode(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
    var start = 0
    while start < bytes.count {
      let end = findByte(0x0A, in: bytes, from: start, to: bytes.count)
      encodeText(bytes, start, end, into: &output)
      if end < bytes.count {
        output.append(0x0D)
        output.append(0x0A)
        isAtLineStart = true
        pendingCRs = 0
      }
      start = end + 1
    }
  }

  /// Ends the last line, and with it the message: with a dot where dots are doubled.
  mutating func finish(into output: inout [UInt8]) {
    if !isAtLineStart {
      output.append(0x0D)
      output.append(0x0A)
    }
    if doublesDots { output += [0x2E, 0x0D, 0x0A] }
    self = LineEncoder(doublesDots: doublesDots)
  }

  private mutating func encodeText(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int, into output: inout [UInt8]) {
    var end = limit
    while end > start, bytes[end - 1] == 0x0D { end -= 1 }
    if end > start {
      if pendingCRs > 0 {
        output.append(contentsOf: repeatElement(0x20, count: pendingCRs))
        isAtLineStart = false
        pendingCRs = 0
      }
      if isAtLineStart, doublesDots, bytes[start] == 0x2E { output.append(0x2E) }
      isAtLineStart = false
      let from = output.count
      appendSpan(bytes, start, end, to: &output)
      if findByte(0x0D, in: bytes, from: start, to: end) < end {
        for index in from..<output.count where output[index] == 0x0D { output[index] = 0x20 }
      }
    }
    pendingCRs += limit - end
  }
}

/// Appends `bytes[start..<end]`.
@inline(__always)
private func appendSpan(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, to output: inout [UInt8]) {
  unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe output.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<end]))
  }
}
