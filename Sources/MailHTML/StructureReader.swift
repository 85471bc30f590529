/// Reads HTML tokens and writes a `Structure`.
struct StructureReader {
  /// Open blocks, lists and tables; deeper ones become line breaks.
  static let depthLimit = 150
  /// Open tables.
  static let tableLimit = 40

  /// Bytes of the text that stands for an image.
  static let alternativeLimit = 1000

  var structure = Structure()
  var tokenizer: HTMLTokenizer
  /// The open blocks, lists and tables in their plain form.
  private var open: [HTMLTag] = []
  private var openTables = 0
  /// Blocks that were not opened for the limit.
  private var dropped = 0
  private var isInLink = false
  /// Searches for the end of a hidden element that came to nothing.
  var failedSkips = 0

  init(_ bytes: [UInt8]) { tokenizer = HTMLTokenizer(bytes) }

  /// Reads everything.
  static func read(_ bytes: [UInt8]) -> Structure {
    var reader = StructureReader(bytes)
    reader.structure.markup.reserveCapacity(bytes.count / 2 + 64)
    while let token = reader.tokenizer.next() {
      switch token {
      case .text(let range): reader.text(range)
      case .rawText(let tag, let range): reader.rawText(tag, range)
      case .start(let tag): reader.start(tag)
      case .end(let tag): reader.end(tag)
      }
    }
    return reader.structure
  }

  // MARK: Text

  private mutating func text(_ range: Range<Int>, isRaw: Bool = false) {
    let bytes = tokenizer.bytes
    var start = range.lowerBound
    for index in range {
      let byte = bytes[index]
      guard byte == 0x3C || byte == 0x26 && isRaw || byte < 0x20 && !isSpace(byte) || byte == 0x7F else { continue }
      structure.markup.append(contentsOf: bytes[start..<index])
      if byte == 0x3C { write("&lt;") } else if byte == 0x26 { write("&amp;") }
      start = index + 1
    }
    structure.markup.append(contentsOf: bytes[start..<range.upperBound])
  }

  private mutating func rawText(_ tag: HTMLTag, _ range: Range<Int>) {
    switch tag {
    case .title:
      if structure.title.isEmpty {
        structure.title = attributeText(trimmed(range, in: tokenizer.bytes), in: tokenizer.bytes)
      }
    case .style: structure.remote.note(style: range, kind: .style, in: tokenizer.bytes)
    case .xmp:
      write("<pre>")
      text(range, isRaw: true)
      write("</pre>")
    case .textarea: text(range)
    default: break
    }
  }

  // MARK: Start tags

  private mutating func start(_ tag: HTMLTag) {
    noteRemote(tag)
    let style = readStyle()
    if style.contains(.hidden) || isNeverShown(tag), !tag.isVoid, skipHidden(tag) { return }
    switch tag {
    case .img, .image: if !style.contains(.hidden) { image() }
    case .br: write("<br>")
    case .hr: write("<hr>")
    case .a: link()
    case .q: write("\u{201C}")
    case .p:
      var box = Box()
      box.hasMargin = !style.contains(.noMargin) && !isOfficeParagraph()
      write(tag, box: box.hasMargin ? nil : box)
    case .li, .dd, .dt: startItem(tag)
    case .option: write(" ")
    default:
      if tag.isTablePiece {
        startTablePiece(tag)
      } else if let plain = tag.structure {
        startBlock(plain, from: tag, style)
      }
    }
  }

  private mutating func startBlock(_ plain: HTMLTag, from tag: HTMLTag, _ style: InlineStyle) {
    guard dropped == 0, open.count < Self.depthLimit, plain != .table || openTables < Self.tableLimit else {
      dropped += 1
      write("<br>")
      return
    }
    open.append(plain)
    var box: Box?
    switch plain {
    case .table:
      openTables += 1
      closeLink()
      box = tableBox()
    case .blockquote, .div:
      if isQuote(tag, style) {
        box = Box()
        box?.isQuote = true
      }
    case .ol:
      if let first = number(.start) {
        box = Box()
        box?.number = first
      }
    default: break
    }
    write(plain, box: box)
  }

  private mutating func startItem(_ tag: HTMLTag) {
    endItem(tag)
    guard open.count < Self.depthLimit else {
      write("<br>")
      return
    }
    open.append(tag)
    var box: Box?
    if tag == .li, let value = number(.value) {
      box = Box()
      box?.number = value
    }
    write(tag, box: box)
  }

  /// Ends the open item of the innermost list, if there is one.
  private mutating func endItem(_ tag: HTMLTag) {
    var index = open.count
    while index > 0 {
      index -= 1
      switch open[index] {
      case .table, .ul, .ol, .dl: return
      case .li, .dd, .dt:
        guard (open[index] == .li) == (tag == .li) else { continue }
        let name = open[index]
        open.removeSubrange(index...)
        writeEnd(name)
        return
      default: continue
      }
    }
  }

  private mutating func startTablePiece(_ tag: HTMLTag) {
    guard openTables > 0, dropped == 0 else {
      write(tag == .td || tag == .th ? " " : "<br>")
      return
    }
    closeBlocks(to: .table)
    closeLink()
    var box: Box?
    if tag == .td || tag == .th {
      let span = number(.colspan) ?? 1
      let alignsRight = tokenizer.value(.align).map { equals($0, "right", in: tokenizer.bytes) } ?? false
      if span > 1 || alignsRight {
        box = Box()
        box?.columnSpan = min(max(span, 1), 100)
        box?.alignsRight = alignsRight
      }
    }
    write(tag, box: box)
  }

  // MARK: End tags

  private mutating func end(_ tag: HTMLTag) {
    switch tag {
    case .a: closeLink()
    case .q: write("\u{201D}")
    case .br: write("<br>")
    default:
      if tag.isTablePiece {
        guard openTables > 0, dropped == 0 else { return }
        closeBlocks(to: .table)
        closeLink()
        writeEnd(tag)
      } else if tag == .p {
        writeEnd(tag)
      } else if tag.closesItself {
        endItem(tag)
      } else if let plain = tag.structure {
        endBlock(plain)
      }
    }
  }

  private mutating func endBlock(_ plain: HTMLTag) {
    if dropped > 0 {
      dropped -= 1
      write("<br>")
      return
    }
    var index = open.count
    while index > 0 {
      index -= 1
      if open[index] == plain || open[index].isHeading && plain.isHeading {
        let name = open[index]
        if name == .table {
          openTables -= 1
          closeLink()
        }
        open.removeSubrange(index...)
        writeEnd(name)
        return
      }
      // A cell's end tags don't close what is around its table.
      if open[index] == .table { return }
    }
  }

  /// Forgets the blocks opened since the innermost `tag`, which the tree builder closes by itself.
  private mutating func closeBlocks(to tag: HTMLTag) {
    while let last = open.last, last != tag { open.removeLast() }
  }

  // MARK: Inside a line

  private mutating func link() {
    closeLink()
    guard let href = tokenizer.value(.href) else { return }
    let url = attributeText(trimmed(href, in: tokenizer.bytes), in: tokenizer.bytes)
    guard let shown = shownURL(url) else { return }
    isInLink = true
    event(.linkStart(url: shown))
  }

  private mutating func closeLink() {
    guard isInLink else { return }
    isInLink = false
    event(.linkEnd)
  }

  private mutating func image() {
    let alternative = tokenizer.value(.alt).map { value in
      let range = trimmed(value, in: tokenizer.bytes)
      return attributeText(range.prefix(Self.alternativeLimit), in: tokenizer.bytes)
    }
    event(.image(alternative: alternative ?? ""))
  }

  private mutating func event(_ event: InlineEvent) {
    write("<wbr i=")
    structure.markup.append(contentsOf: Array(String(structure.events.count).utf8))
    write(">")
    structure.events.append(event)
  }

  // MARK: Writing

  private mutating func write(_ text: StaticString) {
    unsafe structure.markup.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func write(_ tag: HTMLTag, box: Box?) {
    structure.markup.append(0x3C)
    structure.markup.append(contentsOf: tag.name.utf8)
    if let box {
      write(" i=")
      structure.markup.append(contentsOf: Array(String(structure.boxes.count).utf8))
      structure.boxes.append(box)
    }
    structure.markup.append(0x3E)
  }

  private mutating func writeEnd(_ tag: HTMLTag) {
    write("</")
    structure.markup.append(contentsOf: tag.name.utf8)
    structure.markup.append(0x3E)
  }
}

extension HTMLTag {
  fileprivate var isHeading: Bool {
    switch self {
    case .h1, .h2, .h3, .h4, .h5, .h6: true
    default: false
    }
  }
}
