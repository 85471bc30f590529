internal import MailSystem

/// The form in which messages are printed.
public enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Lines for people, with numbers that other commands take.
  case table
  /// One absolute path a line.
  case paths
  /// One `id:<Message-ID>` a line.
  case ids
  /// One JSON object a line.
  case json
}

/// The options that say how messages are printed.
public struct FormatOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "table, paths, ids or json. Without it $POSTBAG_FORMAT, else a table on a terminal and paths elsewhere.",
      valueName: "format"))
  public var format: OutputFormat?

  @Flag(name: [.customShort("t"), .customLong("table")], help: "Print a table, wherever it goes.")
  public var table = false

  @Flag(name: [.customShort("0"), .customLong("null")], help: "Separate paths and ids by NUL, not newline.")
  public var null = false

  public init() {}

  /// The form to print in, standard output being `terminal`.
  public func resolved(for terminal: Terminal) throws -> OutputFormat {
    if let format { return format }
    if table { return .table }
    if let wanted = environment("POSTBAG_FORMAT") {
      guard let format = OutputFormat(rawValue: wanted) else {
        throw Failure.usage("$POSTBAG_FORMAT: '\(wanted)' is none of table, paths, ids, json")
      }
      return format
    }
    return terminal.isTerminal ? .table : .paths
  }
}
