import MailBytes
import MailCommand
import MailMIME
import MailView

/// Prints messages for people, with colours where the terminal has them.
struct Screen {
  /// Wider text is hard to read.
  static let readableWidth = 100
  private static let pieceSize = 64 << 10

  let output: Output
  private let terminal: Terminal
  private let width: Int?

  init(output: Output, terminal: Terminal, width: Int?) {
    self.output = output
    self.terminal = terminal
    self.width = width
  }

  /// How messages are laid out here: for the terminal, or 80 columns wide without touching lines that their author broke.
  var viewOptions: MessageView.Options {
    var options = MessageView.Options()
    options.width = width ?? min(terminal.columns ?? 80, Self.readableWidth)
    options.wrapsFixedLines = width != nil || terminal.isTerminal
    options.localOffset = { Int(LocalTime.systemOffset(at: $0) / 60) }
    return options
  }

  /// Prints bytes as they are, piece by piece: a large message isn't copied whole.
  func write(_ bytes: some RandomAccessCollection<UInt8>) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      try output.write(rest.prefix(Self.pieceSize))
      rest = rest.dropFirst(Self.pieceSize)
    }
  }

  /// Prints a line between two messages.
  func separate() throws {
    try output.withBuffer { buffer in
      buffer.append(UInt8(ascii: "\n"))
      style(.dim, in: &buffer) { $0.append(String(repeating: "━", count: ruleWidth)) }
      buffer.append(literal: "\n\n")
    }
  }

  /// Prints all fields of the header, unfolded and decoded.
  func printHeader(of message: Message) throws {
    let headers = message.headers
    for field in headers.fields {
      try output.withBuffer { buffer in
        style(.bold, in: &buffer) { $0.append(clean(field.name) + ":") }
        buffer.append(" " + clean(headers.text(of: field)) + "\n")
      }
    }
  }

  /// Prints a laid out message.
  func print(_ view: MessageView) throws {
    for line in view.lines {
      try output.withBuffer { buffer in
        append(line, to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
      }
    }
  }

  private var ruleWidth: Int { min(width ?? terminal.columns ?? 80, Self.readableWidth) }

  private func append(_ line: ViewLine, to buffer: inout ByteBuffer) {
    if !line.label.isEmpty { style(.bold, in: &buffer) { $0.append(line.label) } }
    switch line.kind {
    case .text, .header: buffer.append(line.text)
    case .comment: style(.magenta, in: &buffer) { $0.append(line.text) }
    case .heading: style(.bold, in: &buffer) { $0.append(line.text) }
    case .quote(let depth): style(Self.quoteStyles[(depth - 1) % 3], in: &buffer) { $0.append(line.text) }
    case .signature: style(.dim, in: &buffer) { $0.append(line.text) }
    case .attachment: style(.blue, in: &buffer) { $0.append(line.text) }
    case .notice: style(.yellow, in: &buffer) { $0.append(line.text) }
    case .separator:
      let title = line.text.isEmpty ? "" : " \(line.text) "
      let rule = String(repeating: "─", count: max(ruleWidth - 2 - displayWidth(title), 2))
      style(.dim, in: &buffer) { $0.append("──" + title + rule) }
    }
  }

  private static let quoteStyles: [Style] = [.green, .cyan, .magenta]

  private func style(_ style: Style, in buffer: inout ByteBuffer, _ body: (inout ByteBuffer) -> Void) {
    if terminal.hasColour { buffer.append(literal: style.on) }
    body(&buffer)
    if terminal.hasColour { buffer.append(literal: Style.off) }
  }
}
