internal import MailBytes
public import MailStore
internal import MailSystem

/// The form in which folders are printed.
public enum FolderFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// A tree for people, with counts.
  case table
  /// One name a line.
  case names
  /// One absolute path a line.
  case paths
  /// One JSON object a line.
  case json

  /// The form to print in when none is asked for.
  public static func standard(for terminal: Terminal) -> FolderFormat {
    switch environment("POSTBAG_FORMAT") {
    case "table": .table
    case "json": .json
    case "paths": .paths
    case "ids": .names
    default: terminal.isTerminal ? .table : .names
    }
  }
}

/// Prints folders: as a tree with counts, as names or paths, or as JSON lines.
public func printFolders(
  _ folders: [FolderSummary], as format: FolderFormat, null: Bool = false, terminal: Terminal = Terminal()
) throws {
  let output = Output(pager: format == .table ? Pager(for: terminal) : nil)
  let end: UInt8 = null ? 0 : UInt8(ascii: "\n")
  switch format {
  case .table: try printTree(folders, to: output, terminal: terminal)
  case .names, .paths:
    for folder in folders {
      try output.withBuffer { buffer in
        if format == .names { buffer.append(clean(folder.folder.name)) } else { buffer.append(folder.folder.path) }
        buffer.append(end)
      }
    }
  case .json:
    for folder in folders { try output.withBuffer { $0.append(json: folder) } }
  }
  try output.finish()
}

/// A line of the tree: a folder, or a name that only has folders below it.
struct FolderLine: Equatable {
  var name: Substring
  var depth: Int
  var total: Int?
  var unread: Int?
  var bytes: Int64?
  /// A folder below it has unread mail.
  var hasUnreadBelow: Bool
}

/// The tree of `folders`: system folders first, the others by name, each under its parent.
func folderTree(_ summaries: [FolderSummary]) -> [FolderLine] {
  let folders = summaries.map(\.folder)
  let below = Set(summaries.filter { $0.unreadBelow > 0 }.map(\.folder.name))
  let sorted = folders.sorted { left, right in
    let order = (left.role?.rawValue ?? 100, right.role?.rawValue ?? 100)
    return order.0 != order.1 ? order.0 < order.1 : precedes(left.name, right.name)
  }
  let roots = Dictionary(
    sorted.enumerated().map { ($1.name.prefix { $0 != "/" }, $0) }, uniquingKeysWith: { first, _ in first })
  // A folder comes after the root it lies under, whatever its own role.
  let ordered = sorted.sorted { left, right in
    let order = (roots[left.name.prefix { $0 != "/" }] ?? 0, roots[right.name.prefix { $0 != "/" }] ?? 0)
    return order.0 != order.1 ? order.0 < order.1 : precedes(left.name, right.name)
  }
  var lines: [FolderLine] = []
  var parents: [(name: Substring, line: Int)] = []
  for folder in ordered {
    let names = folder.name.split(separator: "/", omittingEmptySubsequences: false)
    var common = 0
    while common < parents.count, common < names.count - 1, parents[common].name == names[common] { common += 1 }
    parents.removeLast(parents.count - common)
    for depth in common..<(names.count - 1) {
      parents.append((names[depth], lines.count))
      lines.append(FolderLine(name: names[depth], depth: depth, hasUnreadBelow: false))
    }
    if folder.unread > 0 { for parent in parents { lines[parent.line].hasUnreadBelow = true } }
    let name = names[names.count - 1]
    parents.append((name, lines.count))
    lines.append(
      FolderLine(
        name: name, depth: names.count - 1, total: folder.total, unread: folder.unread, bytes: folder.bytes,
        hasUnreadBelow: below.contains(folder.name)))
  }
  return lines
}

/// Alphabetical by path: a parent stands before its children, and they before the parent's next sibling.
private func precedes(_ left: String, _ right: String) -> Bool {
  left.split(separator: "/").map { $0.lowercased() }.lexicographicallyPrecedes(
    right.split(separator: "/").map { $0.lowercased() })
}

private func printTree(_ folders: [FolderSummary], to output: Output, terminal: Terminal) throws {
  try output.write("  unread   total   size  folder\n")
  for line in folderTree(folders) {
    try output.withBuffer { buffer in
      let isBold = terminal.hasColour && (line.unread ?? 0 > 0 || line.hasUnreadBelow)
      if isBold { buffer.append(literal: Style.bold.on) }
      if let unread = line.unread {
        buffer.append(decimal: Int64(unread), width: 7)
      } else {
        buffer.append(repeating: UInt8(ascii: " "), 7)
      }
      buffer.append(UInt8(ascii: line.hasUnreadBelow ? "+" : " "))
      if let total = line.total {
        buffer.append(decimal: Int64(total), width: 8)
      } else {
        buffer.append(repeating: UInt8(ascii: " "), 8)
      }
      buffer.append(repeating: UInt8(ascii: " "), 2)
      if let bytes = line.bytes { buffer.append(size: bytes) } else { buffer.append(repeating: UInt8(ascii: " "), 5) }
      buffer.append(repeating: UInt8(ascii: " "), 2 + 2 * line.depth)
      let room = terminal.columns.map { max($0 - 25 - 2 * line.depth, 8) }
      buffer.append(cell: String(line.name), width: room)
      if isBold { buffer.append(literal: Style.off) }
      buffer.append(UInt8(ascii: "\n"))
    }
  }
}

extension ByteBuffer {
  /// Appends `folder` as one JSON object and a line end. The keys are documented in mail-folder(1).
  mutating func append(json summary: FolderSummary) {
    let folder = summary.folder
    var object = JSONObject(in: &self)
    object.add("name", folder.name, in: &self)
    object.add("path", path: folder.path, in: &self)
    if let role = folder.role { object.add("role", role.word, in: &self) } else { object.addNull("role", in: &self) }
    object.add("total", Int64(folder.total), in: &self)
    object.add("unread", Int64(folder.unread), in: &self)
    object.add("unread_below", Int64(summary.unreadBelow), in: &self)
    object.add("bytes", folder.bytes, in: &self)
    object.add("subscribed", summary.isSubscribed, in: &self)
    if let origin = summary.origin { object.add("deleted_from", origin, in: &self) }
    object.end(in: &self)
  }
}
