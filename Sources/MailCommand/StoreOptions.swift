public import MailStore
internal import MailSystem

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

  /// The directory of the store.
  public func root() throws -> String {
    if let store { return store }
    if let maildir = environment("MAILDIR") { return maildir }
    guard let home = userHome() else {
      throw Failure(.configuration, "no store: there is no home directory", hint: "Name one with --store.")
    }
    return home + "/Maildir"
  }

  /// Opens the store.
  public func open() throws -> Store {
    try Store.open(try root())
  }

  /// Opens the store and brings its envelopes up to date, with a progress bar where that takes a while; `warn` is told
  /// what a person should know (`Self.warn`).
  public func openSynchronised(warn: (String) -> Void) throws -> Store {
    let store = try open()
    var bar = Progress("Reading new messages")
    try store.synchronise { bar.update($0.done, of: $0.total) }
    bar.finish()
    store.notices.forEach(warn)
    return store
  }
}
