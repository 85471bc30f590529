internal import MailBytes
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
  /// 0 where the folder isn't shown.
  private let folderWidth: Int
  private let showsSize: Bool
  /// The sequences that begin the colours of tags.
  private let tagStyles: [String: String]
  private var time = LocalTime()
  private let today: Int64
  private let thisYear: Int64

  static let marksWidth = 7
  private static let sizeWidth = 5
  /// The columns that others are made narrower or left out for.
  private static let narrowestSubject = 15

  /// A table whose tags have `tagColours`, by name.
  init(options: PrinterOptions, terminal: Terminal, tagColours: [String: TagColour] = [:]) {
    self.options = options
    tagStyles = tagColours.mapValues(\.sequence)
    hasColour = terminal.hasColour
    columns = terminal.columns
    numberWidth = max(3, String(options.expected).utf8.count)
    let room = columns ?? 120
    let fixed = numberWidth + 1 + Self.marksWidth + 1
    let fullDate = options.fullDates ? 16 : 10
    // A line for the number, the marks and hardly anything of the subject has no place for a date.
    dateWidth = room - fixed - fullDate - 1 < 8 ? 0 : fullDate
    var rest = room - fixed - (dateWidth > 0 ? dateWidth + 1 : 0)
    var sender = room < 70 ? 12 : room < 100 ? 18 : room < 140 ? 24 : 30
    var folder = options.showsFolder ? (room < 100 ? 10 : 16) : 0
    // Two lines leave the subject out of this.
    let subject = options.layout == .normal ? 0 : Self.narrowestSubject
    let needed = sender + 1 + subject
    showsSize = rest >= needed + Self.sizeWidth + 1 + (folder > 0 ? folder + 1 : 0)
    if !showsSize, folder > 0, rest < needed + folder + 1 { folder = 0 }
    if showsSize { rest -= Self.sizeWidth + 1 }
    if folder > 0 { rest -= folder + 1 }
    if rest < needed { sender = rest - 1 - subject < 4 ? 0 : rest - 1 - subject }
    senderWidth = sender
    folderWidth = folder
    today = time.day(of: options.now)
    thisYear = time.parts(of: options.now).year
  }

  /// The columns before the sender.
  private var indent: Int { numberWidth + 1 + Self.marksWidth + 1 + (dateWidth > 0 ? dateWidth + 1 : 0) }

  /// The columns before the subject in a line for a whole message.
  private var beforeSubject: Int {
    indent + (senderWidth > 0 ? senderWidth + 1 : 0) + (showsSize ? Self.sizeWidth + 1 : 0)
      + (folderWidth > 0 ? folderWidth + 1 : 0)
  }

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
    if dateWidth > 0 {
      appendDate(row.date, to: &buffer)
      buffer.append(UInt8(ascii: " "))
    }
    if options.layout == .normal {
      appendTwoLines(row, folder: folder, branch: branch, to: &buffer)
    } else {
      if senderWidth > 0 {
        appendCorrespondent(row, folder: folder, width: senderWidth, to: &buffer)
        buffer.append(UInt8(ascii: " "))
      }
      if showsSize {
        buffer.append(size: row.size)
        buffer.append(UInt8(ascii: " "))
      }
      if folderWidth > 0 {
        buffer.append(cell: folder?.name ?? "", width: folderWidth, fills: true)
        buffer.append(UInt8(ascii: " "))
      }
      appendSubject(row, branch: branch, room: columns.map { max($0 - beforeSubject, 0) }, to: &buffer)
    }
    if isUnread { end(in: &buffer) }
    buffer.append(UInt8(ascii: "\n"))
  }

  /// Appends the line of a message that others answer but that isn't there.
  func appendMissing(_ branch: Branch, to buffer: inout ByteBuffer) {
    let before = columns.map { min(beforeSubject, $0) } ?? beforeSubject
    let room = columns.map { $0 - before }
    buffer.append(repeating: UInt8(ascii: " "), before)
    let used = appendBranch(branch, room: room, to: &buffer)
    begin(.dim, in: &buffer)
    buffer.append(cell: "(not here)", width: room.map { $0 - used })
    end(in: &buffer)
    buffer.append(UInt8(ascii: "\n"))
  }

  private mutating func appendTwoLines<Row: ListedMessage & ~Copyable>(
    _ row: borrowing Row, folder: Folder?, branch: Branch?, to buffer: inout ByteBuffer
  ) {
    let room = columns ?? 120
    let tail = (showsSize ? Self.sizeWidth + 1 : 0) + (folderWidth > 0 ? folderWidth + 1 : 0)
    let width = max(room - indent - tail, 0)
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
    if folderWidth > 0 {
      buffer.append(UInt8(ascii: " "))
      buffer.append(cell: folder?.name ?? "", width: folderWidth, fills: true)
    }
    if showsSize {
      buffer.append(UInt8(ascii: " "))
      buffer.append(size: row.size)
    }
    buffer.append(UInt8(ascii: "\n"))
    buffer.append(repeating: UInt8(ascii: " "), indent)
    appendSubject(row, branch: branch, room: columns.map { max($0 - indent, 0) }, to: &buffer)
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
    } else if flags.contains(.seen), let (letter, style) = reportMark(flags) {
      mark(true, letter, style)
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

  /// What reports say of a message of one's own; the most important of several.
  private func reportMark(_ flags: MessageFlags) -> (Unicode.Scalar, Style)? {
    if flags.contains(.notDelivered) { return ("X", .red) }
    if flags.contains(.wasRead) { return ("R", .green) }
    if flags.contains(.delivered) { return ("A", .dim) }
    if flags.contains(.delayed) { return ("L", .yellow) }
    return nil
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
    if folder?.isOutgoing ?? false, width > 4, row.withText(.recipients, { !$0.isEmpty }) {
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
    if let branch { used += appendBranch(branch, room: room, to: &buffer) }
    used += appendTags(row.tags, isUnread: !row.flags.contains(.seen), room: room.map { $0 - used }, to: &buffer)
    let room = room.map { max($0 - used, 0) }
    _ = row.withText(.subject) { subject in
      if subject.isEmpty {
        buffer.append(cell: "(no subject)", width: room)
      } else {
        buffer.append(cell: subject, width: room)
      }
    }
  }

  /// Tags take no more than half of the room, so that something of the subject can be read: `[work] [tax] +3 `.
  private func appendTags(
    _ tags: [String], isUnread: Bool, room: Int?, to buffer: inout ByteBuffer
  ) -> Int {
    var used = 0
    let most = room.map { $0 / 2 } ?? .max
    for (number, tag) in tags.enumerated() {
      // A tag is shown with five columns or more, and room for `+99 ` behind it where others follow.
      let rest = number + 1 < tags.count ? 4 : 0
      guard used + min(displayWidth(tag), 5) + 3 + rest <= most else {
        let start = buffer.count
        buffer.append(UInt8(ascii: "+"))
        buffer.append(decimal: Int64(tags.count - number))
        buffer.append(UInt8(ascii: " "))
        let taken = buffer.count - start
        guard used + taken <= most else {
          buffer.truncate(to: start)
          return used
        }
        return used + taken
      }
      if hasColour {
        if let style = tagStyles[tag] { buffer.append(style) } else { begin(.magenta, in: &buffer) }
      }
      buffer.append(UInt8(ascii: "["))
      used += buffer.append(cell: tag, width: room == nil ? nil : most - used - 3 - rest) + 3
      buffer.append(UInt8(ascii: "]"))
      end(in: &buffer)
      if isUnread { begin(.bold, in: &buffer) }
      buffer.append(UInt8(ascii: " "))
    }
    return used
  }

  @discardableResult
  private func appendBranch(_ branch: Branch, room: Int?, to buffer: inout ByteBuffer) -> Int {
    var used = buffer.append(cell: branch.prefix, width: room)
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
    let taken = buffer.count - start
    // A count that doesn't fit is left out.
    if let room, used + taken > room {
      buffer.truncate(to: start)
    } else {
      used += taken
    }
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
