internal import MailBytes

/// Lays out the rows of a data table in columns.
struct TableLayout {
  private static let gap = 2
  private static let minimumColumn = 6
  /// Longer words don't widen their column when room is short.
  private static let wordLimit = 24
  private static let rowLimit = 2000
  private static let columnLimit = 30

  private let rows: [[TableCell]]
  private let widths: [Int]
  private let fits: Bool

  init(rows: [[TableCell]], width: Int) {
    self.rows = rows
    var natural: [Int] = []
    var words: [Int] = []
    for row in rows.prefix(Self.rowLimit) {
      var column = 0
      for cell in row {
        while natural.count < min(column + cell.span, 200) {
          natural.append(0)
          words.append(Self.minimumColumn)
        }
        if cell.span == 1, column < natural.count {
          let widest = cell.text.split(separator: "\n").reduce(0) { max($0, displayWidth(String($1))) }
          natural[column] = max(natural[column], widest)
          let longest = cell.text.split { $0 == " " || $0 == "\n" }.reduce(0) { max($0, displayWidth(String($1))) }
          words[column] = max(words[column], min(longest, Self.wordLimit))
        }
        column = min(column + cell.span, 200)
      }
    }
    // Columns that only wide cells cover are as wide as those.
    for row in rows.prefix(Self.rowLimit) {
      var column = 0
      for cell in row {
        let covered = column..<min(column + cell.span, natural.count)
        column = min(column + cell.span, 200)
        if cell.span > 1, covered.allSatisfy({ natural[$0] == 0 }), let first = covered.first {
          natural[first] = displayWidth(cell.text)
        }
      }
    }
    while natural.last == 0 { natural.removeLast() }
    let room = width - Self.gap * max(natural.filter { $0 > 0 }.count - 1, 0)
    fits = natural.count <= Self.columnLimit && Self.shrink(&natural, to: room, keeping: words)
    widths = natural
  }

  /// Takes from the widest column until the sum is `room`, but leaves every column as wide as its longest word. False if
  /// that can't be done.
  private static func shrink(_ widths: inout [Int], to room: Int, keeping words: [Int]) -> Bool {
    var sum = widths.reduce(0, +)
    while sum > room {
      let loose = widths.indices.filter { widths[$0] > words[$0] }
      guard let index = loose.max(by: { widths[$0] < widths[$1] }) else { return false }
      let next = loose.map { widths[$0] }.filter { $0 < widths[index] }.max() ?? 0
      let less = min(sum - room, widths[index] - max(next, words[index], widths[index] / 2))
      widths[index] -= max(less, 1)
      sum -= max(less, 1)
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
      guard column < widths.count else { break }
      let covered = column..<min(column + cell.span, widths.count)
      column += cell.span
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
          let taken = displayWidth(line)
          line += String(repeating: " ", count: max(edge - taken, taken > 0 ? 1 : 0)) + text
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
