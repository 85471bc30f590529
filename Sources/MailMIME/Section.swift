internal import MailBytes

extension Message {
  /// The part with the IMAP section number `number` ("1.2"); the root for "". nil when there is none. RFC 3501, section
  /// 6.4.5.
  public func part(_ number: String) -> Part? {
    guard !number.isEmpty else { return root }
    var current: Part?
    for component in number.utf8.split(separator: 0x2E, omittingEmptySubsequences: false) {
      guard component.count < 8, let position = Int(String(Substring(component))), position > 0 else { return nil }
      current = current == nil ? root.numberedInMessage(position) : current?.numbered(position)
      guard current != nil else { return nil }
    }
    return current
  }

  /// The octets of an IMAP section: "" the whole message, "HEADER", "TEXT", "HEADER.FIELDS (A B)", "HEADER.FIELDS.NOT
  /// (A)", "1.2" a body, "1.2.MIME" the header of a part, "1.2.HEADER", "1.2.TEXT" and so on of an embedded message.
  /// nil when there is no such part. RFC 3501, section 6.4.5.
  public func section(_ specification: String) -> ArraySlice<UInt8>? {
    let text = specification.uppercased()
    let names = text.drop { $0.isNumber || $0 == "." }
    var number = text[..<names.startIndex]
    while number.last == "." { number.removeLast() }
    guard let part = part(String(number)) else { return nil }
    if names.isEmpty { return number.isEmpty ? bytes[...] : part.body }
    if names == "MIME" { return number.isEmpty ? nil : part.rawHeader }
    guard let inner = number.isEmpty ? root : part.embeddedMessage else { return nil }
    switch names {
    case "HEADER": return inner.rawHeader
    case "TEXT": return inner.body
    default: return inner.headerFields(String(names))
    }
  }
}

extension Part {
  /// The part number `position` of the message whose root this is: a root that is no multipart is its part 1.
  fileprivate func numberedInMessage(_ position: Int) -> Part? {
    record.kind == .multipart ? numbered(position) : position == 1 ? self : nil
  }

  /// The part number `position` inside this one.
  fileprivate func numbered(_ position: Int) -> Part? {
    switch record.kind {
    case .multipart: children.first { $0.record.links.position == position }
    case .message: embeddedMessage?.numberedInMessage(position)
    case .leaf: nil
    }
  }

  /// The fields that `HEADER.FIELDS (…)` or `HEADER.FIELDS.NOT (…)` asks for, with an empty line behind them.
  fileprivate func headerFields(_ specification: String) -> ArraySlice<UInt8>? {
    let isNegated = specification.hasPrefix("HEADER.FIELDS.NOT")
    guard isNegated || specification.hasPrefix("HEADER.FIELDS"), let open = specification.firstIndex(of: "("),
      specification.last == ")"
    else { return nil }
    let list = specification[specification.index(after: open)...].dropLast().lowercased()
    let names = Set(list.split(separator: " ").map(String.init))
    let span = message.bytes.span
    let newline = message.structure.newline
    var output: [UInt8] = []
    var position = record.header.lowerBound
    while let field = nextField(span, &position, record.fieldsEnd, newline) {
      let name = string(span.extracting(field.nameStart..<field.nameEnd)).lowercased()
      if names.contains(name) != isNegated { output += message.bytes[field.nameStart..<position] }
    }
    return (output + (rawHeader.suffix(2) == [0x0D, 0x0A] ? [0x0D, 0x0A] : [newline]))[...]
  }
}
