internal import MailStore

extension ByteBuffer {
  /// Appends `row` as one JSON object and a line end. The keys are documented in mail-list(1).
  mutating func append(
    json row: borrowing MessageRow, number: Int, folder: Folder?, depth: Int? = nil
  ) {
    var object = JSONObject(in: &self)
    object.add("number", Int64(number), in: &self)
    object.add("id", row.id, in: &self)
    if row.messageID.isEmpty {
      object.addNull("message_id", in: &self)
    } else {
      object.add("message_id", row.messageID, in: &self)
    }
    if let folder {
      object.add("path", folder.path + "/" + row.name, in: &self)
      object.add("folder", folder.name, in: &self)
    }
    object.add("from", row.sender, in: &self)
    object.add("from_address", row.senderAddress, in: &self)
    object.add("to", row.recipients, in: &self)
    object.add("subject", row.subject, in: &self)
    object.add("date", in: &self) { buffer in
      buffer.append(UInt8(ascii: "\""))
      buffer.append(timestamp: row.date)
      buffer.append(UInt8(ascii: "\""))
    }
    object.add("time", row.date, in: &self)
    object.add("received", row.received, in: &self)
    object.add("size", row.size, in: &self)
    object.add("flags", in: &self) { $0.append(flags: row.flags) }
    object.add("tags", row.tags, in: &self)
    object.add("thread", row.thread, in: &self)
    if let depth { object.add("depth", Int64(depth), in: &self) }
    object.end(in: &self)
  }

  private mutating func append(flags: MessageFlags) {
    append(UInt8(ascii: "["))
    var isFirst = true
    for (flag, word) in flagWords where flags.contains(flag) {
      append(literal: isFirst ? "\"" : ",\"")
      append(literal: word)
      append(UInt8(ascii: "\""))
      isFirst = false
    }
    append(UInt8(ascii: "]"))
  }
}

/// The words for flags in JSON.
private let flagWords: [(MessageFlags, StaticString)] = [
  (.seen, "seen"), (.answered, "answered"), (.forwarded, "forwarded"), (.flagged, "flagged"), (.draft, "draft"),
  (.trashed, "trashed"), (.recent, "recent"), (.attachment, "attachment"), (.highPriority, "high-priority"),
  (.lowPriority, "low-priority"), (.commented, "commented"), (.signed, "signed"), (.encrypted, "encrypted"),
  (.list, "list"),
]
