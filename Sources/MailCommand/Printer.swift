internal import MailBytes
public import MailStore
internal import MailSystem

/// Prints messages one after the other: as a table with numbers, as paths, as `id:` references, or as JSON lines.
public final class Printer {
  /// How many messages have been printed.
  public private(set) var count = 0

  private let format: OutputFormat
  private let options: PrinterOptions
  private let output: Output
  private var table: MessageTable
  private var folders: [Int64: Folder] = [:]
  private var lastFolder: Folder?
  private let memory: ListMemory?
  private var remembered = ByteBuffer(capacity: 4096)

  /// A printer of messages of `store`. Tables on a terminal go through the pager, and their numbers are remembered.
  public init(
    _ format: OutputFormat, store: Store, options: PrinterOptions = PrinterOptions(), terminal: Terminal = Terminal()
  ) throws {
    self.format = format
    var options = options
    if options.now == 0 { options.now = now() / 1_000_000_000 }
    self.options = options
    output = Output(pager: format == .table ? Pager(for: terminal) : nil)
    let colours = format == .table && terminal.hasColour ? try store.tagColours() : [:]
    table = MessageTable(options: options, terminal: terminal, tagColours: colours)
    memory = format == .table ? ListMemory(root: store.root) : nil
    for folder in try store.folders() { folders[folder.id] = folder }
  }

  /// Prints `row`; `branch` is its place in a conversation.
  public func print(_ row: MessageRow, branch: Branch? = nil) throws { try printRow(row, branch) }

  /// Prints `row`; `branch` is its place in a conversation.
  public func print(_ row: borrowing LentMessage, branch: Branch? = nil) throws { try printRow(row, branch) }

  private func printRow<Row: ListedMessage & ~Copyable>(_ row: borrowing Row, _ branch: Branch?) throws {
    count += 1
    let folder = folder(row.folder)
    if memory != nil { row.withText(.name) { ListMemory.append(id: row.id, name: $0, to: &remembered) } }
    do {
      switch format {
      case .table:
        let number = count
        // The row is only lent: one call, no copy.
        try output.withBuffer { table.append(row, number: number, folder: folder, branch: branch, to: &$0) }
      case .paths:
        try row.withText(.name) { name in try output.withBuffer { appendPath(folder, name, to: &$0) } }
      case .ids:
        try row.withText(.name) { name in
          try row.withText(.messageID) { id in try output.withBuffer { appendID(id, folder, name, to: &$0) } }
        }
      case .json:
        let number = count
        try output.withBuffer { $0.append(json: row, number: number, folder: folder, depth: branch?.depth) }
      }
    } catch {
      remember()
      throw error
    }
  }

  /// Prints a message that others answer but that isn't in the store; in tables only.
  public func printMissing(_ branch: Branch) throws {
    guard format == .table else { return }
    try output.withBuffer { table.appendMissing(branch, to: &$0) }
  }

  /// Ends the list: writes what is held back, remembers the numbers, waits for the pager.
  public func finish() throws {
    remember()
    try output.finish()
  }

  private func remember() {
    // A list without messages leaves the numbers of the last one.
    guard let memory, count > 0 else { return }
    memory.remember(list: unsafe [UInt8](remembered.bytes))
  }

  private func folder(_ id: Int64) -> Folder? {
    if let lastFolder, lastFolder.id == id { return lastFolder }
    lastFolder = folders[id]
    return lastFolder
  }

  /// Prints the messages that `request` asks for.
  public func print(_ request: ListRequest, from store: Store) throws {
    switch format {
    case .table, .json: try store.forEachMessage(of: request) { try print($0) }
    case .paths, .ids:
      try store.listNames(request) { folder, name, id in
        count += 1
        let folder = self.folder(folder)
        try output.withBuffer { buffer in
          format == .ids ? appendID(id, folder, name, to: &buffer) : appendPath(folder, name, to: &buffer)
        }
      }
    }
  }

  private func appendPath(_ folder: Folder?, _ name: Span<UInt8>, to buffer: inout ByteBuffer) {
    if let folder {
      buffer.append(folder.path)
      buffer.append(UInt8(ascii: "/"))
    }
    buffer.append(name)
    buffer.append(options.null ? 0 : UInt8(ascii: "\n"))
  }

  /// A Message-ID that would not survive a line of text is given as a path.
  private func appendID(_ id: Span<UInt8>, _ folder: Folder?, _ name: Span<UInt8>, to buffer: inout ByteBuffer) {
    guard id.count > 0, isPlain(id) else { return appendPath(folder, name, to: &buffer) }
    buffer.append(literal: "id:")
    buffer.append(id)
    buffer.append(options.null ? 0 : UInt8(ascii: "\n"))
  }
}

/// The place of a message in a conversation.
public struct Branch: Sendable {
  /// The lines that lead to it: `│ └─ `.
  public var prefix = ""
  /// 0 for the first message of a conversation.
  public var depth = 0
  /// For the first: how many messages the conversation has.
  public var count = 0
  /// For the first: how many of them are unread.
  public var unread = 0

  public init() {}
}
