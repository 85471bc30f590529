internal import MailSystem

/// What is known about the terminal that standard output goes to, if it does.
public struct Terminal: Sendable {
  /// Standard output is a terminal.
  public var isTerminal: Bool
  /// Columns; nil when lines may be as long as they like, because they don't go to a terminal.
  public var columns: Int?
  /// Rows.
  public var rows: Int
  /// Escape sequences for colour may be printed.
  public var hasColour: Bool

  /// A place that is no terminal.
  public static let none = Terminal(isTerminal: false, columns: nil, rows: 24, hasColour: false)

  public init(isTerminal: Bool, columns: Int?, rows: Int, hasColour: Bool) {
    self.isTerminal = isTerminal
    self.columns = columns
    self.rows = rows
    self.hasColour = hasColour
  }

  /// The terminal behind `descriptor`; `$COLUMNS`, `$LINES`, `$NO_COLOR` and `$TERM` have their say.
  public init(descriptor: Int32 = 1) {
    isTerminal = MailSystem.isTerminal(descriptor)
    let size = isTerminal ? terminalSize(descriptor) : nil
    let columns = environment("COLUMNS").flatMap { Int($0) } ?? size?.columns ?? 0
    let rows = environment("LINES").flatMap { Int($0) } ?? size?.rows ?? 0
    self.columns = columns > 0 ? max(columns, 20) : isTerminal ? 80 : nil
    self.rows = rows > 0 ? rows : 24
    hasColour = isTerminal && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
  }
}

/// Text attributes of ECMA-48, section 8.3.117 (SGR).
public enum Style: String, Sendable {
  case bold, dim, underline, red, green, yellow, blue, magenta, cyan

  /// The sequence that turns the attribute on.
  public var on: StaticString {
    switch self {
    case .bold: "\u{1B}[1m"
    case .dim: "\u{1B}[2m"
    case .underline: "\u{1B}[4m"
    case .red: "\u{1B}[31m"
    case .green: "\u{1B}[32m"
    case .yellow: "\u{1B}[33m"
    case .blue: "\u{1B}[34m"
    case .magenta: "\u{1B}[35m"
    case .cyan: "\u{1B}[36m"
    }
  }

  /// The sequence that turns all attributes off.
  public static let off: StaticString = "\u{1B}[0m"
}
