import MailAttachments
import MailBytes
import MailCommand
import MailMIME
import MailSystem

/// The form in which attachments are listed.
enum AttachmentFormat: String, ExpressibleByArgument, CaseIterable {
  /// Lines for people.
  case table
  /// One JSON object a line.
  case json

  static func standard() -> AttachmentFormat { environment("POSTBAG_FORMAT") == "json" ? .json : .table }
}

/// Lists parts: a table for each message, or JSON lines.
struct ListJob: Job {
  private let selection: Selection
  private let format: AttachmentFormat
  private let output: Output
  private let columns: Int?
  private let hasColour: Bool
  private(set) var isEmpty = true

  init(_ selection: Selection, format: AttachmentFormat) {
    self.selection = selection
    self.format = format
    let terminal = Terminal()
    columns = terminal.columns
    hasColour = terminal.hasColour
    output = Output(pager: format == .table ? Pager(for: terminal) : nil)
  }

  mutating func run(_ source: MessageSource) throws {
    let message = Message(parsing: source.bytes)
    let parts = try selection.parts(of: message, source)
    if parts.isEmpty { return warnOfSecrets(message, source) }
    if format == .json {
      for part in parts { try output.withBuffer { add(part, source, to: &$0) } }
    } else {
      try output.withBuffer { buffer in
        if !isEmpty { buffer.append(UInt8(ascii: "\n")) }
        addTable(parts, of: message, to: &buffer)
      }
    }
    isEmpty = false
  }

  func finish() throws { try output.finish() }

  /// Nothing can be seen in what is encrypted.
  private func warnOfSecrets(_ message: Message, _ source: MessageSource) {
    for part in message.allParts {
      if case .sealed(let method) = part.removability {
        return MailDetach.warn(
          "\(source.name) is encrypted with \(method)", hint: "What mail-decrypt makes of it shows the attachments.")
      }
    }
  }

  private func addTable(_ parts: [Attachment], of message: Message, to buffer: inout ByteBuffer) {
    if hasColour { buffer.append(literal: Style.bold.on) }
    buffer.append(cell: message.headers.text("Subject") ?? "", width: columns)
    if hasColour { buffer.append(literal: Style.off) }
    buffer.append(UInt8(ascii: "\n"))
    let rows = parts.map { (part: $0, number: $0.number, size: sizeText($0.size), type: $0.mediaType) }
    let numberWidth = rows.reduce(4) { max($0, $1.number.utf8.count) }
    let sizeWidth = rows.reduce(6) { max($0, $1.size.utf8.count) }
    let typeWidth = min(rows.reduce(4) { max($0, displayWidth($1.type)) }, 32)
    for row in rows {
      buffer.append(repeating: UInt8(ascii: " "), numberWidth - min(row.number.utf8.count, numberWidth))
      buffer.append(row.number)
      buffer.append(repeating: UInt8(ascii: " "), 2 + sizeWidth - row.size.utf8.count)
      buffer.append(row.size + "  ")
      buffer.append(cell: row.type, width: typeWidth, fills: true)
      buffer.append("  ")
      let room = columns.map { max($0 - numberWidth - sizeWidth - typeWidth - 6, 10) }
      buffer.append(cell: row.part.shownName ?? row.part.fileName(), width: room)
      buffer.append(UInt8(ascii: "\n"))
    }
  }

  private func add(_ part: Attachment, _ source: MessageSource, to buffer: inout ByteBuffer) {
    var object = JSONObject(in: &buffer)
    if let path = source.path {
      object.add("path", path: path, in: &buffer)
    } else {
      object.addNull("path", in: &buffer)
    }
    object.add("part", part.number, in: &buffer)
    object.add("type", part.mediaType, in: &buffer)
    object.add("name", orNull: part.shownName, in: &buffer)
    object.add("file", part.fileName(), in: &buffer)
    object.add("size", Int64(part.size), in: &buffer)
    object.add("attachment", part.isAttachment, in: &buffer)
    object.add("disposition", orNull: part.part.disposition?.kind, in: &buffer)
    object.add("content_id", orNull: part.part.contentID, in: &buffer)
    object.end(in: &buffer)
  }
}
