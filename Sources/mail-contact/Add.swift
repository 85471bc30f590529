import MailCommand
import MailContacts
import MailMIME
import MailSystem

extension MailContact {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a contact, or an address to one.",
      usage: """
        mail-contact add [<options>] [<name>]
        mail-contact add --from-message [--field <field>] [--to <contact>] [<ref> ...]
        """)

    @Argument(help: ArgumentHelp("The name, or 'Name <address>'; with --from-message, messages.", valueName: "name"))
    var words: [String] = []
    @OptionGroup(title: "Contact") var fields: ContactFields
    @Flag(name: .long, help: "Take the sender of a message.") var fromMessage = false
    @Option(
      name: .long,
      help: ArgumentHelp("With --from-message: from, reply-to, to, cc, or all of them.", valueName: "field"))
    var field = MessageField.from
    @Option(name: .long, help: ArgumentHelp("Add to this contact instead of making one.", valueName: "contact"))
    var to: String?
    @Flag(name: .long, help: "Open the contact in the editor before it is stored.") var edit = false
    @OptionGroup var bookOption: BookOption
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    func validate() throws {
      if !fromMessage, field != .from { throw ValidationError("--field goes with --from-message") }
      if fromMessage, edit { throw ValidationError("--edit and --from-message exclude each other") }
      if fromMessage, !fields.isEmpty { throw ValidationError("--from-message says what the contact has") }
      if !fromMessage, words.count > 1 { throw ValidationError("one name at a time: put it in quotes") }
      if !fromMessage, to == nil, words.isEmpty, fields.isEmpty, !edit, !isTerminal(0) {
        throw ValidationError("a name, an address or a number is needed")
      }
      if to != nil, !fromMessage, words.isEmpty, fields.isEmpty, !edit {
        throw ValidationError("--to needs an address or a number to add")
      }
      if to != nil, bookOption.book != nil, fromMessage == false, words.isEmpty == false, edit {
        throw ValidationError("--edit and --to exclude each other")
      }
    }

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      if fromMessage { return try addSenders(book) }
      if let to { return try extend(to, book) }
      var contact = Contact()
      if let word = words.first { AddressWord(word).apply(to: &contact) }
      fields.apply(to: &contact)
      if edit || (words.isEmpty && fields.isEmpty) {
        guard let edited = try editContact(contact) else { return MailContact.warn("nothing is added") }
        contact = edited
      }
      warnOfTwins(contact, book)
      try book.add(contact, to: bookOption.book)
    }

    private func extend(_ reference: String, _ book: ContactBook) throws {
      let (words, fields) = (words, fields)
      try book.change(book.contact(reference, in: bookOption.book)) { contact in
        if let word = words.first { AddressWord(word).extend(&contact) }
        fields.apply(to: &contact)
      }
    }

    /// Somebody of the same address may be there already, which is no error.
    private func warnOfTwins(_ contact: Contact, _ book: ContactBook) {
      for email in contact.emails {
        // What can't be looked up now is an error when it is stored.
        guard let twin = try? book.contacts(email.value, isLoose: false).first else { continue }
        MailContact.warn(
          "\(email.value): \(twin.name) has this address already", hint: "mail-contact merge finds duplicates.")
      }
    }

    private func addSenders(_ book: ContactBook) throws {
      var sources = MessageSources(storeOptions, complain: MailContact.complain) { MailContact.warn($0) }
      sources.defaultsToShown = true
      var found: [Address] = []
      try sources.forEach(words) { source in
        found += field.addresses(of: Message(parsingHeaderOf: source.bytes))
      }
      try sources.finish()
      let result = try book.save(found, to: to, in: bookOption.book)
      for address in result.known { MailContact.warn("\(address): is in the address book already") }
      if result.added == 0, result.known.isEmpty { throw Failure(.no, "the message names nobody there") }
    }
  }
}
