internal import MailBytes

/// One text of a message, and how a footer comes to its end.
struct FooterText {
  /// The text ends with the footer.
  let isPresent: Bool
  /// What puts it there.
  let edits: [MessageEdit]

  /// Nil when the text is encoded in a way that isn't known.
  init?(_ part: Part, _ footer: MessageFooter) {
    let encoding = part.transferEncoding
    guard encoding != .other else { return nil }
    var octets = part.decodedBody()
    let type = part.contentType
    let isHTML = type.subtype == "html"
    var charset = type.charset.map { Charset(label: $0) ?? .utf8 }
    var newCharset: String?
    // What ASCII letters don't mean themselves in, or has no place for those of the footer, becomes UTF-8.
    let needsLetters = !isHTML && !isASCII(footer.text.utf8.span)
    let isUTF8 = type.charset?.lowercased() == "utf-8"
    if charset?.isASCIICompatible == false || (needsLetters && !isUTF8) {
      octets = Array(decodeText(octets.span, charset: type.charset).utf8)
      charset = .utf8
      newCharset = "utf-8"
    }
    let newline: [UInt8] = usesCRLF(octets, part) ? [0x0D, 0x0A] : [part.message.structure.newline]
    let isFlowed = !isHTML && type["format"]?.lowercased() == "flowed"
    if isHTML {
      let place = FooterPlace(octets.span)
      let block = "<div style=\"display:block !important\">\n\(footer.html)\n</div>"
      isPresent = place.isBehind(block, in: octets)
      let closing = place.closing + newline + lines(of: block, newline) + newline
      octets.insert(contentsOf: closing, at: place.offset)
    } else {
      let text = isFlowed ? FlowedText.encode(flowedLines(footer.text)) : footer.text
      isPresent = endsWithFooter(octets, footer, charset: charset, isFlowed: isFlowed, type: type)
      octets = trimmedEnd(octets, isFlowed: isFlowed)
      if !octets.isEmpty { octets += newline + newline }
      octets += lines(of: text, newline)
      if octets.last != newline.last { octets += newline }
    }
    edits = isPresent ? [] : FooterText.edits(part, octets, encoding, newCharset, newline)
  }

  /// The edits of header and body that give `part` the content `octets`.
  private static func edits(
    _ part: Part, _ octets: [UInt8], _ old: TransferEncoding, _ newCharset: String?, _ newline: [UInt8]
  ) -> [MessageEdit] {
    var encoding = old
    let identity = identityEncoding(of: octets.span)
    switch old {
    case .sevenBit where identity != .sevenBit: encoding = .quotedPrintable
    case .eightBit where identity == .binary: encoding = .quotedPrintable
    default: break
    }
    // NUL and lone CR have no place in quoted-printable text.
    if encoding == .quotedPrintable, old != .quotedPrintable, identity == .binary { encoding = .base64 }
    let lineBreak: [UInt8] = headerUsesCRLF(part) ? [0x0D, 0x0A] : [part.message.structure.newline]
    var body: [UInt8]
    switch encoding {
    case .quotedPrintable: body = QuotedPrintable.encode(octets.span, newline: lineBreak)
    case .base64: body = Base64.encode(octets.span, lineLength: 76, newline: lineBreak)
    default: body = octets
    }
    // Within a multipart the line break before the delimiter belongs to the delimiter.
    if part.parent?.contentType.isMultipart == true, part.bodyRange.upperBound < part.message.bytes.count,
      body.suffix(lineBreak.count).elementsEqual(lineBreak)
    {
      body.removeLast(lineBreak.count)
    }
    var fields: [(name: String, value: HeaderWriter.Value)] = []
    if let newCharset {
      var parameters = part.contentType.parameters.filter { $0.name != "charset" }
      parameters.insert(Parameter(name: "charset", value: newCharset), at: 0)
      fields.append(("Content-Type", .parameters(part.contentType.mediaType, parameters)))
    }
    if encoding != old { fields.append(("Content-Transfer-Encoding", .words(encoding.rawValue))) }
    return part.replacing(fields, lineBreak) + [MessageEdit(range: part.bodyRange, bytes: body)]
  }
}

extension Part {
  /// The edits that give the part `fields`, each in the place of the one it has, or at the end of the header.
  func replacing(_ fields: [(name: String, value: HeaderWriter.Value)], _ lineBreak: [UInt8]) -> [MessageEdit] {
    let lacksEnd = fieldsEnd == record.header.upperBound
    guard !fields.isEmpty || lacksEnd else { return [] }
    var edits: [MessageEdit] = []
    var seen = Set<String>()
    forEachField { name, range in
      if name == "mime-version" { seen.insert(name) }
      guard let field = fields.first(where: { $0.name.lowercased() == name }) else { return }
      // A field that is there twice is read once, the first one.
      edits.append(MessageEdit(range: range, bytes: seen.insert(name).inserted ? line(field, lineBreak) : []))
    }
    var missing: [UInt8] = []
    for field in fields where !seen.contains(field.name.lowercased()) { missing += line(field, lineBreak) }
    if !fields.isEmpty, isMessageRoot, parent == nil, !seen.contains("mime-version") {
      missing += Array("MIME-Version: 1.0".utf8) + lineBreak
    }
    guard !missing.isEmpty || lacksEnd else { return edits }
    let end = fieldsEnd
    // A header that ends without a line break, or without an empty line, gets them.
    let bytes = message.bytes
    let isBroken = end > 0 && bytes[end - 1] != message.structure.newline && edits.last?.range.upperBound != end
    if isBroken, !(end == 3 && bytes.starts(with: [0xEF, 0xBB, 0xBF])) { missing = lineBreak + missing }
    if lacksEnd { missing += lineBreak }
    return edits + [MessageEdit(range: end..<end, bytes: missing)]
  }

  private func line(_ field: (name: String, value: HeaderWriter.Value), _ lineBreak: [UInt8]) -> [UInt8] {
    var writer = HeaderWriter(newline: lineBreak, isSevenBit: true)
    writer.write(.init(field.name, field.value))
    return writer.output
  }
}

/// Whether the header of `part`, or the line before it, ends in CRLF.
func headerUsesCRLF(_ part: Part) -> Bool {
  let header = part.rawHeader
  if let end = header.firstIndex(of: 0x0A) { return end > header.startIndex && header[end - 1] == 0x0D }
  let bytes = part.message.bytes
  guard let end = bytes.firstIndex(of: 0x0A) else { return false }
  return end > 0 && bytes[end - 1] == 0x0D
}

/// Whether the lines of a decoded text end in CRLF; those of a text without any as the header's do.
private func usesCRLF(_ octets: [UInt8], _ part: Part) -> Bool {
  guard let end = octets.firstIndex(of: 0x0A) else { return headerUsesCRLF(part) }
  return end > 0 && octets[end - 1] == 0x0D
}

private func lines(of text: String, _ newline: [UInt8]) -> [UInt8] {
  var output: [UInt8] = []
  for byte in text.utf8 { if byte == 0x0A { output += newline } else { output.append(byte) } }
  return output
}

private func flowedLines(_ text: String) -> [FlowedText.Paragraph] {
  text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
    FlowedText.Paragraph(text: String(Substring($0)))
  }
}

/// `octets` without empty lines at the end; in flowed text also without the space that would take the next line in.
private func trimmedEnd(_ octets: [UInt8], isFlowed: Bool) -> [UInt8] {
  var octets = octets
  while let last = octets.last, last == 0x0A || last == 0x0D { octets.removeLast() }
  if isFlowed, !octets.suffix(4).elementsEqual("\n-- ".utf8), !octets.elementsEqual("-- ".utf8) {
    while octets.last == 0x20 { octets.removeLast() }
  }
  return octets
}

/// Whether the lines of the text end with those of the footer, white space at their ends not counted.
private func endsWithFooter(
  _ octets: [UInt8], _ footer: MessageFooter, charset: Charset?, isFlowed: Bool, type: ContentType
) -> Bool {
  // So much of the text is enough, whatever its letters take.
  let tail = octets.suffix(footer.text.utf8.count * 8 + 4_096)
  let text = decodeText(tail, charset: charset?.name ?? "utf-8")
  let found: [[UInt8]]
  if isFlowed {
    found = FlowedText.paragraphs(of: text, deletesSpace: type["delsp"]?.lowercased() == "yes")
      .map { $0.quoteDepth > 0 ? Array("> ".utf8) + Array($0.text.utf8) : Array($0.text.utf8) }.map(trimmedLine)
  } else {
    found = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { trimmedLine(Array($0)) }
  }
  let wanted = footer.text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
  guard let last = found.lastIndex(where: { !$0.isEmpty }), last + 1 >= wanted.count else { return false }
  return Array(found[(last + 1 - wanted.count)...last]) == wanted
}

private func trimmedLine(_ line: [UInt8]) -> [UInt8] {
  var line = line
  while let last = line.last, last.isFoldingSpace { line.removeLast() }
  return line
}
