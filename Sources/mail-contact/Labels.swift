import MailCommand
import MailContacts

/// `work:ada@example.org`, `cell:+33 6 12 34 56 78`, or the value alone.
struct LabelledArgument: ExpressibleByArgument {
  let value: Contact.Labelled

  init?(argument: String) {
    let head = argument.prefix { $0 != ":" }
    let isLabel =
      head.count < argument.count && !head.isEmpty && head.allSatisfy { $0.isLetter || $0 == "," || $0 == "-" }
    guard isLabel else {
      value = Contact.Labelled(argument)
      return
    }
    value = Contact.Labelled(String(argument.dropFirst(head.count + 1)), label: head.lowercased())
  }
}

/// What a contact is made of, as options of `add` and `edit`.
struct ContactFields: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("A mail address; 'work:ada@example.org' says what it is for.", valueName: "address")
  )
  var email: [LabelledArgument] = []
  @Option(
    name: .long,
    help: ArgumentHelp("A telephone number; 'cell:+33612345678' or 'fax:…' says what it is.", valueName: "number"))
  var phone: [LabelledArgument] = []
  @Option(name: .long, help: ArgumentHelp("The first name.", valueName: "name")) var first: String?
  @Option(name: .long, help: ArgumentHelp("The last name.", valueName: "name")) var last: String?
  @Option(name: .long, help: ArgumentHelp("The nickname.", valueName: "name")) var nickname: String?
  @Option(name: .long, help: ArgumentHelp("The organisation.", valueName: "name")) var organisation: String?
  @Option(name: .long, help: ArgumentHelp("The title or function.", valueName: "text")) var title: String?
  @Option(name: .long, help: ArgumentHelp("A note.", valueName: "text")) var note: String?
  @Option(name: .long, help: ArgumentHelp("The birthday: 1815-12-10.", valueName: "date")) var birthday: String?
  @Option(name: .long, help: ArgumentHelp("A web page.", valueName: "address")) var url: [String] = []

  var isEmpty: Bool {
    email.isEmpty && phone.isEmpty && url.isEmpty
      && [first, last, nickname, organisation, title, note, birthday].allSatisfy { $0 == nil }
  }

  /// Puts what was given into `contact`; addresses and numbers come to those that are there.
  func apply(to contact: inout Contact) {
    var parts = contact.parts
    let followsParts = contact.card.properties.isEmpty || contact.name == parts.joined
    if let first { parts.given = first }
    if let last { parts.family = last }
    if parts != contact.parts {
      contact.parts = parts
      if followsParts { contact.name = parts.joined }
    }
    if let nickname { contact.nickname = nickname }
    if let organisation { contact.organisation = organisation }
    if let title { contact.title = title }
    if let note { contact.note = note }
    if let birthday { contact.birthday = birthday }
    contact.emails = merged(contact.emails, email.map { $0.value })
    contact.phones = merged(contact.phones, phone.map { $0.value })
    contact.urls = merged(contact.urls, url.map { Contact.Labelled($0) })
  }

  private func merged(_ old: [Contact.Labelled], _ new: [Contact.Labelled]) -> [Contact.Labelled] {
    var result = old
    for value in new {
      if let index = result.firstIndex(where: { $0.value.lowercased() == value.value.lowercased() }) {
        if !value.label.isEmpty { result[index].label = value.label }
      } else {
        result.append(value)
      }
    }
    return result
  }
}
