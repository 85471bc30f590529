internal import CGumbo

/// Makes `StyledText` from a tree.
struct StyledTextBuilder: HTMLVisitor {
  private let structure: Structure
  private let linkStyle: StyledText.LinkStyle

  private var paragraph = ParagraphText()
  /// Where blocks go: the document, and the open cells in it.
  private var flows: [Flow] = [Flow()]
  private var tables: [TableBuilder] = []
  private var lists: [(isOrdered: Bool, next: Int)] = []
  private var quoteDepth = 0
  private var indent = 0
  private var preformattedDepth = 0
  private var headingDepth = 0
  private var paragraphHasMargin = true
  /// What each open block added, to be taken back at its end.
  private var boxes: [Box?] = []
  private var links = LinkList()

  /// Blocks in one column.
  struct Flow {
    var blocks: [TextBlock] = []
    var needsSpace = false
    /// The marker of a list item whose text has not come yet.
    var marker = ""
  }

  private init(_ structure: Structure, _ linkStyle: StyledText.LinkStyle) {
    self.structure = structure
    self.linkStyle = linkStyle
  }

  /// The text of `structure`.
  static func build(_ structure: Structure, links: StyledText.LinkStyle) -> StyledText {
    var builder = StyledTextBuilder(structure, links)
    HTMLTree(structure.markup).walk(&builder)
    builder.endBlock()
    var text = StyledText()
    text.blocks = builder.flows[0].blocks
    text.blocks.first.map { _ in text.blocks[0].hasSpaceBefore = false }
    text.links = builder.links.list
    text.remoteReferences = structure.remote.list
    text.title = structure.title
    return text
  }

  // MARK: The walk

  mutating func text(_ text: Span<UInt8>) {
    paragraph.append(text, isPreformatted: preformattedDepth > 0)
  }

  mutating func start(_ tag: GumboTag, index: Int?) {
    switch tag {
    case GUMBO_TAG_WBR:
      if let index, structure.events.indices.contains(index) { event(structure.events[index]) }
    case GUMBO_TAG_BR: paragraph.breakLine()
    case GUMBO_TAG_HR:
      endBlock()
      append(TextBlock(kind: .rule, text: ""))
    default: startBlock(tag, box: index.flatMap { structure.boxes.indices.contains($0) ? structure.boxes[$0] : nil })
    }
  }

  private mutating func startBlock(_ tag: GumboTag, box: Box?) {
    switch tag {
    case GUMBO_TAG_P:
      endBlock()
      paragraphHasMargin = box?.hasMargin ?? true
      if paragraphHasMargin { space() }
    case GUMBO_TAG_DIV:
      endBlock()
      boxes.append(box)
      if box?.isQuote ?? false { startQuote() }
    case GUMBO_TAG_BLOCKQUOTE:
      endBlock()
      boxes.append(box)
      if box?.isQuote ?? false { startQuote() } else { indent += 2 }
      space()
    case GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6:
      endBlock()
      space()
      headingDepth += 1
    case GUMBO_TAG_PRE:
      endBlock()
      space()
      preformattedDepth += 1
    case GUMBO_TAG_UL, GUMBO_TAG_OL:
      endBlock()
      if lists.isEmpty { space() }
      lists.append((tag == GUMBO_TAG_OL, box?.number ?? 1))
      indent += 4
    case GUMBO_TAG_LI: startItem(box)
    case GUMBO_TAG_DL: endBlock()
    case GUMBO_TAG_DT: endBlock()
    case GUMBO_TAG_DD:
      endBlock()
      indent += 4
    case GUMBO_TAG_TABLE:
      endBlock()
      tables.append(TableBuilder(box: box ?? Box()))
    case GUMBO_TAG_CAPTION: endBlock()
    case GUMBO_TAG_TR:
      endBlock()
      if !tables.isEmpty { tables[tables.count - 1].startRow() }
    case GUMBO_TAG_TD, GUMBO_TAG_TH:
      endBlock()
      guard !tables.isEmpty else { return }
      tables[tables.count - 1].startCell(box, isHeader: tag == GUMBO_TAG_TH, indent: indent)
      flows.append(Flow())
    default: break
    }
  }

  mutating func end(_ tag: GumboTag) {
    switch tag {
    case GUMBO_TAG_P:
      endBlock()
      if paragraphHasMargin { space() }
    case GUMBO_TAG_DIV:
      endBlock()
      if boxes.popLast()??.isQuote ?? false { endQuote() }
    case GUMBO_TAG_BLOCKQUOTE:
      endBlock()
      if boxes.popLast()??.isQuote ?? false { endQuote() } else { indent -= 2 }
      space()
    case GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6:
      endBlock()
      headingDepth -= 1
      space()
    case GUMBO_TAG_PRE:
      endBlock()
      preformattedDepth -= 1
      space()
    case GUMBO_TAG_UL, GUMBO_TAG_OL:
      endBlock()
      lists.removeLast()
      indent -= 4
      if lists.isEmpty { space() }
    case GUMBO_TAG_LI, GUMBO_TAG_DL, GUMBO_TAG_DT, GUMBO_TAG_CAPTION: endBlock()
    case GUMBO_TAG_DD:
      endBlock()
      indent -= 4
    case GUMBO_TAG_TABLE: endTable()
    case GUMBO_TAG_TD, GUMBO_TAG_TH:
      endBlock()
      guard !tables.isEmpty, flows.count > 1 else { return }
      indent = tables[tables.count - 1].endCell(flows.removeLast())
    case GUMBO_TAG_TR: endBlock()
    default: break
    }
  }

  // MARK: Blocks

  private mutating func space() { flows[flows.count - 1].needsSpace = true }

  private mutating func startQuote() {
    quoteDepth += 1
    space()
  }

  private mutating func endQuote() {
    quoteDepth -= 1
    space()
  }

  private mutating func startItem(_ box: Box?) {
    endBlock()
    guard let list = lists.last, list.isOrdered else {
      flows[flows.count - 1].marker = "•"
      return
    }
    let number = box?.number ?? list.next
    lists[lists.count - 1].next = number + 1
    flows[flows.count - 1].marker = "\(number)."
  }

  /// Ends the block that text was collected for.
  mutating func endBlock() {
    links.interrupt(in: paragraph)
    guard !paragraph.isEmpty || paragraph.isMeantBlank else {
      paragraph.clear()
      return
    }
    let isBlank = paragraph.isMeantBlank
    let isPreformatted = preformattedDepth > 0
    let (text, isSpaced) = paragraph.take(isPreformatted: isPreformatted)
    if text.isEmpty || isSpaced { if isBlank { space() } }
    if !text.isEmpty {
      append(TextBlock(kind: isPreformatted ? .preformatted : headingDepth > 0 ? .heading : .paragraph, text: text))
    }
  }

  private mutating func append(_ block: TextBlock) {
    var block = block
    let last = flows.count - 1
    block.quoteDepth = quoteDepth
    block.indent = max(indent, flows[last].marker.isEmpty || indent > 0 ? indent : 4)
    block.marker = flows[last].marker
    block.hasSpaceBefore = flows[last].needsSpace || block.kind == .rule && !flows[last].blocks.isEmpty
    flows[last].marker = ""
    flows[last].needsSpace = block.kind == .rule
    flows[last].blocks.append(block)
  }

  private mutating func endTable() {
    endBlock()
    guard let table = tables.popLast() else { return }
    let last = flows.count - 1
    for block in table.finish() {
      var block = block
      if block.quoteDepth < quoteDepth || block.isTable { block.quoteDepth = quoteDepth }
      if block.isTable { block.indent = indent }
      block.hasSpaceBefore = block.hasSpaceBefore || flows[last].needsSpace
      if block.marker.isEmpty { block.marker = flows[last].marker }
      flows[last].marker = ""
      flows[last].needsSpace = false
      flows[last].blocks.append(block)
    }
    if table.needsSpaceAfter { space() }
  }

  // MARK: Inside a line

  private mutating func event(_ event: InlineEvent) {
    switch event {
    case .linkStart(let url): links.start(url, in: paragraph)
    case .linkEnd:
      if let note = links.end(in: paragraph, style: linkStyle) { paragraph.append(note: note) }
    case .image(let alternative):
      links.sawImage()
      let text = alternative.filter { !$0.isWhitespace }
      if text.count > 1 || text.first.map({ $0.isLetter || $0.isNumber }) ?? false {
        paragraph.append("[\(alternative)]")
      }
    }
  }
}

extension TextBlock {
  var isTable: Bool {
    if case .table = kind { true } else { false }
  }

  init(kind: Kind, text: String) {
    self.kind = kind
    self.text = text
  }
}
