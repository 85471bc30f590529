import MailCommand
import MailStore

extension MailFolder {
  struct ListOptions: ParsableArguments {
    @Option(name: .long, help: "table, names, paths or json. A table on a terminal, names elsewhere.")
    var format: FolderFormat?
    @Flag(name: [.customShort("t"), .customLong("table")], help: "Print a table, wherever it goes.") var table = false
    @Flag(name: [.customShort("0"), .customLong("null")], help: "Separate names and paths by NUL, not newline.")
    var null = false
    @Flag(name: .long, help: "Only folders with unread messages.") var unread = false
    @Flag(name: .long, help: "Only folders that mail clients are asked to show.") var subscribed = false
    @Flag(name: .long, help: "Only folders that were deleted and can be restored.") var deleted = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    func list(_ patterns: [String]) throws {
      let terminal = Terminal()
      let store = try storeOptions.openSynchronised { MailFolder.warn($0) }
      let form = format ?? (table ? .table : .standard(for: terminal))
      let folders = try foldersMatching(patterns, among: try store.folderSummaries(showsLevels: deleted)).filter {
        summary in
        (!unread || summary.folder.unread > 0) && (!subscribed || summary.isSubscribed)
          && (!deleted || summary.origin != nil)
      }
      try printFolders(folders, as: form, null: null, terminal: terminal)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the folders and what is in them.")

    @Argument(
      help: ArgumentHelp(
        "Only these folders and those below them, or those that fit a pattern with '*' and '?'.", valueName: "folder"))
    var patterns: [String] = []
    @OptionGroup var options: ListOptions

    mutating func run() throws { try options.list(patterns) }
  }

  /// What happens without a word: takes no folders, so that a mistyped word is no folder to be listed.
  struct ListAll: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list-all", shouldDisplay: false)

    @OptionGroup var options: ListOptions

    mutating func run() throws { try options.list([]) }
  }

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create", abstract: "Make folders; those above them need not exist and are not made.")

    @Argument(help: ArgumentHelp("Names, with '/' between levels: Work/Projects.", valueName: "folder"))
    var names: [String] = []
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      guard !names.isEmpty else { throw Failure.usage("no folder named", hint: "Try 'mail-folder create --help'.") }
      let store = try storeOptions.openSynchronised { MailFolder.warn($0) }
      try MailFolder.forEach(names) { name in
        _ = try store.createFolder(name)
        // Made all the same: Postbag and the programs that read modified UTF-7 know what to do with it.
        if store.escapesDots(in: name) {
          MailFolder.warn("\(name): Dovecot's users can't reach a folder with a dot in its name")
        }
      }
    }
  }

  struct Subscribe: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "subscribe", abstract: "Have mail clients show folders, or no longer.")

    @Argument(help: ArgumentHelp("The folders.", valueName: "folder")) var names: [String] = []
    @Flag(name: .long, help: "Unsubscribe.") var off = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      guard !names.isEmpty else { throw Failure.usage("no folder named", hint: "Try 'mail-folder subscribe --help'.") }
      let store = try storeOptions.openSynchronised { MailFolder.warn($0) }
      try MailFolder.forEach(names) { try store.setSubscribed($0, !off) }
    }
  }
}
