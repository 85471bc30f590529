internal import MailBytes
public import MailStore
internal import MailSystem

/// The form in which tags are printed.
public enum TagFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Lines for people, with counts.
  case table
  /// One name a line.
  case names
  /// One JSON object a line.
  case json

  /// The form to print in when none is asked for.
  public static func standard(for terminal: Terminal) -> TagFormat {
    switch environment("POSTBAG_FORMAT") {
    case "table": .table
    case "json": .json
    case "ids", "paths": .names
    default: terminal.isTerminal ? .table : .names
    }
  }
}

/// Prints tags: as a table with counts in which each has its colour, as names, or as JSON lines.
public func printTags(
  _ tags: [Tag], as format: TagFormat, null: Bool = false, terminal: Terminal = Terminal()
) throws {
  let output = Output(pager: format == .table ? Pager(for: terminal) : nil)
  if format == .table, !tags.isEmpty { try output.write("  unread   total  tag\n") }
  for tag in tags {
    try output.withBuffer { buffer in
      switch format {
      case .table: buffer.append(line: tag, terminal: terminal)
      case .names:
        buffer.append(tag.name)
        buffer.append(null ? 0 : UInt8(ascii: "\n"))
      case .json: buffer.append(json: tag)
      }
    }
  }
  try output.finish()
}

extension ByteBuffer {
  fileprivate mutating func append(line tag: Tag, terminal: Terminal) {
    append(decimal: Int64(tag.unread), width: 8)
    append(decimal: Int64(tag.total), width: 8)
    append(literal: "  ")
    if terminal.hasColour, let colour = tag.colour { append(colour.sequence) }
    append(cell: tag.name, width: terminal.columns.map { max($0 - 18, 8) })
    if terminal.hasColour, tag.colour != nil { append(literal: Style.off) }
    append(UInt8(ascii: "\n"))
  }

  /// Appends `tag` as one JSON object and a line end. The keys are documented in mail-tag(1).
  mutating func append(json tag: Tag) {
    var object = JSONObject(in: &self)
    object.add("name", tag.name, in: &self)
    object.add("keyword", tag.keyword, in: &self)
    object.add("colour", orNull: tag.colour?.description, in: &self)
    object.add("total", Int64(tag.total), in: &self)
    object.add("unread", Int64(tag.unread), in: &self)
    object.end(in: &self)
  }
}
