internal import MailBytes
internal import MailMIME

/// Encodes the body of a part so that any server takes it. RFC 2045, sections 6.7 and 6.8.
struct BodyEncoder {
  private let body: ArraySlice<UInt8>
  /// Lines of the body are lines of text, whose ends are CRLF on the wire.
  private let hasLines: Bool
  /// quoted-printable or base64; nil when the body is encoded in a way that isn't known.
  let encoding: TransferEncoding?

  init(part: Part) {
    switch part.transferEncoding {
    case .base64, .quotedPrintable:
      // Its lines are too long, or it isn't what it says it is: what it stands for is encoded anew.
      body = part.decodedBody()[...]
      hasLines = part.transferEncoding == .quotedPrintable
      encoding = part.transferEncoding
    case .binary:
      body = part.body
      hasLines = false
      encoding = .base64
    case .sevenBit, .eightBit:
      body = part.body
      hasLines = true
      encoding = part.contentType.isText() && BodyEncoder.isMostlyText(part.body) ? .quotedPrintable : .base64
    case .other:
      body = part.body
      hasLines = true
      encoding = nil
    }
  }

  /// Quoted-printable makes it less than half as long again.
  private static func isMostlyText(_ bytes: ArraySlice<UInt8>) -> Bool {
    var escapes = 0
    for byte in bytes where byte >= 0x7F || byte == 0x3D || (byte < 0x20 && !byte.isFoldingSpace) { escapes += 1 }
    return escapes * 6 <= bytes.count
  }

  /// Gives the encoded body to `output` in pieces.
  func write(to output: MessageRewriter.Output) throws(SMTPError) {
    if encoding == .quotedPrintable { try writeQuotedPrintable(to: output) } else { try writeBase64(to: output) }
  }

  private func writeQuotedPrintable(to output: MessageRewriter.Output) throws(SMTPError) {
    var start = body.startIndex
    while start < body.endIndex {
      var end = min(start + MessageSource.pieceSize, body.endIndex)
      var isLineEnd = end == body.endIndex
      if !isLineEnd {
        if let newline = body[start..<end].lastIndex(of: 0x0A) {
          end = newline + 1
          isLineEnd = true
        } else if body[end - 1] == 0x0D {
          end -= 1
        }
      }
      let encoded = QuotedPrintable.encode(body[start..<end].span, newline: [0x0D, 0x0A])
      try output(encoded[...])
      if !isLineEnd { try output([0x3D, 0x0D, 0x0A]) }
      start = end
    }
  }

  private func writeBase64(to output: MessageRewriter.Output) throws(SMTPError) {
    var pending: [UInt8] = []
    var start = body.startIndex
    while start < body.endIndex {
      let end = min(start + MessageSource.pieceSize, body.endIndex)
      if hasLines { appendLines(start, end, to: &pending) } else { pending += body[start..<end] }
      // 57 octets make a line of 76 letters.
      let whole = pending.count / 57 * 57
      let lines = pending[..<whole]
      let encoded = Base64.encode(lines.span, lineLength: 76, newline: [0x0D, 0x0A])
      try output(encoded[...])
      pending.removeFirst(whole)
      start = end
    }
    let encoded = Base64.encode(pending.span, lineLength: 76, newline: [0x0D, 0x0A])
    try output(encoded[...])
  }

  /// Appends `body[start..<end]` with CRLF for each LF.
  private func appendLines(_ start: Int, _ end: Int, to output: inout [UInt8]) {
    for index in start..<end {
      let byte = body[index]
      if byte == 0x0A, index == body.startIndex || body[index - 1] != 0x0D { output.append(0x0D) }
      output.append(byte)
    }
  }
}
