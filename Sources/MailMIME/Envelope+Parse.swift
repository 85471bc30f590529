internal import MailBytes

extension Envelope {
  /// Reads the envelope from the header of `message`.
  public init(headerOf message: Message) { self.init(message.headers) }

  /// Reads the envelope from `headers`.
  public init(_ headers: Headers) {
    let message = headers.message
    let bytes = message.bytes.span
    let record = message.structure.records[headers.index]
    var position = record.header.lowerBound
    var seen: UInt32 = 0
    while let field = nextField(bytes, &position, record.fieldsEnd, message.structure.newline) {
      guard let name = EnvelopeField(bytes, field.nameStart, field.nameEnd) else { continue }
      let bit = UInt32(1) << UInt32(name.rawValue)
      if seen & bit != 0, !name.isJoined { continue }
      seen |= bit
      take(name, bytes.extracting(valueRange(bytes, field)), headers)
    }
  }

  private mutating func take(_ name: EnvelopeField, _ value: Span<UInt8>, _ headers: Headers) {
    switch name {
    case .date: date = MailDate(parsing: value)?.seconds
    case .subject: subject = decodedHeaderText(value, guess: headers.guess(for: value))
    case .from: append(value, headers, to: &origin.from)
    case .sender: append(value, headers, to: &origin.sender)
    case .replyTo: append(value, headers, to: &origin.replyTo)
    case .to: append(value, headers, to: &recipients.to)
    case .cc: append(value, headers, to: &recipients.cc)
    case .bcc: append(value, headers, to: &recipients.bcc)
    case .messageID: identifiers.messageID = parseMessageIDs(value).first
    case .inReplyTo: identifiers.inReplyTo = parseMessageIDs(value)
    case .references: identifiers.references += parseMessageIDs(value)
    case .listID: listID = listIdentifier(value, headers)
    case .importance, .xPriority, .priority: if priority == .normal { priority = readPriority(value) }
    case .contentType:
      mayHaveAttachment = carriesAttachments(value)
      isReport = hasMediaType(value, 0..<value.count, "multipart/report".utf8.span)
    case .receiptTo: asksReceipt = findByte(0x40, in: value, from: 0, to: value.count) < value.count
    }
  }

  private func append(_ value: Span<UInt8>, _ headers: Headers, to list: inout [Address]) {
    for entry in parseAddressList(value, guess: headers.guess(for: value)) { list += entry.addresses }
  }

  private func listIdentifier(_ value: Span<UInt8>, _ headers: Headers) -> String? {
    if let bracketed = parseMessageIDs(value).last { return bracketed }
    let text = decodedHeaderText(value, guess: headers.guess(for: value))
    return text.isEmpty ? nil : text
  }

  /// `1`–`5` of X-Priority, `high`, `normal`, `low` of Importance (RFC 4021), `urgent`, `non-urgent` of Priority.
  private func readPriority(_ value: Span<UInt8>) -> Priority {
    guard value.count > 0 else { return .normal }
    switch value[0] | 0x20 {
    case 0x31, 0x32, 0x68, 0x75: return .high
    case 0x34, 0x35, 0x6C: return .low
    case 0x6E where value.count > 3 && value[3] == 0x2D: return .low
    default: return .normal
    }
  }

  private func carriesAttachments(_ value: Span<UInt8>) -> Bool {
    let range = 0..<value.count
    guard findByte(0x2F, in: value, from: 0, to: value.count) < value.count else { return false }
    for name: StaticString in ["text/", "multipart/alternative", "multipart/signed", "multipart/encrypted"] {
      let isTop = name.utf8CodeUnitCount == 5
      if name.withUTF8Buffer({ hasMediaType(value, range, unsafe $0.span, isPrefix: isTop) }) { return false }
    }
    return true
  }
}

/// The fields that an envelope is made of.
private enum EnvelopeField: Int {
  case date, subject, from, sender, replyTo, to, cc, bcc, messageID, inReplyTo, references, listID, importance
  case xPriority, priority, contentType, receiptTo

  /// Several fields of this name count as one.
  var isJoined: Bool {
    switch self {
    case .from, .replyTo, .to, .cc, .bcc, .references: true
    default: false
    }
  }

  @inline(__always)
  init?(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
    func named(_ name: StaticString) -> Bool {
      name.withUTF8Buffer { equalsIgnoringCase(bytes, start, end, unsafe $0.span) }
    }
    switch (end - start, bytes[start] | 0x20) {
    case (2, 0x74) where named("to"): self = .to
    case (2, 0x63) where named("cc"): self = .cc
    case (3, 0x62) where named("bcc"): self = .bcc
    case (4, 0x64) where named("date"): self = .date
    case (4, 0x66) where named("from"): self = .from
    case (6, 0x73) where named("sender"): self = .sender
    case (7, 0x73) where named("subject"): self = .subject
    case (7, 0x6C) where named("list-id"): self = .listID
    case (8, 0x72) where named("reply-to"): self = .replyTo
    case (8, 0x70) where named("priority"): self = .priority
    case (10, 0x6D) where named("message-id"): self = .messageID
    case (10, 0x72) where named("references"): self = .references
    case (10, 0x69) where named("importance"): self = .importance
    case (10, 0x78) where named("x-priority"): self = .xPriority
    case (11, 0x69) where named("in-reply-to"): self = .inReplyTo
    case (12, 0x63) where named("content-type"): self = .contentType
    case (27, 0x64) where named("disposition-notification-to"): self = .receiptTo
    default: return nil
    }
  }
}
