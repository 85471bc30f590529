import MailCommand
import MailStore

extension MailFolder {
  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Give a folder, with all below it, another name.")

    @Argument(help: "Its name.") var old: String
    @Argument(help: "Its new name, with all levels: Work/Old.") var new: String
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let store = try storeOptions.openSynchronised { MailFolder.warn($0) }
      try store.renameFolder(try MailFolder.checked(old), to: try MailFolder.checked(new))
    }
  }

  struct Move: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "move", abstract: "Put folders, with all below them, into another folder.",
      usage: "mail-folder move <folder> ... <parent>")

    @Argument(help: ArgumentHelp("The folders, and then the one they go into: '/' for none.", valueName: "folder"))
    var names: [String] = []
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      guard let parent = names.popLast(), !names.isEmpty else {
        throw Failure.usage("a folder and the one it goes into must be named", hint: "Try 'mail-folder move --help'.")
      }
      let store = try storeOptions.openSynchronised { MailFolder.warn($0) }
      let place = parent == "/" ? nil : try MailFolder.checked(parent)
      try MailFolder.forEach(names) { try store.moveFolder($0, into: place) }
    }
  }
}
