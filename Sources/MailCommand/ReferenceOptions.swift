/// The messages that a command works on, as its arguments.
///
/// For commands that take `FormatOptions` too, whose `-0` then holds for what is read as well.
public struct ReferenceArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Messages: a path, id:<Message-ID>, a number or a range of the last list, '.' for the last message shown.",
      valueName: "ref"))
  public var references: [String] = []

  public init() {}
}

/// The messages that a command works on, and how those on standard input are separated.
public struct ReferenceOptions: ParsableArguments {
  @OptionGroup public var arguments: ReferenceArguments

  @Flag(name: [.customShort("0"), .customLong("null")], help: "References on standard input are separated by NUL.")
  public var null = false

  public init() {}

  /// What was given on the command line.
  public var references: [String] { arguments.references }
}
