import MailCommand
import MailStore

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
      commandName: "create", abstract: "Make folders; those above them are made as needed.")

    @Argument(help: ArgumentHelp("Names, with '/' between levels: Work/Projects.", valueName: "folder"))
    var names: [String]
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let store = try storeOptions.openSynchronised { MailFolder.warn($0) }
      for name in names { _ = try store.createFolder(name) }
    }
  }
}
