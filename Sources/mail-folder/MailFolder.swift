import MailCommand
import MailStore
import Maildir

@main
struct MailFolder: Command {
  static let configuration = CommandConfiguration(
    name: "mail-folder", abstract: "List and create folders.", subcommands: [List.self, Create.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the folders and what is in them.")

    @Option(name: .long, help: "table, names, paths or json. A table on a terminal, names elsewhere.")
    var format: FolderFormat?
    @Flag(name: [.customShort("t"), .customLong("table")], help: "Print a table, wherever it goes.") var table = false
    @Flag(name: [.customShort("0"), .customLong("null")], help: "Separate names and paths by NUL, not newline.")
    var null = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let terminal = Terminal()
      let store = try storeOptions.openSynchronised { MailFolder.warn($0) }
      let form = format ?? (table ? .table : .standard(for: terminal))
      try printFolders(try store.foldersWithMissing(), as: form, null: null, terminal: terminal)
    }
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
      var code: ExitCode?
      for name in names {
        do {
          // The shell's bytes have been repaired where they are no UTF-8.
          if name.unicodeScalars.contains("\u{FFFD}") { throw StoreError.badFolderName(name, reason: "not UTF-8") }
          _ = try store.createFolder(FolderName.canonical(name, in: store.layout))
        } catch let error as StoreError where error.isAboutName {
          let reported = ExitCode(MailFolder.report(error))
          code = code ?? reported
        }
      }
      if let code { throw code }
    }
  }
}

extension StoreError {
  /// Another name may do better.
  fileprivate var isAboutName: Bool {
    switch self {
    case .folderExists, .badFolderName: true
    default: false
    }
  }
}
