internal import MailStore
internal import MailSystem
public import Maildir

/// The form in which sizes are printed.
public enum QuotaFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Lines for people, with a gauge on a terminal.
  case table
  /// One JSON object a line.
  case json

  /// The form to print in when none is asked for.
  public static var standard: QuotaFormat { environment("POSTBAG_FORMAT") == "json" ? .json : .table }
}

/// What a store takes, and what it may take.
public struct QuotaReport: Sendable {
  let usage: StoreUsage
  let limits: MaildirQuota.Limits
  let showsFolders: Bool

  /// `showsFolders`: each folder is printed, the largest first.
  public init(_ usage: StoreUsage, limits: MaildirQuota.Limits, showsFolders: Bool) {
    self.usage = usage
    self.limits = limits
    self.showsFolders = showsFolders
  }

  /// The store holds more than it may.
  public var isOver: Bool {
    let total = usage.total
    return limits.bytes.map { total.bytes > $0 } ?? false || limits.messages.map { total.messages > $0 } ?? false
  }

  /// Prints it on standard output.
  public func print(as format: QuotaFormat, terminal: Terminal = Terminal()) throws {
    let output = Output(pager: format == .table && showsFolders ? Pager(for: terminal) : nil)
    if showsFolders { try printFolders(to: output, as: format, terminal: terminal) }
    if format == .json {
      try output.withBuffer { append(jsonTo: &$0) }
    } else {
      for line in lines(for: terminal) { try output.write(line + "\n") }
    }
    try output.finish()
  }

  private func printFolders(to output: Output, as format: QuotaFormat, terminal: Terminal) throws {
    let order = usage.folders.sorted { first, second in
      (first.usage.bytes, first.usage.messages) != (second.usage.bytes, second.usage.messages)
        ? (first.usage.bytes, first.usage.messages) > (second.usage.bytes, second.usage.messages)
        : first.folder.name < second.folder.name
    }
    if format == .table { try output.write("    size messages  folder\n") }
    for entry in order {
      let name = entry.folder.name == FolderName.inbox ? FolderRole.inbox.standardName : entry.folder.name
      try output.withBuffer { buffer in
        if format == .json {
          var object = JSONObject(in: &buffer)
          object.add("folder", name, in: &buffer)
          object.add("bytes", entry.usage.bytes, in: &buffer)
          object.add("messages", entry.usage.messages, in: &buffer)
          return object.end(in: &buffer)
        }
        let size = sizeText(Int(entry.usage.bytes))
        buffer.append(repeating: UInt8(ascii: " "), max(8 - size.utf8.count, 0))
        buffer.append(size)
        buffer.append(decimal: entry.usage.messages, width: 9)
        buffer.append(literal: "  ")
        buffer.append(cell: name, width: terminal.columns.map { max($0 - 19, 8) })
        buffer.append(UInt8(ascii: "\n"))
      }
    }
    if format == .table { try output.write("\n") }
  }

  private func append(jsonTo buffer: inout ByteBuffer) {
    let total = usage.total
    var object = JSONObject(in: &buffer)
    object.add("bytes", total.bytes, in: &buffer)
    add("limit", limits.bytes, to: &object, in: &buffer)
    object.add("messages", total.messages, in: &buffer)
    add("message_limit", limits.messages, to: &object, in: &buffer)
    add("percent", percent, to: &object, in: &buffer)
    object.add("over", isOver, in: &buffer)
    object.end(in: &buffer)
  }

  private func add(_ name: StaticString, _ value: Int64?, to object: inout JSONObject, in buffer: inout ByteBuffer) {
    if let value { object.add(name, value, in: &buffer) } else { object.addNull(name, in: &buffer) }
  }

  /// How full the store is by whichever limit is nearer; nil without limits.
  private var percent: Int64? {
    let total = usage.total
    return [share(total.bytes, of: limits.bytes), share(total.messages, of: limits.messages)].compactMap { $0 }.max()
  }

  /// Both gauges, or what is used where nothing limits it.
  func lines(for terminal: Terminal) -> [String] {
    let total = usage.total
    let messages = total.messages == 1 ? "1 message" : "\(total.messages) messages"
    guard !limits.isUnlimited else { return ["\(sizeText(Int(total.bytes))) in \(messages), no limit"] }
    var gauges: [Gauge] = []
    if let limit = limits.bytes {
      let text = "\(sizeText(Int(total.bytes))) of \(sizeText(Int(limit)))"
      gauges.append(Gauge(label: "size", share: share(total.bytes, of: limit) ?? 0, text: text))
    }
    if let limit = limits.messages {
      let text = "\(total.messages) of \(limit)"
      gauges.append(Gauge(label: "messages", share: share(total.messages, of: limit) ?? 0, text: text))
    }
    let longest = gauges.map { $0.tail.utf8.count }.max() ?? 0
    let width = terminal.isTerminal ? min(40, (terminal.columns ?? 80) - 12 - longest) : 0
    var lines = gauges.map { padded($0.label, 9) + $0.bar(width, hasColour: terminal.hasColour) + $0.tail }
    if limits.bytes == nil { lines.append(padded("size", 9) + sizeText(Int(total.bytes))) }
    if limits.messages == nil { lines.append(padded("messages", 9) + String(total.messages)) }
    return lines
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.utf8.count, 1))
  }
}

/// One line of the gauge: `size     [######----------]  38%  1.9 GB of 5.0 GB`.
private struct Gauge {
  let label: String
  /// Per cent.
  let share: Int64
  let text: String

  var tail: String {
    let number = "\(share)%"
    return String(repeating: " ", count: max(4 - number.utf8.count, 0)) + number + "  " + text
  }

  /// The bar and a space; nothing where there is no room for it.
  func bar(_ width: Int, hasColour: Bool) -> String {
    guard width >= 5 else { return "" }
    let filled = Int(min(share, 100)) * width / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    guard hasColour, share >= 80 else { return "[\(bar)] " }
    return "[\(share >= 95 ? Style.red.on : Style.yellow.on)\(bar)\(Style.off)] "
  }
}

/// Whole per cent, rounded down; nil without a limit.
private func share(_ used: Int64, of limit: Int64?) -> Int64? {
  guard let limit, limit > 0 else { return nil }
  // Sizes in names are claims, and may be absurd.
  return Int64(min(Double(used) / Double(limit) * 100, 9_999))
}
