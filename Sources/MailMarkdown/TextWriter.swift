internal import CCmark
internal import MailMIME

/// Writes the nodes of a document as paragraphs of plain text.
struct TextWriter {
  private var paragraphs: [FlowedText.Paragraph] = []
  /// The paragraph that is being written.
  private var line = ""
  private var quoteDepth = 0
  /// What stands before the first line of an item, and is spaces before its other lines.
  private var marker = ""
  private var indent = 0
  private var lists: [List] = []
  /// Where in `line` the words of each open link begin.
  private var linkStarts: [Int] = []
  private var needsBlankLine = false

  private struct List {
    var number: Int?
    var isTight: Bool
    var indent: Int
    var delimiter: String
  }

  mutating func finish() -> [FlowedText.Paragraph] { paragraphs }

  /// Takes in one node: its begin, or its end.
  mutating func write(_ node: OpaquePointer, _ type: cmark_node_type, isEntered: Bool) {
    switch type {
    case CMARK_NODE_BLOCK_QUOTE: quote(isEntered)
    case CMARK_NODE_LIST: unsafe isEntered ? beginList(node) : endList()
    case CMARK_NODE_ITEM: isEntered ? beginItem() : endItem()
    case CMARK_NODE_PARAGRAPH: if !isEntered { endBlock() }
    case CMARK_NODE_HEADING: if !isEntered { unsafe endHeading(Int(cmark_node_get_heading_level(node))) }
    case CMARK_NODE_THEMATIC_BREAK: endBlock("* * *")
    case CMARK_NODE_CODE_BLOCK: unsafe codeBlock(text(cmark_node_get_literal(node)))
    case CMARK_NODE_TEXT: unsafe line += text(cmark_node_get_literal(node))
    case CMARK_NODE_SOFTBREAK: line += " "
    case CMARK_NODE_LINEBREAK: breakLine()
    case CMARK_NODE_CODE: unsafe line += "`\(text(cmark_node_get_literal(node)))`"
    case CMARK_NODE_EMPH: line += "_"
    case CMARK_NODE_STRONG: line += "*"
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE: unsafe reference(node, type, isEntered)
    default: break
    }
  }

  // MARK: Blocks

  private mutating func quote(_ isEntered: Bool) {
    quoteDepth += isEntered ? 1 : -1
    needsBlankLine = !paragraphs.isEmpty && marker.isEmpty
  }

  private mutating func beginList(_ node: OpaquePointer) {
    let isOrdered = unsafe cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
    let start = unsafe Int(cmark_node_get_list_start(node))
    lists.append(
      List(
        number: isOrdered ? start : nil, isTight: unsafe cmark_node_get_list_tight(node) != 0, indent: indent,
        delimiter: unsafe cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ") " : ". "))
  }

  private mutating func endList() {
    guard let list = lists.popLast() else { return }
    indent = list.indent
    needsBlankLine = lists.last.map { !$0.isTight } ?? true
  }

  private mutating func beginItem() {
    guard let list = lists.last else { return }
    // An item that begins with a list has two markers in one line.
    let word = list.number.map { "\($0)\(list.delimiter)" } ?? "- "
    if marker.isEmpty { marker = spaces(list.indent) }
    marker += word
    indent = list.indent + word.utf8.count
  }

  private mutating func endItem() {
    if !marker.isEmpty { endBlock() }
    guard let place = lists.indices.last else { return }
    lists[place].number? += 1
    indent = lists[place].indent
    needsBlankLine = !lists[place].isTight
  }

  private mutating func endBlock(_ text: String? = nil) {
    blankLine()
    append(text ?? line)
    line = ""
    needsBlankLine = lists.last.map { !$0.isTight } ?? true
  }

  /// A line below a heading that shows its level as far as text can.
  private mutating func endHeading(_ level: Int) {
    let width = min(line.count, 72)
    endBlock()
    if level <= 2, width > 0 { append(String(repeating: level == 1 ? "=" : "-", count: width), isFlowed: false) }
    needsBlankLine = true
  }

  private mutating func codeBlock(_ text: String) {
    blankLine()
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines { append(line.isEmpty ? "" : "    \(line)", isFlowed: false) }
    needsBlankLine = true
  }

  private mutating func blankLine() {
    defer { needsBlankLine = false }
    guard needsBlankLine, let last = paragraphs.last else { return }
    paragraphs.append(.init(quoteDepth: min(last.quoteDepth, quoteDepth), text: "", isFlowed: false))
  }

  private mutating func append(_ text: String, isFlowed: Bool = true) {
    let before = marker.isEmpty ? text.isEmpty ? "" : spaces(indent) : marker
    marker = ""
    var line = before + text
    while line.last == " " { line.removeLast() }
    paragraphs.append(.init(quoteDepth: quoteDepth, text: line, isFlowed: isFlowed))
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: min(count, 40)) }

  // MARK: Inside a paragraph

  private mutating func breakLine() {
    // The words of a link that goes on in the next line begin there.
    for index in linkStarts.indices { linkStarts[index] = 0 }
    blankLine()
    append(line)
    line = ""
  }

  private mutating func reference(_ node: OpaquePointer, _ type: cmark_node_type, _ isEntered: Bool) {
    if isEntered {
      linkStarts.append(line.utf8.count)
      return
    }
    let start = line.utf8.index(line.startIndex, offsetBy: linkStarts.popLast() ?? 0)
    let words = String(line[start...])
    let address = unsafe text(cmark_node_get_url(node))
    if type == CMARK_NODE_IMAGE {
      line.removeSubrange(start...)
      line += "[\(words.isEmpty ? Self.lastName(address) : words)]"
      if Self.isRemote(address) { line += " <\(address)>" }
    } else if !address.isEmpty, words != address, "mailto:\(words)" != address, Self.unescaped(address) != words {
      line += words.isEmpty ? "<\(address)>" : " <\(address)>"
    }
  }

  private static func isRemote(_ address: String) -> Bool {
    address.hasPrefix("http:") || address.hasPrefix("https:")
  }

  private static func lastName(_ address: String) -> String {
    address.hasPrefix("cid:") || address.hasPrefix("data:")
      ? "image" : String(address.split(separator: "/").last ?? "image")
  }

  /// `address` with the octets that its author typed: an address that stands for itself is written once.
  private static func unescaped(_ address: String) -> String {
    guard address.utf8.contains(0x25) else { return address }
    var output: [UInt8] = []
    let bytes = Array(address.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count, let high = hexValue(bytes[index + 1]),
        let low = hexValue(bytes[index + 2])
      {
        output.append(high << 4 | low)
        index += 3
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
