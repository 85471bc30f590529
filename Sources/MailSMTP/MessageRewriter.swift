internal import MailBytes
internal import MailMIME

/// Writes a message that a server doesn't take as it is in another form that means the same: parts with octets above ASCII,
/// long lines, NUL or lone CR in quoted-printable or base64. RFC 6152, section 3; RFC 2045, section 6.
struct MessageRewriter {
  typealias Output = (ArraySlice<UInt8>) throws(SMTPError) -> Void

  private let message: Message
  private let keeps8Bit: Bool
  private let header: HeaderRewriter

  /// Takes `bytes` apart. `keeps8Bit`: bodies may have octets above ASCII; `keepsUTF8`: headers may.
  init(_ bytes: [UInt8], keeps8Bit: Bool, keepsUTF8: Bool, hasLineFeed: Bool) {
    // Without any LF a lone CR is a line end.
    message = Message(parsing: hasLineFeed ? bytes : bytes.map { $0 == 0x0D ? 0x0A : $0 })
    self.keeps8Bit = keeps8Bit
    header = HeaderRewriter(keepsUTF8: keepsUTF8)
  }

  /// Gives the message to `output`, in pieces, with LF or CRLF. Throws `notSendable` when a part that needs another form
  /// must not have one.
  func write(to output: Output) throws(SMTPError) { try write(message.root, isSigned: false, to: output) }

  private func write(_ part: Part, isSigned: Bool, to output: Output) throws(SMTPError) {
    let children = part.embeddedMessage.map { [$0] } ?? part.children
    guard !children.isEmpty else { return try writeLeaf(part, isSigned: isSigned, to: output) }
    let type = part.contentType
    let isSigned = isSigned || type.mediaType == "multipart/signed"
    try writeHeader(of: part, isSigned: isSigned, encoding: .some(nil), to: output)
    var position = part.bodyRange.lowerBound
    for child in children {
      try writeBetween(position..<max(position, child.rawHeader.startIndex), isSigned: isSigned, to: output)
      try write(child, isSigned: isSigned, to: output)
      position = max(position, child.bodyRange.upperBound)
    }
    try writeBetween(position..<max(position, part.bodyRange.upperBound), isSigned: isSigned, to: output)
  }

  /// Delimiters, and the text around the parts that nobody reads: what can't travel there is left out.
  private func writeBetween(_ range: Range<Int>, isSigned: Bool, to output: Output) throws(SMTPError) {
    let bytes = message.bytes[range]
    let region = MessageTraits.region(of: bytes)
    guard (region.is8Bit && !keeps8Bit) || region.isBroken else { return try writePieces(bytes, to: output) }
    if isSigned { throw signedError(region) }
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      let plain = line.filter { $0 != 0 && $0 != 0x0D }.map { $0 < 0x80 || keeps8Bit ? $0 : 0x3F }
      try output(plain.prefix(998) + [0x0A])
    }
    if let last = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).last {
      try output(last.filter { $0 != 0 && $0 < 0x80 && $0 != 0x0D }.prefix(998)[...])
    }
  }

  private func writeLeaf(_ part: Part, isSigned: Bool, to output: Output) throws(SMTPError) {
    let region = MessageTraits.region(of: part.body)
    guard (region.is8Bit && !keeps8Bit) || region.isBroken else {
      try writeHeader(of: part, isSigned: isSigned, encoding: nil, to: output)
      return try writePieces(part.body, to: output)
    }
    if isSigned { throw signedError(region) }
    let encoder = BodyEncoder(part: part)
    guard let encoding = encoder.encoding else {
      throw .notSendable("a part in an unknown transfer encoding has bytes that the server doesn't take")
    }
    try writeHeader(of: part, isSigned: false, encoding: encoding, hasText8Bit: region.is8Bit, to: output)
    try encoder.write(to: output)
  }

  /// Writes the header of `part` and the empty line behind it. With an `encoding` that one is named in place of another;
  /// `.some(nil)` leaves out the claim of 8bit or binary, for what then contains nothing of the kind.
  private func writeHeader(
    of part: Part, isSigned: Bool, encoding: TransferEncoding??, hasText8Bit: Bool = false, to output: Output
  ) throws(SMTPError) {
    let raw = part.rawHeader
    if isSigned {
      let region = MessageTraits.region(of: raw)
      if (region.is8Bit && !header.keepsUTF8) || region.isBroken { throw signedError(region) }
      return try output(raw)
    }
    var names: Set<String> = []
    for field in fields(of: raw) {
      let name = string(field.prefix { $0 != 0x3A && $0 > 0x20 }).lowercased()
      names.insert(name)
      if name == "content-transfer-encoding", let encoding {
        let claims = [TransferEncoding.eightBit, .binary].contains(part.transferEncoding)
        if encoding != nil || (claims && !keeps8Bit) || part.transferEncoding == .binary { continue }
      }
      try output(try header.rewritten(field)[...])
    }
    if case .some(.some(let encoding)) = encoding {
      if part.isMessageRoot, !names.contains("mime-version") { try output(line("MIME-Version: 1.0")) }
      if !names.contains("content-type") {
        let charset = !hasText8Bit ? "us-ascii" : isValidUTF8(part.body.span) ? "utf-8" : "unknown-8bit"
        try output(line("Content-Type: text/plain; charset=\(charset)"))
      }
      try output(line("Content-Transfer-Encoding: \(encoding.rawValue)"))
    }
    try output(line(""))
  }

  /// The fields of a raw header, each with its continuation lines; lines that are no field are left out, and so is the empty
  /// line.
  private func fields(of raw: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var fields: [ArraySlice<UInt8>] = []
    var start = raw.startIndex
    while start < raw.endIndex {
      let end = raw[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? raw.endIndex
      let line = raw[start..<end]
      if line.first == 0x0A || line.starts(with: [0x0D, 0x0A]) { break }
      if let first = line.first, first.isWSP, let last = fields.last {
        fields[fields.count - 1] = raw[last.startIndex..<end]
      } else if line.contains(0x3A), line.first != 0x3A {
        fields.append(line)
      }
      start = end
    }
    return fields
  }

  private func line(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] + [0x0D, 0x0A] }

  private func writePieces(_ bytes: ArraySlice<UInt8>, to output: Output) throws(SMTPError) {
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = min(start + MessageSource.pieceSize, bytes.endIndex)
      try output(bytes[start..<end])
      start = end
    }
  }

  private func signedError(_ region: MessageTraits.Region) -> SMTPError {
    let what =
      region.hasNUL
      ? "a NUL"
      : region.hasLongLine
        ? "a line of more than 998 bytes"
        : region.hasBareCR
          ? "a carriage return inside a line" : "letters beyond ASCII that the server doesn't take (8BITMIME)"
    return .notSendable("a signed part has \(what), and changing it would break the signature")
  }
}
