internal import MailBytes

/// What decides how a text can be sent.
private struct TextTraits {
  var escapes = 0
  var isASCII = true
  var hasLongLine = false
  /// Octets that no 8bit body may have: NUL, and CR that isn't part of a line break.
  var hasForbiddenOctet = false
  /// A trailing space or a line that begins with `From `.
  var isFragile = false

  init(_ bytes: Span<UInt8>) {
    var lineStart = 0
    for index in 0..<bytes.count {
      let byte = bytes[index]
      if byte == 0x0A {
        endLine(bytes, lineStart, index)
        lineStart = index + 1
      } else if byte >= 0x80 || byte == 0x3D || (byte < 0x20 && byte != 0x09 && byte != 0x0D) {
        escapes += 1
        if byte >= 0x80 { isASCII = false }
        if byte == 0 { hasForbiddenOctet = true }
      } else if byte == 0x0D, index + 1 >= bytes.count || bytes[index + 1] != 0x0A {
        hasForbiddenOctet = true
      }
    }
    endLine(bytes, lineStart, bytes.count)
  }

  private mutating func endLine(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
    if end - start > 990 { hasLongLine = true }
    let last = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
    if last > start, bytes[last - 1].isWSP { isFragile = true }
    if end - start >= 5, equal(bytes, start, "From ".utf8.span) { isFragile = true }
  }
}

/// `text` in the transfer encoding that its content needs and no more. RFC 2045, section 6.
func renderedText(_ text: String, _ options: MessageBuilder.Options) -> RenderedPart {
  let traits = TextTraits(text.utf8.span)
  let isPlain = !traits.hasLongLine && !traits.hasForbiddenOctet
  if isPlain, traits.isASCII, !(options.isSevenBit && traits.isFragile) {
    return RenderedPart(body: withNewlines(text, options.newline), encoding: .sevenBit)
  }
  if isPlain, !traits.isASCII, !options.isSevenBit {
    return RenderedPart(body: withNewlines(text, options.newline), encoding: .eightBit)
  }
  if traits.escapes * 6 > text.utf8.count {
    let canonical = withNewlines(text, [0x0D, 0x0A])
    let body = Base64.encode(canonical.span, lineLength: 76, newline: options.newline)
    return RenderedPart(body: body, encoding: .base64)
  }
  let body = QuotedPrintable.encode(text.utf8.span, newline: options.newline)
  return RenderedPart(body: body, encoding: .quotedPrintable)
}

private func withNewlines(_ text: String, _ newline: [UInt8]) -> [UInt8] {
  withNewlines(Array(text.utf8)[...], newline)
}

/// `bytes` with `newline` for each LF and CRLF.
public func withNewlines(_ bytes: ArraySlice<UInt8>, _ newline: [UInt8]) -> [UInt8] {
  var output: [UInt8] = []
  output.reserveCapacity(bytes.count + bytes.count / 16)
  for byte in bytes {
    if byte == 0x0A {
      if output.last == 0x0D { output.removeLast() }
      output += newline
    } else {
      output.append(byte)
    }
  }
  return output
}

/// The encoding that says what `bytes` already are.
public func identityEncoding(of bytes: [UInt8]) -> TransferEncoding {
  identityEncoding(of: bytes.span)
}

func identityEncoding(of bytes: Span<UInt8>) -> TransferEncoding {
  let traits = TextTraits(bytes)
  if traits.hasLongLine || traits.hasForbiddenOctet { return .binary }
  return traits.isASCII ? .sevenBit : .eightBit
}
