public import MailConfiguration
public import MailStore
internal import MailSystem
internal import Maildir

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

  /// The user's configuration; what it says by itself where there is none.
  public func configuration() throws -> Configuration {
    try Configuration.load(path: config, home: userHome())
  }

  /// The directory of the store.
  public func root() throws -> String { try configuration().storePath(option: store, home: userHome()) }

  /// Opens the store.
  public func open() throws -> Store {
    let configuration = try configuration()
    let root = configuration.storePath(option: store, home: userHome())
    let options = Store.Options(configuration)
    for role in FolderRole.allCases {
      for name in options.names(for: role) {
        guard let problem = FolderName.problem(withNew: name) else { continue }
        throw Failure(.configuration, "folders.\(role.word): \(name): \(problem)", hint: "See mail-config(5).")
      }
    }
    return try Store.open(root, options: options)
  }

  /// Opens the store and brings its envelopes up to date, with a progress bar where that takes a while; `warn` is told
  /// what a person should know (`Self.warn`).
  public func openSynchronised(warn: (String) -> Void) throws -> Store {
    let store = try open()
    var bar = Progress("Reading new messages")
    do {
      try store.synchronise { bar.update($0.done, of: $0.total) }
    } catch {
      guard error.isFull else { throw error }
      warn("\(error); new mail is not shown")
    }
    bar.finish()
    store.notices.forEach(warn)
    return store
  }
}
