internal import MailStore

/// Lays out messages as lines of a table, in the columns that the terminal has.
///
///        12 Nr *@!"  14:02 Alice Example       4.2K Budget for next year
struct MessageTable {
  private let options: PrinterOptions
  private let hasColour: Bool
  private let columns: Int?
  private let numberWidth: Int
  private let dateWidth: Int
  private let senderWidth: Int
  private let folderWidth: Int
  private let tagStyles: [String: Style]
  private var time = LocalTime()
  private let today: Int64
  private let thisYear: Int64

  static let marksWidth = 7

  /// A table whose tags have `tagColours`, by name; the words are those of `Style`.
  init(options: PrinterOptions, terminal: Terminal, tagColours: [String: String] = [:]) {
    self.options = options
    tagStyles = tagColours.compactMapValues { Style(rawValue: $0) }
    hasColour = terminal.hasColour
    columns = terminal.columns
    numberWidth = max(3, String(options.expected).utf8.count)
    dateWidth = options.fullDates ? 16 : 10
    let room = columns ?? 120
    senderWidth = room < 70 ? 12 : room < 100 ? 18 : room < 140 ? 24 : 30
    folderWidth = options.showsFolder ? (room < 100 ? 10 : 16) : 0
    today = time.day(of: options.now)
    thisYear = time.parts(of: options.now).year
  }

  /// The columns before the sender.
  private var indent: Int { numberWidth + 1 + Self.marksWidth + 1 + dateWidth + 1 }

  /// Appends the line, or the two lines, of `row`, which is message `number` of the list and lies in `folder`.
  mutating func append<Row: ListedMessage & ~Copyable>(
    _ row: borrowing Row, number: Int, folder: Folder?, branch: Branch? = nil, to buffer: inout ByteBuffer
  ) {
    let isUnread = !row.flags.contains(.seen)
    begin(.dim, in: &buffer)
    buffer.append(decimal: Int64(number), width: numberWidth)
    end(in: &buffer)
    buffer.append(UInt8(ascii: " "))
    appendMarks(row.flags, to: &buffer)
    buffer.append(UInt8(ascii: " "))
    if isUnread { begin(.bold, in: &buffer) }
    appendDate(row.date, to: &buffer)
    buffer.append(UInt8(ascii: " "))
    if options.layout == .normal {
      appendTwoLines(row, folder: folder, branch: branch, to: &buffer)
    } else {
      appendCorrespondent(row, folder: folder, width: senderWidth, to: &buffer)
      buffer.append(UInt8(ascii: " "))
      buffer.append(size: row.size)
      buffer.append(UInt8(ascii: " "))
      var used = indent + senderWidth + 7
      if options.showsFolder {
        buffer.append(cell: folder?.name ?? "", width: folderWidth, fills: true)
        buffer.append(UInt8(ascii: " "))
        used += folderWidth + 1
      }
      appendSubject(row, branch: branch, room: columns.map { max($0 - used, 1) }, to: &buffer)
    }
    if isUnread { end(in: &buffer) }
    buffer.append(UInt8(ascii: "\n"))
  }

  /// Appends the line of a message that others answer but that isn't there.
  func appendMissing(_ branch: Branch, to buffer: inout ByteBuffer) {
    let used = indent + senderWidth + 7 + (options.showsFolder ? folderWidth + 1 : 0)
    buffer.append(repeating: UInt8(ascii: " "), used)
    appendBranch(branch, to: &buffer)
    begin(.dim, in: &buffer)
    buffer.append(literal: "(not here)")
    end(in: &buffer)
    buffer.append(UInt8(ascii: "\n"))
  }

  private mutating func appendTwoLines<Row: ListedMessage & ~Copyable>(
    _ row: borrowing Row, folder: Folder?, branch: Branch?, to buffer: inout ByteBuffer
  ) {
    let room = columns ?? 120
    let tail = 6 + (options.showsFolder ? folderWidth + 1 : 0)
    let width = max(room - indent - tail, 12)
    let hasName = row.withText(.sender) { name in
      row.withText(.senderAddress) { !$0.isEmpty && !areEqual(name, $0) }
    }
    if folder?.isOutgoing ?? false || !hasName {
      appendCorrespondent(row, folder: folder, width: width, to: &buffer)
    } else {
      var used = row.withText(.sender) { buffer.append(cell: $0, width: width) }
      if used + 4 < width {
        buffer.append(literal: " <")
        used += 3 + row.withText(.senderAddress) { buffer.append(cell: $0, width: width - used - 3) }
        buffer.append(UInt8(ascii: ">"))
      }
      buffer.append(repeating: UInt8(ascii: " "), width - used)
    }
    buffer.append(UInt8(ascii: " "))
    if options.showsFolder {
      buffer.append(cell: folder?.name ?? "", width: folderWidth, fills: true)
      buffer.append(UInt8(ascii: " "))
    }
    buffer.append(size: row.size)
    buffer.append(UInt8(ascii: "\n"))
    buffer.append(repeating: UInt8(ascii: " "), indent)
    appendSubject(row, branch: branch, room: columns.map { max($0 - indent, 1) }, to: &buffer)
  }

  /// One column for each mark, so that lists can be read down.
  private func appendMarks(_ flags: MessageFlags, to buffer: inout ByteBuffer) {
    func mark(_ flag: Bool, _ letter: Unicode.Scalar, _ style: Style) {
      guard flag else { return buffer.append(UInt8(ascii: " ")) }
      begin(style, in: &buffer)
      buffer.append(UInt8(ascii: letter))
      end(in: &buffer)
    }
    if flags.contains(.trashed) {
      mark(true, "T", .dim)
    } else if flags.contains(.draft) {
      mark(true, "D", .cyan)
    } else {
      mark(!flags.contains(.seen), "N", .green)
    }
    mark(flags.contains(.answered), "r", .cyan)
    mark(flags.contains(.forwarded), "f", .cyan)
    mark(flags.contains(.flagged), "*", .yellow)
    mark(flags.contains(.attachment), "@", .blue)
    if flags.contains(.lowPriority) {
      mark(true, "v", .dim)
    } else {
      mark(flags.contains(.highPriority), "!", .red)
    }
    mark(flags.contains(.commented), "\"", .magenta)
  }

  private mutating func appendDate(_ seconds: Int64, to buffer: inout ByteBuffer) {
    let parts = time.parts(of: seconds)
    if options.fullDates {
      buffer.append(date: parts)
      buffer.append(UInt8(ascii: " "))
      buffer.append(time: parts)
    } else if time.day(of: seconds) == today {
      buffer.append(repeating: UInt8(ascii: " "), 5)
      buffer.append(time: parts)
    } else if parts.year == thisYear {
      buffer.append(repeating: UInt8(ascii: " "), 4)
      buffer.append(dayOfYear: parts)
    } else {
      buffer.append(date: parts)
    }
  }

  /// Who wrote it; in folders of own messages, to whom.
  private func appendCorrespondent<Row: ListedMessage & ~Copyable>(
    _ row: borrowing Row, folder: Folder?, width: Int, to buffer: inout ByteBuffer
  ) {
    if folder?.isOutgoing ?? false, row.withText(.recipients, { !$0.isEmpty }) {
      buffer.append(literal: "To ")
      row.withText(.recipients) { _ = buffer.append(cell: $0, width: width - 3, fills: true) }
    } else {
      row.withText(.sender) { _ = buffer.append(cell: $0, width: width, fills: true) }
    }
  }

  private func appendSubject<Row: ListedMessage & ~Copyable>(
    _ row: borrowing Row, branch: Branch?, room: Int?, to buffer: inout ByteBuffer
  ) {
    var used = 0
    if let branch { used += appendBranch(branch, to: &buffer) }
    for tag in row.tags {
      if let room, used + 4 > room { return }
      if hasColour { begin(tagStyles[tag] ?? .magenta, in: &buffer) }
      buffer.append(UInt8(ascii: "["))
      used += buffer.append(cell: tag, width: room.map { max($0 - used - 3, 1) }) + 3
      buffer.append(UInt8(ascii: "]"))
      end(in: &buffer)
      if !row.flags.contains(.seen) { begin(.bold, in: &buffer) }
      buffer.append(UInt8(ascii: " "))
    }
    let room = room.map { max($0 - used, 0) }
    _ = row.withText(.subject) { subject in
      if subject.isEmpty {
        buffer.append(cell: "(no subject)", width: room)
      } else {
        buffer.append(cell: subject, width: room)
      }
    }
  }

  @discardableResult
  private func appendBranch(_ branch: Branch, to buffer: inout ByteBuffer) -> Int {
    var used = buffer.append(cell: branch.prefix)
    guard branch.count > 1 else { return used }
    let start = buffer.count
    buffer.append(UInt8(ascii: "("))
    buffer.append(decimal: Int64(branch.count))
    if branch.unread > 0 {
      buffer.append(literal: ", ")
      buffer.append(decimal: Int64(branch.unread))
      buffer.append(literal: " unread")
    }
    buffer.append(literal: ") ")
    used += buffer.count - start
    return used
  }

  private func begin(_ style: Style, in buffer: inout ByteBuffer) {
    if hasColour { buffer.append(literal: style.on) }
  }

  private func end(in buffer: inout ByteBuffer) {
    if hasColour { buffer.append(literal: Style.off) }
  }
}

private func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
}

extension Folder {
  /// Its messages are the owner's own, so that the other side is the recipient.
  var isOutgoing: Bool { role == .sent || role == .drafts || role == .templates }
}
