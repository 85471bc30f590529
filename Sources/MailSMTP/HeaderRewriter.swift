internal import MailBytes
internal import MailMIME

/// Writes fields that can't travel as they are in another form that says the same. RFC 2047; RFC 2231; RFC 5322, section
/// 2.2.3.
struct HeaderRewriter {
  /// Letters beyond ASCII may stay. RFC 6532.
  let keepsUTF8: Bool

  /// The field `field`, raw with its line end and continuation lines, fit for the wire; lines end in LF or CRLF.
  func rewritten(_ field: ArraySlice<UInt8>) throws(SMTPError) -> [UInt8] {
    let region = MessageTraits.region(of: field)
    let needsASCII = region.is8Bit && !(keepsUTF8 && isValidUTF8(field.span))
    guard needsASCII || region.isBroken else { return Array(field) }
    let harmless = withoutControls(field)
    if !needsASCII, let folded = refolded(harmless) { return folded }
    return try writtenAnew(harmless)
  }

  /// `field` without NUL, and with a space for each CR that ends no line.
  private func withoutControls(_ field: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(field.count)
    for index in field.indices {
      let byte = field[index]
      if byte == 0 { continue }
      let isBareCR = byte == 0x0D && !(index + 1 < field.endIndex && field[index + 1] == 0x0A)
      output.append(isBareCR ? 0x20 : byte)
    }
    return output
  }

  /// `field` with its long lines broken at white space; nil when a line has too little of it.
  private func refolded(_ field: [UInt8]) -> [UInt8]? {
    var output: [UInt8] = []
    for line in field.split(separator: 0x0A, omittingEmptySubsequences: true) {
      let text = line.last == 0x0D ? line.dropLast() : line
      guard let folded = folded(text) else { return nil }
      output += folded
    }
    return output
  }

  private func folded(_ line: ArraySlice<UInt8>) -> [UInt8]? {
    guard line.count > 998 else { return line + [0x0D, 0x0A] }
    var output: [UInt8] = []
    var rest = line
    while rest.count > 78 {
      // Not at the white space that a line begins with: a line of nothing but that ends a header in some programs' eyes.
      guard let text = rest.firstIndex(where: { !$0.isWSP }) else { break }
      let near = rest.prefix(78).lastIndex { $0.isWSP }
      let place = near.flatMap { $0 > text ? $0 : nil } ?? rest[text...].firstIndex { $0.isWSP }
      guard let place else { break }
      guard place - rest.startIndex <= 998 else { return nil }
      output += rest[..<place] + [0x0D, 0x0A]
      rest = rest[place...]
    }
    return rest.count <= 998 ? output + rest + [0x0D, 0x0A] : nil
  }

  /// The field by its kind, from what it says.
  private func writtenAnew(_ field: [UInt8]) throws(SMTPError) -> [UInt8] {
    let headers = Message(parsingHeaderOf: field + [0x0D, 0x0A]).headers
    // What is no field says nothing that could be kept.
    guard let parsed = headers.fields.first else { return [] }
    let newline: [UInt8] = [0x0D, 0x0A]
    let written: [UInt8]
    switch fieldKind(parsed.name) {
    case .addresses:
      let entries = headers.addressList(parsed.name)
      for address in entries.flatMap({ $0.addresses }) {
        let local = Array(address.localPart.utf8)
        if !keepsUTF8, !isASCII(local.span) { throw .needsUTF8(address.address) }
      }
      written = SevenBitField.addresses(parsed.name, entries, newline: newline)
    case .identifiers:
      let plain = headers.messageIDs(parsed.name).filter { isPlain(Array($0.utf8).span) && $0.utf8.count < 990 }
      written = SevenBitField.messageIDs(parsed.name, plain, newline: newline)
    case .type:
      let type = Message(parsingHeaderOf: field + newline).root.contentType
      written = SevenBitField.parameters(parsed.name, type.mediaType, type.parameters, newline: newline)
    case .disposition:
      guard let disposition = Message(parsingHeaderOf: field + newline).root.disposition else { return [] }
      written = SevenBitField.parameters(parsed.name, disposition.kind, disposition.parameters, newline: newline)
    case .text:
      written = SevenBitField.text(parsed.name, headers.text(of: parsed), newline: newline)
    }
    let region = MessageTraits.region(of: written[...])
    guard !region.isBroken, keepsUTF8 || !region.is8Bit else {
      throw .notSendable("the field \(clean(parsed.name)) has a line of more than 998 bytes that can't be divided")
    }
    return written
  }
}

private enum FieldKind { case addresses, identifiers, type, disposition, text }

private func fieldKind(_ name: String) -> FieldKind {
  switch name.lowercased() {
  case "from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-sender", "resent-reply-to", "resent-to",
    "resent-cc", "resent-bcc", "disposition-notification-to", "mail-followup-to", "mail-reply-to", "return-receipt-to",
    "errors-to", "delivered-to", "x-original-to", "apparently-to":
    .addresses
  case "message-id", "in-reply-to", "references", "content-id", "resent-message-id", "original-message-id",
    "supersedes":
    .identifiers
  case "content-type": .type
  case "content-disposition": .disposition
  default: .text
  }
}
