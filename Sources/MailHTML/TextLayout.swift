internal import MailBytes

/// One line of laid out text.
public struct TextLine: Sendable, Equatable {
  public enum Style: Sendable {
    case body
    case heading
    /// A line across, or between the head and the rows of a table.
    case rule
    /// Not to be wrapped.
    case preformatted
  }

  /// How many times the line is quoted; `text` has no quote marks.
  public var quoteDepth: Int
  public var text: String
  public var style: Style = .body

  /// A line of text.
  public init(quoteDepth: Int, text: String, style: Style = .body) {
    self.quoteDepth = quoteDepth
    self.text = text
    self.style = style
  }
}

extension StyledText {
  /// The text in lines of at most `width` columns, quote marks (`> `) counted though not written.
  public func lines(width: Int) -> [TextLine] {
    var layout = TextLayout(width: width)
    for block in blocks { layout.append(block) }
    return layout.lines
  }
}

struct TextLayout {
  /// Narrower columns can't be read.
  static let minimumWidth = 20

  let width: Int
  private(set) var lines: [TextLine] = []

  mutating func append(_ block: TextBlock) {
    let room = max(width - (block.quoteDepth > 0 ? block.quoteDepth + 1 : 0), Self.minimumWidth)
    if block.hasSpaceBefore, let last = lines.last, !last.text.isEmpty {
      add("", min(last.quoteDepth, block.quoteDepth))
    }
    let indent = min(block.indent, room / 2)
    switch block.kind {
    case .rule: add(String(repeating: "─", count: min(room, 72)), block.quoteDepth, .rule)
    case .table(let rows):
      for line in TableLayout(rows: rows, width: room - indent).lines {
        add(String(repeating: " ", count: indent) + line.text, block.quoteDepth, line.style)
      }
    case .preformatted:
      let prefix = String(repeating: " ", count: indent)
      for line in block.text.split(separator: "\n", omittingEmptySubsequences: false) {
        add(prefix + expandTabs(line), block.quoteDepth, .preformatted)
      }
    case .paragraph, .heading: appendText(block, indent: indent, room: room)
    }
  }

  private mutating func appendText(_ block: TextBlock, indent: Int, room: Int) {
    let style: TextLine.Style = block.kind == .heading ? .heading : .body
    var prefix = String(repeating: " ", count: indent)
    if !block.marker.isEmpty {
      prefix = String(repeating: " ", count: max(indent - displayWidth(block.marker) - 1, 0)) + block.marker + " "
    }
    for line in block.text.split(separator: "\n", omittingEmptySubsequences: false) {
      for part in wrapped(line, width: room - indent) {
        add(part.isEmpty ? part : prefix + part, block.quoteDepth, style)
        prefix = String(repeating: " ", count: indent)
      }
    }
  }

  private mutating func add(_ text: String, _ quoteDepth: Int, _ style: TextLine.Style = .body) {
    lines.append(TextLine(quoteDepth: quoteDepth, text: clean(text), style: style))
  }
}

/// `text` in lines of at most `width` columns, no-break spaces turned to spaces.
func wrapped(_ text: Substring, width: Int) -> [String] {
  var result: [String] = []
  let bytes = Array(text.utf8)
  wrapLines(bytes.span, width: width) { range in
    result.append(String(decoding: withoutNoBreakSpaces(bytes[range]), as: UTF8.self))
  }
  return result
}

private func withoutNoBreakSpaces(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var index = bytes.startIndex
  while index < bytes.endIndex {
    if bytes[index] == 0xC2, index + 1 < bytes.endIndex, bytes[index + 1] == 0xA0 {
      result.append(0x20)
      index += 2
    } else {
      result.append(bytes[index])
      index += 1
    }
  }
  return result
}
