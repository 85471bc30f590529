import MailCommand
import MailContacts
import MailSystem

extension MailContact {
  struct ListCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list-create", abstract: "Make a list of recipients.",
      usage: "mail-contact list-create [<options>] <list> [<member> ...]")

    @Argument(help: ArgumentHelp("Its name; 'Group/Name' makes a list of a group.", valueName: "list")) var list: String
    @Argument(help: ArgumentHelp("Members, as of list-add.", valueName: "member")) var members: [String] = []
    @Option(
      name: .long,
      help: ArgumentHelp("Who may change a group's list: an address or account; '*' is every member.", valueName: "who")
    )
    var editor: [String] = []
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      try book.createList(list, editors: editor, members: members)
    }
  }

  struct ListAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list-add", abstract: "Add members to a list.",
      usage: "mail-contact list-add [<options>] <list> <member> ...")

    @Argument(help: ArgumentHelp("The list.", valueName: "list"), completion: .contactLists) var list: String
    @Argument(
      help: ArgumentHelp(
        "Contacts, addresses, NUMBER@SMS, NUMBER@fax; without one, lines of standard input.", valueName: "member"))
    var members: [String] = []
    @Flag(name: .long, help: "Contacts are reached by SMS.") var sms = false
    @Flag(name: .long, help: "Contacts are reached by fax.") var fax = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    func validate() throws {
      if sms, fax { throw ValidationError("--sms and --fax exclude each other") }
    }

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      let wanted = try memberWords(members)
      let added = try book.addMembers(wanted, toList: list, channel: sms ? .sms : fax ? .fax : .mail)
      let known = wanted.count - added
      if known > 0 { MailContact.warn("\(list): had \(known) of them already") }
    }
  }

  struct ListRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list-remove", abstract: "Take members off a list.",
      usage: "mail-contact list-remove [<options>] <list> <member> ...")

    @Argument(help: ArgumentHelp("The list.", valueName: "list"), completion: .contactLists) var list: String
    @Argument(help: ArgumentHelp("Members; without one, lines of standard input.", valueName: "member"))
    var members: [String] = []
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      let missing = try book.removeMembers(memberWords(members), fromList: list)
      for text in missing { MailContact.complain(Failure(.noInput, "\(text): not on the list")) }
      if !missing.isEmpty { throw ExitCode.noInput }
    }
  }

  struct ListDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list-delete", abstract: "Delete lists; the contacts stay.",
      usage: "mail-contact list-delete [<options>] <list> ...")

    @Argument(help: ArgumentHelp("Lists.", valueName: "list"), completion: .contactLists) var lists: [String]
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      for list in lists { try book.deleteList(list) }
    }
  }

  struct ListRename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list-rename", abstract: "Give a list another name.",
      usage: "mail-contact list-rename [<options>] <list> <name>")

    @Argument(help: ArgumentHelp("The list.", valueName: "list"), completion: .contactLists) var list: String
    @Argument(help: ArgumentHelp("The new name.", valueName: "name")) var name: String
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws { try storeOptions.openContacts().renameList(list, to: name) }
  }

  struct ListAccess: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list-access", abstract: "Say who may change a list of a group.",
      usage: "mail-contact list-access [<options>] <list> [<who> ...]")

    @Argument(help: ArgumentHelp("The list, 'Group/Name'.", valueName: "list"), completion: .contactLists)
    var list: String
    @Argument(
      help: ArgumentHelp(
        "Addresses or accounts; '*' is every member, none those who may change the book alone.", valueName: "who"))
    var editors: [String] = []
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws { try storeOptions.openContacts().setEditors(ofList: list, to: editors) }
  }
}

/// The members that were named, or the lines of standard input.
private func memberWords(_ words: [String]) throws -> [String] {
  guard words.isEmpty else { return words }
  guard !isTerminal(0) else {
    throw Failure.usage("no members given", hint: "Name them, or send them to standard input, one a line.")
  }
  let text = String(decoding: try readToEnd(0, limit: 16 << 20, path: "standard input"), as: UTF8.self)
  return text.split(separator: "\n").map { $0.hasSuffix("\r") ? String($0.dropLast()) : String($0) }.filter {
    !$0.isEmpty
  }
}
