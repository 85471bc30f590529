internal import MailSQLite
internal import MailSystem

extension ContactBook {
  /// What becomes of a contact that the book has already: one of the same UID, or of the same name with an address or number
  /// in common.
  public enum Duplicates: String, Sendable, CaseIterable {
    /// The book's contact takes over what it doesn't have; with the same UID the imported one replaces it.
    case merge
    /// The book's contact stays as it is.
    case skip
    /// It is stored a second time.
    case add
  }

  /// What an import did.
  public struct ImportReport: Sendable, Equatable {
    public var added = 0
    public var changed = 0
    public var unchanged = 0
    public var lists = 0
    public var members = 0
    /// Contacts that can't be stored, and why.
    public var refused: [String] = []
    public init() {}
  }

  /// Stores the contacts and lists of `file` in the book called `name`, in one transaction: all of them or, after an error, an
  /// interrupt or a kill, none.
  public func importFile(
    _ file: ContactFile, into name: String? = nil, duplicates: Duplicates = .merge,
    progress: ((Int, Int) -> Void)? = nil
  ) throws(ContactError) -> ImportReport {
    let place = try book(name)
    return try place.changing { database in
      var run = ImportRun(book: self, place: place, database: database, duplicates: duplicates)
      for (index, contact) in file.contacts.enumerated() {
        if index % 64 == 0 {
          if interruptRequested() { throw ContactError.interrupted }
          progress?(index, file.contacts.count)
        }
        try run.take(contact)
      }
      for card in file.groups { try run.takeList(card) }
      for list in file.lists { try run.takeList(list.name, uid: "", list.members.map { ($0, nil) }) }
      return run.report
    }
  }
}

private struct ImportRun {
  let book: ContactBook
  let place: AddressBook
  let database: Database
  let duplicates: ContactBook.Duplicates
  var report = ContactBook.ImportReport()

  init(book: ContactBook, place: AddressBook, database: Database, duplicates: ContactBook.Duplicates) {
    self.book = book
    self.place = place
    self.database = database
    self.duplicates = duplicates
  }

  mutating func take(_ imported: Contact) throws {
    var contact: Contact
    do {
      contact = try book.checked(plain(imported))
    } catch {
      if report.refused.count < 1_000 { report.refused.append("\(error)") }
      return
    }
    if let id = try place.numbers("SELECT id FROM contact WHERE uid = ?1", contact.uid, in: database).first {
      guard duplicates == .add else { return try replace(id, by: contact) }
      contact.uid = ""
    }
    if duplicates != .add, let id = try twin(of: contact) { return try merge(contact, into: id) }
    contact.id = 0
    if contact.uid.isEmpty { contact.uid = newUID() }
    try place.put(contact, at: book.time, in: database)
    report.added += 1
  }

  /// An address that is none stays in the card, where people see it, and is no address.
  private func plain(_ contact: Contact) -> Contact {
    var contact = contact
    for index in contact.card.properties.indices where contact.card.properties[index].name == "EMAIL" {
      let value = mailAddress(contact.card.properties[index].text)
      if value.isEmpty || addressProblem(value) != nil { contact.card.properties[index].name = "X-POSTBAG-EMAIL" }
    }
    return contact
  }

  private mutating func replace(_ id: Int64, by contact: Contact) throws {
    guard let present = try place.contact(id, in: database), duplicates == .merge else {
      report.unchanged += 1
      return
    }
    guard present.card != contact.card else {
      report.unchanged += 1
      return
    }
    var contact = contact
    contact.id = id
    try place.put(contact, at: book.time, in: database)
    report.changed += 1
  }

  private mutating func merge(_ contact: Contact, into id: Int64) throws {
    guard duplicates == .merge, let present = try place.contact(id, in: database) else {
      report.unchanged += 1
      return
    }
    var merged = present
    merged.merge(contact)
    guard merged.card != present.card else {
      report.unchanged += 1
      return
    }
    try place.put(book.checked(merged), at: book.time, in: database)
    report.changed += 1
  }

  /// The book's contact of the same name that has one of its addresses or numbers, or, of contacts without any, its name.
  private func twin(of contact: Contact) throws -> Int64? {
    let same = try place.numbers(
      "SELECT id FROM contact WHERE key = ?1 LIMIT 100", folded(contact.name), in: database)
    guard !same.isEmpty else { return nil }
    let keys = Set(contact.storedAddresses.map { $0.key })
    return try same.first { id in
      let own = try Set(place.contact(id, in: database)?.storedAddresses.map { $0.key } ?? [])
      return own.isEmpty && keys.isEmpty || !own.isDisjoint(with: keys)
    }
  }

  // MARK: Lists

  /// A card of KIND:group: its members are UIDs of contacts, or addresses. RFC 6350, section 6.6.5.
  mutating func takeList(_ card: VCard) throws {
    var members: [(Member, Int64?)] = []
    for property in card.all("MEMBER") {
      let text = property.text
      if let id = try place.numbers("SELECT id FROM contact WHERE uid = ?1", text, in: database).first
        ?? bareUID(text).flatMap({ try place.numbers("SELECT id FROM contact WHERE uid = ?1", $0, in: database).first })
      {
        guard let contact = try place.contact(id, in: database), let member = contact.members.first else { continue }
        members.append((member, id))
      } else if let member = memberURI(text) {
        members.append((member, nil))
      } else {
        report.refused.append("\(text): no such contact, left out of the list")
      }
    }
    try takeList(Contact(card).name, uid: card.first("UID")?.text ?? "", members)
  }

  /// `urn:uuid:x` for `x` and the other way round: writers differ.
  private func bareUID(_ text: String) -> String? {
    text.lowercased().hasPrefix("urn:uuid:") ? String(text.dropFirst(9)) : "urn:uuid:" + text
  }

  private func memberURI(_ text: String) -> Member? {
    let scheme = text.prefix { $0 != ":" }.lowercased()
    switch scheme {
    case "mailto": return book.plainMember(String(text.dropFirst(7).prefix { $0 != "?" }))
    case "tel": return Phone.plain(String(text.dropFirst(4).prefix { $0 != ";" })).map { Member(.sms, $0) }
    case "fax": return Phone.plain(String(text.dropFirst(4).prefix { $0 != ";" })).map { Member(.fax, $0) }
    default: return nil
    }
  }

  mutating func takeList(_ name: String, uid: String, _ members: [(Member, Int64?)]) throws {
    let allowed = name.unicodeScalars.map { RecipientList.problem(with: "a\($0)a") == nil ? $0 : " " }
    let name =
      folded(trimmed(String(String.UnicodeScalarView(allowed)))).isEmpty
      ? "imported" : trimmed(String(String(String.UnicodeScalarView(allowed)).prefix(50)))
    let id: Int64
    if let present = try place.list(name, in: database) {
      id = present.id
    } else {
      id = try place.makeList(name, uid: try freeUID(uid), editors: [], at: book.time, in: database)
      report.lists += 1
    }
    var rows: [AddressBook.MemberRow] = []
    for (member, contact) in members {
      let key = book.key(of: member)
      let owner =
        try contact
        ?? place.numbers(
          "SELECT DISTINCT contact FROM contact_address WHERE key = ?1", key, in: database
        ).first
      rows.append(AddressBook.MemberRow(member: member, key: key, contact: owner))
    }
    report.members += try place.append(rows, to: id, in: database)
    let count = try database.integer("SELECT count(*) FROM contact_list_member WHERE list = \(id)") ?? 0
    guard count <= book.settings.maxMembers else {
      throw ContactError.tooManyMembers(list: name, limit: book.settings.maxMembers)
    }
  }

  private func freeUID(_ uid: String) throws -> String {
    try place.numbers("SELECT id FROM contact_list WHERE uid = ?1", uid, in: database).isEmpty ? uid : ""
  }
}
