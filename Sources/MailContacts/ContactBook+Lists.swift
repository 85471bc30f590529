internal import MailMIME
internal import MailSQLite

extension ContactBook {
  /// The lists of the book called `name` (nil: of all books).
  public func lists(in name: String? = nil) throws(ContactError) -> [RecipientList] {
    try asContactError { try books(name).flatMap { try $0.lists() } }
  }

  /// The book and the name in it that `reference` means: `Friends`, `Chess club/Players`. Without a group the private book
  /// comes first, then the one group that has such a list.
  func place(ofList reference: String) throws(ContactError) -> (book: AddressBook, name: String) {
    try asContactError {
      if let slash = reference.firstIndex(of: "/") {
        return (try book(String(reference[..<slash])), String(reference[reference.index(after: slash)...]))
      }
      let having = try readableBooks.filter { book in
        try book.reading().map { try book.list(reference, in: $0) != nil } ?? false
      }
      guard let first = having.first else { throw ContactError.noSuchList(reference) }
      guard having.count == 1 || first.name.isEmpty else {
        throw ContactError.ambiguous(reference, candidates: having.map { "\($0.title)/\(reference)" })
      }
      return (first, reference)
    }
  }

  /// The members of the list that `reference` means, each recipient once.
  public func members(ofList reference: String) throws(ContactError) -> [Member] {
    let (book, name) = try place(ofList: reference)
    return try asContactError {
      guard let database = try book.reading(), let row = try book.list(name, in: database) else {
        throw ContactError.noSuchList(reference)
      }
      return unique(try book.members(of: row.id, in: database))
    }
  }

  /// What `reference` means, without its members.
  public func list(_ reference: String) throws(ContactError) -> RecipientList {
    let (book, name) = try place(ofList: reference)
    let all = try asContactError { try book.lists() }
    guard let list = all.first(where: { folded($0.name) == folded(name) }) else { throw .noSuchList(reference) }
    return list
  }

  /// Makes a list; `Group/Name` makes it in the book of a group, where `editors` may change it beside those who may change
  /// the book.
  public func createList(_ reference: String, editors: [String] = []) throws(ContactError) {
    var (bookName, name): (String?, String) = (nil, reference)
    if let slash = reference.firstIndex(of: "/") {
      bookName = String(reference[..<slash])
      name = String(reference[reference.index(after: slash)...])
    }
    let (plain, place) = (name, try book(bookName))
    if !editors.isEmpty, place.group == nil {
      throw .badListName(reference, reason: "only the lists of a group have editors")
    }
    try place.changing { _ = try place.makeList(plain, uid: "", editors: editors, at: time, in: $0) }
  }

  /// Deletes a list; the contacts in it stay.
  public func deleteList(_ reference: String) throws(ContactError) {
    let (book, name) = try place(ofList: reference)
    try book.changingList(name) { database, row in
      try database.execute(
        "DELETE FROM contact_list_member WHERE list = \(row.id); DELETE FROM contact_list WHERE id = \(row.id)")
    }
  }

  /// Sets who may change a list of a group beside those who may change its book; only the latter may do so.
  public func setEditors(ofList reference: String, to editors: [String]) throws(ContactError) {
    let (book, name) = try place(ofList: reference)
    guard book.group != nil else { throw .badListName(reference, reason: "only the lists of a group have editors") }
    try book.changing { database in
      guard let row = try book.list(name, in: database) else { throw ContactError.noSuchList(reference) }
      let update = try database.prepare("UPDATE contact_list SET editors = ?2 WHERE id = ?1")
      update.bind(row.id, at: 1)
      update.bind(editors.joined(separator: "\n"), at: 2)
      try update.run()
    }
  }

  /// Gives a list another name.
  public func renameList(_ reference: String, to new: String) throws(ContactError) {
    let (book, name) = try place(ofList: reference)
    if let problem = RecipientList.problem(with: new) { throw .badListName(new, reason: problem) }
    try book.changingList(name) { database, row in
      if let other = try book.list(new, in: database), other.id != row.id { throw ContactError.listExists(new) }
      let update = try database.prepare("UPDATE contact_list SET name = ?2, key = ?3 WHERE id = ?1")
      update.bind(row.id, at: 1)
      update.bind(new, at: 2)
      update.bind(folded(new), at: 3)
      try update.run()
    }
  }

  /// Adds members: mail addresses, numbers (`+33612345678@SMS`, `+33123456789@fax`), or contacts, of which `channel` takes
  /// the preferred address or number. Gives how many the list didn't have before.
  @discardableResult
  public func addMembers(
    _ texts: [String], toList reference: String, channel: Channel = .mail
  ) throws(ContactError) -> Int {
    let (book, name) = try place(ofList: reference)
    var rows: [AddressBook.MemberRow] = []
    for text in texts { rows.append(try memberRow(text, channel: channel, for: book)) }
    return try book.changingList(name) { database, row in
      let added = try book.append(rows, to: row.id, in: database)
      guard row.count + added <= settings.maxMembers else {
        throw ContactError.tooManyMembers(list: row.name, limit: settings.maxMembers)
      }
      return added
    }
  }

  /// Takes members away; those that weren't there are given back.
  public func removeMembers(_ texts: [String], fromList reference: String) throws(ContactError) -> [String] {
    let (book, name) = try place(ofList: reference)
    return try book.changingList(name) { database, row in
      try texts.filter { text in
        if let member = plainMember(text) {
          let wanted = AddressBook.MemberRow(member: member, key: key(of: member))
          if try book.remove(wanted, from: row.id, in: database) { return false }
          // The contact may have got another address since it came into the list.
          return try book.contacts(withAddress: wanted.key).reduce(0) {
            try $0 + book.remove(contact: $1.id, from: row.id, in: database)
          } == 0
        }
        return try book.find(text, .exact).reduce(0) {
          try $0 + book.remove(contact: $1.id, from: row.id, in: database)
        } == 0
      }
    }
  }

  // MARK: What a member is

  func key(of member: Member) -> String { member.channel == .mail ? mailKey(member.value) : member.value }

  /// A recipient that is written out; nil for what may be the name of a contact.
  func plainMember(_ text: String) -> Member? {
    // A number may be written with spaces, which no address has.
    for (suffix, channel) in [("@sms", Channel.sms), ("@fax", .fax)] where text.lowercased().hasSuffix(suffix) {
      return Phone.plain(trimmed(String(text.dropLast(4)))).map { Member(channel, $0) }
    }
    guard let address = parseAddressList(text).first?.addresses.first, address.address.utf8.contains(UInt8(ascii: "@"))
    else { return nil }
    let name = address.name ?? ""
    switch address.domain.lowercased() {
    case "sms": return Phone.plain(String(address.localPart)).map { Member(.sms, $0, name: name) }
    case "fax": return Phone.plain(String(address.localPart)).map { Member(.fax, $0, name: name) }
    default:
      let plain = mailAddress(address.address)
      return addressProblem(plain) == nil ? Member(.mail, plain, name: name) : nil
    }
  }

  private func memberRow(
    _ text: String, channel: Channel, for book: AddressBook
  ) throws(ContactError) -> AddressBook.MemberRow {
    let text = trimmed(text)
    let prefix = text.prefix { $0 != ":" }.lowercased()
    if text.utf8.contains(UInt8(ascii: ":")), prefix == "list" || prefix == "group" {
      throw .badMember(text, reason: "a list can't hold lists or groups")
    }
    if let member = plainMember(text) { return try asContactError { try row(for: member, in: book) } }
    if text.utf8.contains(UInt8(ascii: "@")) {
      throw .badMember(text, reason: "neither a mail address nor a number")
    }
    let found = try contacts(text, isLoose: false)
    guard let contact = found.first else {
      throw .badMember(text, reason: "neither an address nor a number nor the name of a contact")
    }
    guard found.count == 1 else { throw .ambiguous(text, candidates: found.map { $0.reference(among: found) }) }
    guard let member = contact.members.first(where: { $0.channel == channel }) else {
      let what = channel == .mail ? "mail address" : channel == .sms ? "telephone number" : "fax number"
      throw .badMember(text, reason: "the contact has no \(what)")
    }
    return AddressBook.MemberRow(
      member: member, key: key(of: member), contact: contact.book == book.name ? contact.id : nil)
  }

  /// The contact of the book that has the address is the member, with whatever address it will have.
  private func row(for member: Member, in book: AddressBook) throws -> AddressBook.MemberRow {
    let having = try book.contacts(withAddress: key(of: member))
    var member = member
    if let contact = having.first, having.count == 1 {
      member.name = contact.name
      return AddressBook.MemberRow(member: member, key: key(of: member), contact: contact.id)
    }
    if member.name.isEmpty {
      let others = try readableBooks.flatMap { try $0.contacts(withAddress: key(of: member)) }
      member.name = others.first?.name ?? ""
    }
    return AddressBook.MemberRow(member: member, key: key(of: member))
  }

  /// Each recipient once, in the order in which they first stand.
  func unique(_ members: [Member]) -> [Member] {
    var seen: Set<String> = []
    return members.filter { seen.insert("\($0.channel.rawValue) \(key(of: $0))").inserted }
  }
}
