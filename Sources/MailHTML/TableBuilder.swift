/// Collects the cells of a table and decides whether it holds data or was made for layout.
struct TableBuilder {
  private struct Cell {
    var blocks: [TextBlock]
    var box: Box
    /// A blank line is due after the cell.
    var needsSpace: Bool
  }

  /// Wider columns of a data table would not be read as columns.
  private static let cellWidthLimit = 60
  /// A row of layout cells that is at most this long stays on one line.
  private static let rowWidthLimit = 76

  private let box: Box
  private var rows: [[Cell]] = []
  private var headers = 0
  /// What the open cells began with.
  private var open: (box: Box, indent: Int)?

  init(box: Box) { self.box = box }

  mutating func startRow() { rows.append([]) }

  mutating func startCell(_ box: Box?, isHeader: Bool, indent: Int) {
    if rows.isEmpty { rows.append([]) }
    if isHeader { headers += 1 }
    open = (box ?? Box(), indent)
  }

  /// Takes the blocks of the open cell; the indentation that was before it.
  mutating func endCell(_ flow: StyledTextBuilder.Flow) -> Int {
    guard let open, !rows.isEmpty else { return 0 }
    rows[rows.count - 1].append(Cell(blocks: flow.blocks, box: open.box, needsSpace: flow.needsSpace))
    return open.indent
  }

  /// A table of data stands apart from what follows.
  var needsSpaceAfter: Bool { isData || rows.last?.last { !$0.blocks.isEmpty }?.needsSpace ?? false }

  /// The table as blocks: one table, or what its cells hold one after the other.
  func finish() -> [TextBlock] {
    if isData {
      var block = TextBlock(kind: .table(dataRows), text: "")
      block.hasSpaceBefore = true
      return [block]
    }
    var result: [TextBlock] = []
    var needsSpace = false
    for row in rows { append(row, to: &result, &needsSpace) }
    return result
  }

  private var isData: Bool {
    guard !box.isLayout else { return false }
    var columns = 0
    var fullRows = 0
    for row in rows {
      var filled = 0
      for cell in row {
        guard cell.blocks.count <= 1 else { return false }
        guard let block = cell.blocks.first else { continue }
        guard block.kind == .paragraph || block.kind == .heading, block.text.utf8.count <= 400, block.marker.isEmpty
        else {
          return false
        }
        filled += 1
      }
      columns = max(columns, filled)
      if filled > 1 { fullRows += 1 }
    }
    if headers > 0, columns > 1, rows.count > 1 { return true }
    guard columns > 1, fullRows > 1 else { return false }
    if box.hasBorder { return true }
    return rows.allSatisfy { row in
      row.count == 1 || row.allSatisfy { $0.blocks.allSatisfy { $0.text.count <= Self.cellWidthLimit } }
    }
  }

  private var dataRows: [[TableCell]] {
    rows.compactMap { row in
      guard row.contains(where: { !$0.blocks.isEmpty }) else { return nil }
      return row.map { cell in
        TableCell(text: cell.blocks.first?.text ?? "", alignsRight: cell.box.alignsRight, span: cell.box.columnSpan)
      }
    }
  }

  /// Writes a row of a layout table: on one line if it fits, else cell after cell.
  private func append(_ row: [Cell], to result: inout [TextBlock], _ needsSpace: inout Bool) {
    let filled = row.filter { !$0.blocks.isEmpty }
    guard let first = filled.first else { return }
    let isShort = filled.allSatisfy { $0.blocks.count == 1 && $0.blocks[0].isShort }
    if filled.count > 1, isShort, filled.reduce(0, { $0 + $1.blocks[0].text.count + 2 }) <= Self.rowWidthLimit {
      var block = first.blocks[0]
      if needsSpace { block.hasSpaceBefore = true }
      needsSpace = false
      block.text = filled.map { $0.blocks[0].text }.joined(separator: "\u{A0} ")
      result.append(block)
      return
    }
    for cell in filled {
      var blocks = cell.blocks
      if needsSpace || !result.isEmpty && (blocks.count > 1 || blocks[0].text.utf8.count > 60) {
        blocks[0].hasSpaceBefore = true
      }
      result.append(contentsOf: blocks)
      needsSpace = cell.needsSpace
    }
  }
}

extension TextBlock {
  /// A paragraph of one line.
  fileprivate var isShort: Bool { kind == .paragraph && marker.isEmpty && !text.utf8.contains(0x0A) }
}
