internal import MailBytes

/// Lays out the rows of a data table in columns.
struct TableLayout {
  private static let gap = 2
  private static let minimumColumn = 6
  private static let rowLimit = 2000
  private static let columnLimit = 30

  private let rows: [[TableCell]]
  private let widths: [Int]
  private let fits: Bool

  init(rows: [[TableCell]], width: Int) {
    self.rows = rows
    var natural: [Int] = []
    for row in rows.prefix(Self.rowLimit) {
      var column = 0
      for cell in row {
        while natural.count <= column { natural.append(0) }
        if cell.span == 1 {
          let widest = cell.text.split(separator: "\n").reduce(0) { max($0, displayWidth(String($1))) }
          natural[column] = max(natural[column], widest)
        }
        column = min(column + cell.span, 200)
      }
    }
    while natural.last == 0 { natural.removeLast() }
    let room = width - Self.gap * max(natural.filter { $0 > 0 }.count - 1, 0)
    fits = natural.count <= Self.columnLimit && Self.shrink(&natural, to: room)
    widths = natural
  }

  /// Takes columns from the widest until the sum is `room`. False if the columns would be too narrow.
  private static func shrink(_ widths: inout [Int], to room: Int) -> Bool {
    var sum = widths.reduce(0, +)
    while sum > room {
      guard let widest = widths.max(), widest > minimumColumn, let index = widths.firstIndex(of: widest) else {
        return false
      }
      let next = widths.filter { $0 < widest }.max() ?? minimumColumn
      let less = min(sum - room, max(widest - max(next, minimumColumn), 1))
      widths[index] -= less
      sum -= less
    }
    return true
  }

  /// The table as lines.
  var lines: [(text: String, style: TextLine.Style)] {
    rows.flatMap { fits ? columns(of: $0) : flow(of: $0) }
  }

  /// A row whose cells stand under those of other rows.
  private func columns(of row: [TableCell]) -> [(text: String, style: TextLine.Style)] {
    var cells: [(lines: [String], width: Int, alignsRight: Bool)] = []
    var column = 0
    for cell in row {
      let covered = column..<min(column + cell.span, widths.count)
      column += cell.span
      guard !covered.isEmpty else { continue }
      let shown = widths[covered].filter { $0 > 0 }
      guard !shown.isEmpty else { continue }
      let width = shown.reduce(0, +) + Self.gap * (shown.count - 1)
      let lines = cell.text.split(separator: "\n").flatMap { wrapped($0, width: width) }
      cells.append((lines, width, cell.alignsRight))
    }
    let height = cells.reduce(0) { max($0, $1.lines.count) }
    return (0..<height).map { index in
      var line = ""
      var edge = 0
      for cell in cells {
        let text = index < cell.lines.count ? cell.lines[index] : ""
        let free = max(cell.width - displayWidth(text), 0)
        if cell.alignsRight {
          line += String(repeating: " ", count: max(edge - displayWidth(line), 0) + free) + text
        } else if !text.isEmpty {
          line += String(repeating: " ", count: max(edge - displayWidth(line), 0)) + text
        }
        edge += cell.width + Self.gap
      }
      return (line, .preformatted)
    }
  }

  /// A row of a table that is too wide: its cells one after the other.
  private func flow(of row: [TableCell]) -> [(text: String, style: TextLine.Style)] {
    let texts = row.map { $0.text.split(separator: "\n").joined(separator: " ") }.filter { !$0.isEmpty }
    let total = max(widths.reduce(0, +), TextLayout.minimumWidth)
    return wrapped(texts.joined(separator: " | ")[...], width: max(total, 72)).map { ($0, .body) }
  }
}
