import MailCommand
import MailContacts

extension MailContact {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the contacts by name.")

    @Option(name: .long, help: "table, names or json. A table on a terminal, names elsewhere.")
    var format: ContactListFormat?
    @Flag(name: [.customShort("0"), .customLong("null")], help: "Separate names by NUL, not newline.") var null = false
    @Flag(name: .long, help: "Count them.") var count = false
    @OptionGroup var bookOption: BookOption
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      if count {
        let number = try book.count(in: bookOption.book)
        MailContact.report(book)
        return try printLines(["\(number)"])
      }
      var printer = ContactPrinter(format ?? .standard(for: Terminal()), null: null)
      try book.forEachContact(in: bookOption.book) { try printer.print($0) }
      try printer.finish()
      MailContact.report(book)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show contacts.", usage: "mail-contact show [<options>] <contact> ...")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, vcard, json }

    @Argument(
      help: ArgumentHelp("Contacts: a name or its beginning, an address, a number, or a UID.", valueName: "contact"))
    var references: [String]
    @Option(name: .long, help: "text, vcard or json.") var format = Format.text
    @OptionGroup var bookOption: BookOption
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      let output = Output()
      var isFirst = true
      for reference in references {
        let found = try book.contacts(reference, in: bookOption.book)
        if found.isEmpty {
          MailContact.report(book)
          throw ContactError.noSuchContact(reference)
        }
        for contact in found {
          switch format {
          case .text:
            let lines = contact.description.map { "\($0.field): \(clean($0.text))\n" }.joined()
            try output.write((isFirst ? "" : "\n") + lines)
          case .vcard: try book.vCards([contact], lists: [], version: .four) { try output.write($0) }
          case .json: try output.withBuffer { $0.append(json: contact) }
          }
          isFirst = false
        }
      }
      try output.finish()
      MailContact.report(book)
    }
  }
}
