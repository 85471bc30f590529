import MailCommand
import MailContacts
import MailSystem

extension MailContact {
  struct ListShow: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list-show", abstract: "Show the members of lists, or all lists.",
      usage: "mail-contact list-show [<options>] [<list> ...]")

    @Argument(
      help: ArgumentHelp("Lists; without one, all lists and how many members they have.", valueName: "list"),
      completion: .contactLists)
    var lists: [String] = []
    @Option(name: .long, help: "table, names or json. A table on a terminal, names elsewhere.")
    var format: ContactListFormat?
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      let form = format ?? .standard(for: Terminal())
      if lists.isEmpty { try printLists(book.lists(), as: form) }
      for list in lists { try printMembers(book.members(ofList: list), as: form) }
      MailContact.report(book)
    }
  }

  struct ListExport: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list-export", abstract: "Write the members of a list as CSV.",
      usage: "mail-contact list-export [<options>] <list>")

    @Argument(help: ArgumentHelp("The list.", valueName: "list"), completion: .contactLists) var list: String
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      let output = Output()
      try ContactBook.csv(members: book.members(ofList: list)) { try output.write($0) }
      try output.finish()
    }
  }

  struct GroupShow: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "group-show", abstract: "Show the members of groups, or all groups.",
      usage: "mail-contact group-show [<options>] [<group> ...]")

    @Argument(
      help: ArgumentHelp("Groups; without one, all groups of the configuration.", valueName: "group"),
      completion: .contactGroups)
    var groups: [String] = []
    @Option(name: .long, help: "table, names or json. A table on a terminal, names elsewhere.")
    var format: ContactListFormat?
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      let form = format ?? .standard(for: Terminal())
      if groups.isEmpty { try printGroups(book.groups(), as: form) }
      for group in groups { try printMembers(book.expand(group: group), as: form) }
    }
  }

  struct Harvest: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "harvest", abstract: "Learn correspondents from the messages of the store.")

    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts(synchronised: true) { MailContact.warn($0) }
      guard book.settings.harvests else {
        throw Failure(.configuration, "contacts.harvest is false: correspondents are not remembered")
      }
      catchInterrupts()
      var bar = Progress("Learning correspondents")
      let result = try book.harvest { bar.update($0, of: $1) }
      bar.finish()
      if result.rest > 0 { throw Failure(.interrupted, "stopped: \(result.rest) messages are left for the next time") }
    }
  }

  struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "forget", abstract: "Never offer these addresses again, unless they are contacts.",
      usage: "mail-contact forget [<options>] <address> ...")

    @Argument(help: ArgumentHelp("Addresses.", valueName: "address")) var addresses: [String]
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let unknown = try storeOptions.openContacts().forget(addresses)
      for address in unknown { MailContact.complain(Failure(.noInput, "\(address): not known")) }
      if !unknown.isEmpty { throw ExitCode.noInput }
    }
  }
}
