/// How messages are laid out in tables, and what separates references.
public struct PrinterOptions: Sendable {
  /// The lines that a message takes in a table.
  public enum Layout: String, Sendable, CaseIterable {
    /// One line.
    case compact
    /// Two lines: the second is the subject's, with tags.
    case normal
  }

  public var layout = Layout.compact
  /// Date and time with year in every line, instead of the shortest form that is clear today.
  public var fullDates = false
  /// Show which folder a message lies in.
  public var showsFolder = false
  /// Separate paths and ids by NUL.
  public var null = false
  /// How many messages will be printed, as far as known; decides how wide numbers are.
  public var expected = 0
  /// The present moment, seconds since 1970.
  public var now: Int64 = 0

  public init() {}
}

/// The options that say how a table of messages looks.
public struct TableOptions: ParsableArguments {
  enum LayoutFlag: String, EnumerableFlag {
    case compact, normal
    static func help(for value: LayoutFlag) -> ArgumentHelp? {
      switch value {
      case .compact: "One line a message (this is how it is without either)."
      case .normal: "Two lines a message: subject and tags have their own."
      }
    }
  }

  @Flag(exclusivity: .chooseLast) var layout: LayoutFlag?

  @Flag(name: .long, help: "Date and time with the year in every line.")
  public var fullDates = false

  public init() {}

  /// The same as options for a printer.
  public func printerOptions(null: Bool = false) -> PrinterOptions {
    var options = PrinterOptions()
    options.layout = layout == .normal ? .normal : .compact
    options.fullDates = fullDates
    options.null = null
    return options
  }
}
