public import MailStore
internal import MailSystem

/// The form in which the messages of an archive are printed.
public enum EntryFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Lines for people, with the numbers of the messages in the archive.
  case table
  /// One name a line.
  case names
  /// One JSON object a line.
  case json
}

/// Prints messages that lie in an archive.
public final class EntryPrinter {
  private let format: EntryFormat
  private let null: Bool
  private let output: Output
  private var table: MessageTable

  /// A printer for `count` messages at most; tags are printed in the colours `colours`.
  public init(
    _ format: EntryFormat, count: Int, null: Bool, colours: [String: TagColour], terminal: Terminal = Terminal()
  ) {
    self.format = format
    self.null = null
    output = Output(pager: format == .table ? Pager(for: terminal) : nil)
    var options = PrinterOptions()
    options.expected = count
    options.showsFolder = true
    options.now = now() / 1_000_000_000
    table = MessageTable(options: options, terminal: terminal, tagColours: terminal.hasColour ? colours : [:])
  }

  /// Prints the message `number` of the archive, whose entry is called `name`.
  public func print(_ row: MessageRow, number: Int, name: String, folder: Folder, comment: String?) throws {
    try output.withBuffer { buffer in
      switch format {
      case .table: table.append(row, number: number, folder: folder, to: &buffer)
      case .names:
        buffer.append(cell: name.isEmpty ? String(number) : name)
        buffer.append(null ? 0 : UInt8(ascii: "\n"))
      case .json: buffer.append(jsonEntry: row, number: number, name: name, folder: folder, comment: comment)
      }
    }
  }

  /// Ends the list and waits for the pager.
  public func finish() throws { try output.finish() }
}

extension ByteBuffer {
  /// Appends a message of an archive as one JSON object and a line end. The keys are documented in mail-archive(1).
  fileprivate mutating func append(
    jsonEntry row: MessageRow, number: Int, name: String, folder: Folder, comment: String?
  ) {
    var object = JSONObject(in: &self)
    object.add("number", Int64(number), in: &self)
    if name.isEmpty { object.addNull("name", in: &self) } else { object.add("name", path: name, in: &self) }
    object.add("folder", orNull: folder.name, in: &self)
    object.add("message_id", orNull: row.messageID, in: &self)
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
    object.add("flags", in: &self) { buffer in
      buffer.append(UInt8(ascii: "["))
      buffer.append(flags: row.flags)
      buffer.append(UInt8(ascii: "]"))
    }
    object.add("tags", row.tags, in: &self)
    if let comment { object.add("comment", lines: comment, in: &self) } else { object.addNull("comment", in: &self) }
    object.end(in: &self)
  }
}
