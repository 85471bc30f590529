import MailCommand
import MailStore
import MailSystem

extension MailFolder {
  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Put folders, with all below them, into Trash.")

    @Argument(help: ArgumentHelp("The folders.", valueName: "folder")) var names: [String] = []
    @Flag(name: .long, help: "Remove folders that lie in Trash for good, with all messages in them.")
    var permanently = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      guard !names.isEmpty else { throw Failure.usage("no folder named", hint: "Try 'mail-folder delete --help'.") }
      let store = try storeOptions.openSynchronised { MailFolder.warn($0) }
      try MailFolder.forEach(names) { name in
        if permanently {
          var bar = Progress("Removing messages")
          catchInterrupts()
          try store.removeFolder(name) { bar.update($0, of: $1) }
          bar.finish()
        } else {
          do {
            try store.deleteFolder(name)
          } catch StoreError.alreadyInTrash(let name) {
            throw Failure(
              .notPermitted, StoreError.alreadyInTrash(name).description, hint: "--permanently removes it for good.")
          }
        }
      }
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Bring deleted folders back to where they were.")

    @Argument(help: ArgumentHelp("Their names, in Trash or those they had.", valueName: "folder"))
    var names: [String] = []
    @Option(name: .long, help: ArgumentHelp("The name to give a folder that is restored.", valueName: "name"))
    var to: String?
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      guard !names.isEmpty else {
        throw Failure.usage("no folder named", hint: "'mail-folder list --deleted' names those that can be restored.")
      }
      if to != nil, names.count > 1 { throw Failure.usage("--to is for one folder") }
      let store = try storeOptions.openSynchronised { MailFolder.warn($0) }
      let target = try to.map(MailFolder.checked)
      try MailFolder.forEach(names) { name in
        do {
          try store.restoreFolder(name, to: target)
        } catch StoreError.folderExists(let name) {
          throw Failure(
            .cannotCreate, StoreError.folderExists(name).description, hint: "--to restores under another name.")
        } catch StoreError.noSuchFolder(let name) {
          throw Failure(
            .noInput, "\(name): no such folder in Trash",
            hint: "'mail-folder list --deleted' names those that can be restored.")
        }
      }
    }
  }
}
