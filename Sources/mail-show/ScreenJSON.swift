import MailCommand
import MailMIME
import MailStore
import MailView

extension Screen {
  /// Prints a message as one JSON object on one line. The members are documented in mail-show(1).
  func printJSON(of message: Message, _ source: MessageSource) throws {
    var options = MessageView.Options()
    options.showsHeader = false
    options.listsAttachments = false
    let text = MessageView(message, options: options).lines.map { $0.label + $0.text }.joined(separator: "\n")
    try output.withBuffer { buffer in
      var object = JSONObject(in: &buffer)
      if let path = source.path { object.add("path", path: path, in: &buffer) }
      if let row = source.row {
        object.add("id", row.id, in: &buffer)
        object.add("folder", source.folder ?? "", in: &buffer)
        object.add("unread", row.isUnread, in: &buffer)
        object.add("tags", row.tags, in: &buffer)
      }
      if let comment = source.comment { object.add("comment", lines: comment, in: &buffer) }
      if !source.reports.isEmpty {
        object.add("reports", in: &buffer) { append(source.reports, to: &$0) }
      }
      object.add("size", Int64(message.bytes.count), in: &buffer)
      addEnvelope(of: message, to: &object, in: &buffer)
      object.add("headers", in: &buffer) { appendHeaders(of: message, to: &$0) }
      object.add("parts", in: &buffer) { append(parts: [message.root], to: &$0) }
      object.add("text", lines: text, in: &buffer)
      object.add("defects", message.defects.map(\.kind.rawValue), in: &buffer)
      object.end(in: &buffer)
    }
  }

  private func addEnvelope(of message: Message, to object: inout JSONObject, in buffer: inout ByteBuffer) {
    let envelope = Envelope(headerOf: message)
    object.add("message_id", orNull: envelope.messageID, in: &buffer)
    object.add("subject", envelope.subject, in: &buffer)
    object.add("date", orNull: message.headers.date()?.rfc5322, in: &buffer)
    if let date = envelope.date { object.add("time", date, in: &buffer) } else { object.addNull("time", in: &buffer) }
    let lists: [(StaticString, [Address])] = [
      ("from", envelope.from), ("sender", envelope.sender), ("reply_to", envelope.replyTo), ("to", envelope.to),
      ("cc", envelope.cc), ("bcc", envelope.bcc),
    ]
    for (name, addresses) in lists { object.add(name, in: &buffer) { append(addresses, to: &$0) } }
    object.add("in_reply_to", envelope.inReplyTo, in: &buffer)
    object.add("references", envelope.references, in: &buffer)
    object.add("list_id", orNull: envelope.listID, in: &buffer)
  }

  private func append(_ reports: [MessageReport], to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "["))
    for (index, report) in reports.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      var object = JSONObject(in: &buffer)
      object.add("kind", report.kind.rawValue, in: &buffer)
      object.add("recipient", report.recipient, in: &buffer)
      object.add("time", report.time, in: &buffer)
      if !report.status.isEmpty { object.add("status", report.status, in: &buffer) }
      if !report.words.isEmpty { object.add("words", report.words, in: &buffer) }
      object.close(in: &buffer)
    }
    buffer.append(UInt8(ascii: "]"))
  }

  private func append(_ addresses: [Address], to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "["))
    for (index, address) in addresses.enumerated() {
      buffer.append(literal: index > 0 ? ",{\"name\":" : "{\"name\":")
      buffer.append(json: address.name ?? "")
      buffer.append(literal: ",\"address\":")
      buffer.append(json: address.address)
      buffer.append(UInt8(ascii: "}"))
    }
    buffer.append(UInt8(ascii: "]"))
  }

  private func appendHeaders(of message: Message, to buffer: inout ByteBuffer) {
    let headers = message.headers
    buffer.append(UInt8(ascii: "["))
    for (index, field) in headers.fields.enumerated() {
      buffer.append(literal: index > 0 ? ",[" : "[")
      buffer.append(json: field.name)
      buffer.append(UInt8(ascii: ","))
      buffer.append(json: headers.text(of: field))
      buffer.append(UInt8(ascii: "]"))
    }
    buffer.append(UInt8(ascii: "]"))
  }

  /// Appends parts with the parts in them; the parser bounds the nesting.
  private func append(parts: [Part], to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "["))
    for (index, part) in parts.enumerated() {
      buffer.append(literal: index > 0 ? ",{\"number\":" : "{\"number\":")
      buffer.append(json: part.number)
      buffer.append(literal: ",\"type\":")
      buffer.append(json: part.contentType.mediaType)
      append("charset", part.contentType.charset, to: &buffer)
      append("name", part.filename, to: &buffer)
      append("disposition", part.disposition?.kind, to: &buffer)
      append("content_id", part.contentID, to: &buffer)
      let children = part.children
      if children.isEmpty {
        buffer.append(literal: ",\"encoding\":")
        buffer.append(json: part.transferEncoding.rawValue)
        buffer.append(literal: ",\"size\":")
        buffer.append(decimal: Int64(decodedSize(of: part)))
      } else {
        buffer.append(literal: ",\"parts\":")
        append(parts: children, to: &buffer)
      }
      buffer.append(UInt8(ascii: "}"))
    }
    buffer.append(UInt8(ascii: "]"))
  }

  private func append(_ name: StaticString, _ value: String?, to buffer: inout ByteBuffer) {
    guard let value else { return }
    buffer.append(literal: ",\"")
    buffer.append(literal: name)
    buffer.append(literal: "\":")
    buffer.append(json: value)
  }
}
