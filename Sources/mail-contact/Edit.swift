import MailCommand
import MailContacts
import MailSystem

extension MailContact {
  struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "edit", abstract: "Change a contact, in the editor or by options.",
      usage: "mail-contact edit [<options>] <contact>")

    @Argument(help: ArgumentHelp("The contact: its name, an address, a number, or its UID.", valueName: "contact"))
    var reference: String
    @Flag(name: .customLong("vcard"), help: "Edit the vCard itself.") var isVCard = false
    @Option(name: .long, help: ArgumentHelp("The name as it is shown.", valueName: "name")) var name: String?
    @OptionGroup(title: "Contact") var fields: ContactFields
    @Option(name: .long, help: ArgumentHelp("Take an address away.", valueName: "address")) var removeEmail: [String] =
      []
    @Option(name: .long, help: ArgumentHelp("Take a number away.", valueName: "number")) var removePhone: [String] = []
    @OptionGroup var bookOption: BookOption
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    private var hasChanges: Bool { name != nil || !fields.isEmpty || !removeEmail.isEmpty || !removePhone.isEmpty }

    func validate() throws {
      if isVCard, hasChanges { throw ValidationError("--vcard opens the editor; it takes no other change") }
    }

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      let old = try book.contact(reference, in: bookOption.book)
      guard !hasChanges else {
        let edit = self
        // What isn't there is told before anything is written.
        var trial = old
        try edit.apply(to: &trial)
        try book.change(old) { try edit.apply(to: &$0) }
        return
      }
      guard let new = try editContact(old, isVCard: isVCard) else { return MailContact.warn("nothing is changed") }
      try book.update(new, from: old)
    }

    private func apply(to contact: inout Contact) throws {
      if let name { contact.name = name }
      for address in removeEmail {
        guard contact.remove(email: address) else {
          throw Failure(.noInput, "\(address): \(contact.name) has no such address")
        }
      }
      for number in removePhone {
        guard contact.remove(phone: number) else {
          throw Failure(.noInput, "\(number): \(contact.name) has no such number")
        }
      }
      fields.apply(to: &contact)
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Delete contacts.", usage: "mail-contact delete [<options>] <contact> ...")

    @Argument(help: ArgumentHelp("Contacts: the whole name, an address, a number, or the UID.", valueName: "contact"))
    var references: [String]
    @OptionGroup var bookOption: BookOption
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      var worst: ExitCode?
      var contacts: [Contact] = []
      for reference in references {
        do {
          contacts.append(try book.contact(reference, in: bookOption.book, isLoose: false))
        } catch {
          let code = ExitCode(MailContact.report(error))
          worst = worst ?? code
        }
      }
      let places = try book.delete(contacts)
      if places > 0 { MailContact.warn("taken off lists as well: \(places) place\(places == 1 ? "" : "s")") }
      if let worst { throw worst }
    }
  }
}

/// Lets the person edit `contact` as lines of fields, or as a vCard; nil if nothing was changed. A mistake on a terminal may be
/// mended.
func editContact(_ contact: Contact, isVCard: Bool = false) throws -> Contact? {
  let before = isVCard ? contact.cardText : ContactForm.text(contact)
  var text = before
  while true {
    let bytes = try edited(text, name: isVCard ? "contact.vcf" : "contact.txt")
    text = String(decoding: bytes, as: UTF8.self)
    do {
      let new = try isVCard ? contact.replacing(cardText: bytes) : ContactForm.contact(text, from: contact)
      return new.card == contact.card ? nil : new
    } catch {
      MailContact.complain(MailContact.commonFailure(for: error))
      guard confirm("Edit it again?") else { throw ExitCode.badData }
    }
  }
}
