internal import MailBytes
public import MailMIME

/// Fields by which a draft remembers what no other field says. They are removed before a message goes anywhere.
private enum DraftField {
  static let format = "Postbag-Format"
  static let attach = "Postbag-Attach"
  static let receipt = "Disposition-Notification-To"

  /// The text of an address field that isn't a list of addresses yet.
  static func unfinished(_ name: String) -> String { "Postbag-Unfinished-\(name)" }
}

extension Composition {
  /// The composition as a message for Drafts or Templates: whatever it lacks, it is kept, and read back as it is.
  public func draftMessage(_ context: BuildContext) -> [UInt8] {
    var parts: [BodyPart] = [
      .text(text, subtype: format == .html ? "html" : "plain")
    ]
    var missing: [String] = []
    for attachment in attachments {
      switch attachment {
      case .part(let part): parts.append(part)
      case .file(let path):
        if let part = try? context.files.part(path, in: context.directory) {
          // What can't be read now may be there when the message is sent.
          parts.append(part)
        } else {
          missing.append(path)
        }
      }
    }
    var builder = MessageBuilder(body: parts.count == 1 ? parts[0] : .multipart("mixed", parts))
    builder.add("Date", date: context.date)
    for (name, value) in addressFields { add(name, value, to: &builder) }
    if !subject.isEmpty { builder.add("Subject", text: subject) }
    if let messageID = thread.messageID { builder.add("Message-ID", messageIDs: [messageID]) }
    if !thread.inReplyTo.isEmpty { builder.add("In-Reply-To", messageIDs: thread.inReplyTo) }
    if !thread.references.isEmpty { builder.add("References", messageIDs: thread.references) }
    if wishes.priority != .normal { builder.add("X-Priority", value: wishes.priority == .high ? "1" : "5") }
    if wishes.requestsReceipt, let from = parseAddressList(addresses.from).flatMap(\.addresses).first {
      builder.add(DraftField.receipt, addresses: [from])
    }
    for field in fields { builder.add(field.name, text: field.value) }
    for identifier in thread.replied { builder.add(PostbagField.replied, messageIDs: [identifier]) }
    for identifier in thread.forwarded { builder.add(PostbagField.forwarded, messageIDs: [identifier]) }
    if wishes.isUnsigned { builder.add(PostbagField.signature, value: "none") }
    for path in missing { builder.add(DraftField.attach, text: path) }
    builder.add(DraftField.format, value: format.rawValue)
    return builder.build()
  }

  private var addressFields: [(String, String)] {
    [
      ("From", addresses.from), ("Reply-To", addresses.replyTo), ("To", addresses.to), ("Cc", addresses.cc),
      ("Bcc", addresses.bcc),
    ]
  }

  /// What is an address stands in its field; where something isn't, the text as it was typed is kept beside it.
  private func add(_ name: String, _ value: String, to builder: inout MessageBuilder) {
    guard !isBlank(value) else { return }
    do {
      let entries = try addressItems(value, field: name).map { item -> AddressListEntry in
        guard case .entry(let entry) = item else { throw ComposeError.forbiddenField(name) }
        return entry
      }
      builder.add(name, addressList: entries)
    } catch {
      builder.add(DraftField.unfinished(name), text: value)
      let good = parseAddressList(value).flatMap(\.addresses).filter { addressProblem($0.address) == nil }
      if !good.isEmpty { builder.add(name, addresses: good) }
    }
  }
}

/// Fields of a draft that are read otherwise, or that other programs keep for themselves.
private let knownFields: Set<String> = [
  "from", "to", "cc", "bcc", "reply-to", "subject", "in-reply-to", "references", "x-priority", "importance", "priority",
  "disposition-notification-to", "user-agent", "x-mailer", "fcc", "x-uid", "x-keywords", "lines", "bytes",
]

extension Composition {
  /// Goes on with the draft `message`, of ours or of another program.
  public init(draft message: Message) {
    self.init()
    let headers = message.headers
    addresses.from = Self.addressText("From", headers)
    addresses.to = Self.addressText("To", headers)
    addresses.cc = Self.addressText("Cc", headers)
    addresses.bcc = Self.addressText("Bcc", headers)
    addresses.replyTo = Self.addressText("Reply-To", headers)
    subject = oneLine(headers.text("Subject") ?? "")
    thread.messageID = headers.messageIDs("Message-ID").first.flatMap { isIdentifier($0) ? $0 : nil }
    thread.inReplyTo = headers.messageIDs("In-Reply-To").filter(isIdentifier)
    thread.references = headers.messageIDs("References").filter(isIdentifier)
    thread.replied = headers.messageIDs(PostbagField.replied).filter(isIdentifier)
    thread.forwarded = headers.messageIDs(PostbagField.forwarded).filter(isIdentifier)
    wishes.priority = Envelope(headers).priority
    wishes.requestsReceipt = headers[DraftField.receipt] != nil
    wishes.isUnsigned = headers.text(PostbagField.signature)?.lowercased() == "none"
    for field in headers.fields where !Self.isKnown(field.name) {
      fields.append(Field(field.name, oneLine(headers.text(of: field))))
    }
    if let format = headers.text(DraftField.format).flatMap({ Format(rawValue: $0) }) {
      self.format = format
      takeOwnBody(message.root)
    } else {
      takeForeignBody(message)
    }
    attachments += headers.all(DraftField.attach).map { .file(decodedText($0)) }
  }

  private func decodedText(_ value: ArraySlice<UInt8>) -> String {
    // Through a header of its own, so that encoded words are read.
    let bytes = Array("Subject: ".utf8) + value + Array("\n\n".utf8)
    return Message(parsingHeaderOf: bytes).headers.text("Subject") ?? ""
  }

  private static func isKnown(_ name: String) -> Bool {
    let name = name.lowercased()
    return knownFields.contains(name) || isMadeField(name) || name.hasPrefix("x-mozilla-") || name.hasPrefix("x-gm-")
      || name.hasPrefix("x-evolution-") || name.hasPrefix("x-mutt-") || name.hasPrefix("x-spam-") || !isFieldName(name)
  }

  private static func addressText(_ name: String, _ headers: Headers) -> String {
    if let text = headers.text(DraftField.unfinished(name)) { return oneLine(text) }
    let entries = headers.addressList(name)
    return entries.map { entry in
      switch entry {
      case .mailbox(let address): MailCompose.addressText([address])
      case .group(let name, let members):
        members.isEmpty && name.lowercased() == "undisclosed-recipients"
          ? "" : "\(oneLine(name)): \(MailCompose.addressText(members));"
      }
    }.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The text as it was in the editor, and the parts behind it.
  private mutating func takeOwnBody(_ root: Part) {
    let isMixed = root.contentType.isMultipart && !root.children.isEmpty
    let main = isMixed ? root.children[0] : root
    text = withLineFeeds(main.text())
    guard isMixed else { return }
    for child in root.children.dropFirst() {
      if let part = BodyPart(copying: child) { attachments.append(.part(part)) }
    }
  }

  /// The text of another program's draft: its HTML where it has some, so that nothing is lost.
  private mutating func takeForeignBody(_ message: Message) {
    let original = OriginalText(message)
    if original.html.contains(where: isHTML) {
      format = .html
      text = original.html.map { part in
        isHTML(part)
          ? String(decoding: part.htmlBytes(limit: 32 << 20), as: UTF8.self) : htmlLines(withLineFeeds(part.text()))
      }.joined(separator: "\n")
      for part in message.allParts where part.contentID != nil && part.contentType.type == "image" && !part.isAttachment
      {
        if var copy = BodyPart(copying: part) {
          copy.disposition = "inline"
          attachments.append(.part(copy))
        }
      }
    } else {
      text = original.plain.map { part in
        let type = part.contentType
        guard type["format"]?.lowercased() == "flowed" else { return withLineFeeds(part.text()) }
        return editorText(
          FlowedText.paragraphs(of: part.text(), deletesSpace: type["delsp"]?.lowercased() == "yes"))
      }.joined(separator: "\n")
    }
    attachments += MailCompose.attachments(of: message).map { .part($0) }
  }
}

/// `text` with LF for each CRLF.
public func withLineFeeds(_ text: String) -> String {
  guard text.utf8.contains(0x0D) else { return text }
  var output: [UInt8] = []
  for byte in text.utf8 {
    if byte == 0x0A, output.last == 0x0D { output.removeLast() }
    output.append(byte)
  }
  return String(decoding: output, as: UTF8.self)
}
