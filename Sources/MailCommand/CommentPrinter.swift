internal import MailBytes
public import MailStore

/// The form in which comments are printed.
public enum CommentFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// The text; where there are several messages, each after a line that says which.
  case text
  /// One JSON object a line.
  case json
}

/// Prints the comments of those of `messages` that have one. Gives how many they were.
public func printComments(
  _ messages: [MessageRow], of store: Store, as format: CommentFormat, terminal: Terminal = Terminal()
) throws -> Int {
  let output = Output(pager: format == .text ? Pager(for: terminal) : nil)
  var count = 0
  for message in messages {
    guard let comment = message.comment else { continue }
    let path = try store.path(of: message)
    try output.withBuffer { buffer in
      if format == .json { return buffer.append(json: message, path: path, comment: comment) }
      if messages.count > 1 {
        if count > 0 { buffer.append(UInt8(ascii: "\n")) }
        buffer.append(heading: message, terminal: terminal)
      }
      buffer.append(cleanLines(comment))
      buffer.append(UInt8(ascii: "\n"))
    }
    count += 1
  }
  try output.finish()
  return count
}

extension ByteBuffer {
  /// `Ada Example: Budget for next year`
  fileprivate mutating func append(heading message: MessageRow, terminal: Terminal) {
    if terminal.hasColour { append(literal: Style.bold.on) }
    let sender = message.sender.isEmpty ? "" : message.sender + ": "
    append(cell: sender + (message.subject.isEmpty ? "(no subject)" : message.subject), width: terminal.columns)
    if terminal.hasColour { append(literal: Style.off) }
    append(UInt8(ascii: "\n"))
  }

  fileprivate mutating func append(json message: MessageRow, path: String, comment: String) {
    var object = JSONObject(in: &self)
    object.add("id", message.id, in: &self)
    object.add("message_id", orNull: message.messageID, in: &self)
    object.add("path", path: path, in: &self)
    object.add("subject", message.subject, in: &self)
    object.add("comment", lines: comment, in: &self)
    object.end(in: &self)
  }
}
