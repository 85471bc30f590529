internal import MailBytes
internal import MailStore

extension ByteBuffer {
  /// Appends `row` as one JSON object and a line end. The keys are documented in mail-list(1).
  mutating func append<Row: ListedMessage & ~Copyable>(
    json row: borrowing Row, number: Int, folder: Folder?, depth: Int? = nil
  ) {
    append(literal: "{\"number\":")
    append(decimal: Int64(number))
    append(literal: ",\"id\":")
    append(decimal: row.id)
    append(literal: ",\"message_id\":")
    row.withText(.messageID) { id in
      if id.isEmpty { append(literal: "null") } else { append(json: id) }
    }
    if let folder {
      append(literal: ",\"path\":")
      row.withText(.name) { append(path: folder.path, $0) }
      append(literal: ",\"folder\":")
      append(json: folder.name)
    }
    append(literal: ",\"from\":")
    row.withText(.sender) { append(json: $0) }
    append(literal: ",\"from_address\":")
    row.withText(.senderAddress) { append(json: $0) }
    append(literal: ",\"to\":")
    row.withText(.recipients) { append(json: $0) }
    append(literal: ",\"subject\":")
    row.withText(.subject) { append(json: $0) }
    append(literal: ",\"date\":\"")
    append(timestamp: row.date)
    append(literal: "\",\"time\":")
    append(decimal: row.date)
    append(literal: ",\"received\":")
    append(decimal: row.received)
    append(literal: ",\"size\":")
    append(decimal: row.size)
    append(literal: ",\"flags\":[")
    append(flags: row.flags)
    append(literal: "],\"tags\":[")
    var isFirst = true
    for tag in row.tags {
      if !isFirst { append(UInt8(ascii: ",")) }
      append(json: tag)
      isFirst = false
    }
    append(literal: "]")
    if let comment = row.comment {
      append(literal: ",\"comment\":\"")
      append(jsonContent: cleanLines(comment).utf8.span)
      append(UInt8(ascii: "\""))
    }
    append(literal: ",\"thread\":")
    append(decimal: row.thread)
    if let depth {
      append(literal: ",\"depth\":")
      append(decimal: Int64(depth))
    }
    append(literal: "}\n")
  }

  /// Paths may be any bytes; JSON is Unicode, so what is no UTF-8 becomes U+FFFD.
  private mutating func append(path folder: String, _ name: Span<UInt8>) {
    append(UInt8(ascii: "\""))
    append(jsonContent: folder.utf8.span)
    append(UInt8(ascii: "/"))
    if isPlain(name) {
      append(jsonContent: name)
    } else {
      let text = unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
      append(jsonContent: text.utf8.span)
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends the words for `flags`, separated by commas.
  mutating func append(flags: MessageFlags) {
    var isFirst = true
    for (flag, word) in flagWords where flags.contains(flag) {
      if !isFirst { append(UInt8(ascii: ",")) }
      append(literal: word)
      isFirst = false
    }
  }
}

/// The words for flags in JSON.
private let flagWords: [(MessageFlags, StaticString)] = [
  (.seen, "\"seen\""), (.answered, "\"answered\""), (.forwarded, "\"forwarded\""), (.flagged, "\"flagged\""),
  (.draft, "\"draft\""), (.trashed, "\"trashed\""), (.recent, "\"recent\""), (.attachment, "\"attachment\""),
  (.highPriority, "\"high-priority\""), (.lowPriority, "\"low-priority\""), (.commented, "\"commented\""),
  (.signed, "\"signed\""), (.encrypted, "\"encrypted\""), (.list, "\"list\""),
  (.asksReceipt, "\"asks-receipt\""), (.report, "\"report\""), (.wasRead, "\"was-read\""),
  (.notDelivered, "\"not-delivered\""), (.delayed, "\"delayed\""), (.delivered, "\"delivered\""),
]
