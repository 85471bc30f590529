/// The options that say which store and which configuration a command uses.
public struct StoreOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("The store. Without it $MAILDIR, the configuration's, or ~/Maildir.", valueName: "dir"))
  public var store: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.", valueName: "file"))
  public var config: String?

  public init() {}
}
