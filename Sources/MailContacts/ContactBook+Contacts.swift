internal import MailSQLite
internal import MailSystem

extension ContactBook {
  /// The time in seconds since 1970.
  var time: Int64 { now() / 1_000_000_000 }

  // MARK: Reading

  /// Calls `body` with every contact of the book called `name` (nil: all books, the private one first), by name.
  public func forEachContact(in name: String? = nil, _ body: (Contact) throws -> Void) throws {
    for book in try books(name) { try book.forEach(body) }
  }

  /// The one contact that `reference` means: its UID, an address, a number, its name; with `isLoose` also the beginnings of
  /// words where nothing else fits.
  public func contact(
    _ reference: String, in name: String? = nil, isLoose: Bool = true
  ) throws(ContactError) -> Contact {
    let found = try contacts(reference, in: name, isLoose: isLoose)
    guard let first = found.first else { throw .noSuchContact(reference) }
    guard found.count == 1 else {
      throw .ambiguous(reference, candidates: found.prefix(20).map { $0.reference(among: found) })
    }
    return first
  }

  /// All contacts that `reference` may mean.
  public func contacts(
    _ reference: String, in name: String? = nil, isLoose: Bool = true
  ) throws(ContactError) -> [Contact] {
    try asContactError {
      let books = try books(name)
      let exact = try books.flatMap { try $0.find(reference, .exact) }
      guard exact.isEmpty, isLoose else { return exact }
      return try books.flatMap { try $0.find(reference, .loose) }
    }
  }

  /// Whether a book has the mail address.
  public func hasContact(withAddress address: String) throws(ContactError) -> Bool {
    try asContactError {
      try readableBooks.contains { try !$0.contacts(withAddress: mailKey(mailAddress(address))).isEmpty }
    }
  }

  // MARK: Changing

  /// Stores a new contact in the book called `name`, with a UID if it has none. Gives it as it is stored.
  @discardableResult
  public func add(_ contact: Contact, to name: String? = nil) throws(ContactError) -> Contact {
    let contact = try checked(contact)
    let book = try book(name)
    return try book.changing { database in
      var contact = contact
      contact.id = 0
      let isTaken = try !book.numbers("SELECT id FROM contact WHERE uid = ?1", contact.uid, in: database).isEmpty
      if contact.uid.isEmpty || isTaken { contact.uid = newUID() }
      contact.id = try book.put(contact, at: time, in: database)
      contact.book = book.name
      return contact
    }
  }

  /// Stores `contact` in place of the one it was read as. Another process may have changed that meanwhile: then nothing is
  /// stored, unless `isForced`.
  public func update(_ contact: Contact, from old: Contact, isForced: Bool = false) throws(ContactError) {
    var contact = try checked(contact)
    contact.id = old.id
    if contact.uid.isEmpty { contact.uid = old.uid }
    let book = try book(old.book)
    let replacement = contact
    try book.changing { database in
      guard let present = try book.contact(old.id, in: database) else { throw ContactError.noSuchContact(old.name) }
      guard isForced || present.card == old.card else {
        throw ContactError.badContact("\(old.name): was changed meanwhile by somebody else")
      }
      try book.put(replacement, at: time, in: database)
    }
  }

  /// Changes the contact `old` by `change`, which is given the contact as it is at that moment. Gives the contact as stored.
  @discardableResult
  public func change(_ old: Contact, _ change: (inout Contact) throws -> Void) throws(ContactError) -> Contact {
    let book = try book(old.book)
    return try book.changing { database in
      guard var contact = try book.contact(old.id, in: database) else { throw ContactError.noSuchContact(old.name) }
      try change(&contact)
      contact = try checked(contact)
      if contact.uid.isEmpty { contact.uid = old.uid }
      try book.put(contact, at: time, in: database)
      return contact
    }
  }

  /// Deletes contacts. Gives how many places in lists they had.
  public func delete(_ contacts: [Contact]) throws(ContactError) -> Int {
    var places = 0
    for name in Set(contacts.map { $0.book }).sorted() {
      let book = try book(name)
      places += try book.changing { database in
        var places = 0
        for contact in contacts where contact.book == name { places += try book.remove(contact.id, in: database) }
        return places
      }
    }
    return places
  }

  /// The most bytes of a card that is stored.
  static let largestCard = 8 << 20

  /// A contact has to have something to be known by, addresses that are some, and a size.
  func checked(_ contact: Contact) throws(ContactError) -> Contact {
    let name = contact.name
    guard !name.isEmpty else { throw .badContact("a contact needs a name, an address or a number") }
    guard name.utf8.count <= 1_000 else { throw .badContact("the name is longer than 1000 bytes") }
    for email in contact.emails {
      guard let problem = addressProblem(email.value) else { continue }
      throw .badContact("\(email.value): \(problem)")
    }
    guard contact.card.properties.reduce(0, { $0 + $1.value.utf8.count }) <= ContactBook.largestCard else {
      throw .tooLarge("\(name): larger than \(ContactBook.largestCard >> 20) MiB")
    }
    var contact = contact
    if contact.card.first("FN").map({ trimmed($0.text).isEmpty }) ?? true {
      contact.card.properties.removeAll { $0.name == "FN" }
      contact.card.properties.insert(VCard.Property("FN", VCardText.encoded(name)), at: 0)
    }
    return contact
  }
}

/// A UID that nobody else has. RFC 4122, section 4.4.
func newUID() -> String {
  var digits = ""
  for index in 0..<32 {
    if [8, 12, 16, 20].contains(index) { digits += "-" }
    let value = index == 12 ? 4 : index == 16 ? UInt8.random(in: 8...11) : UInt8.random(in: 0...15)
    digits += String(value, radix: 16)
  }
  return "urn:uuid:" + digits
}

extension Contact {
  /// A reference that means this contact alone among `others`.
  public func reference(among others: [Contact]) -> String {
    let own = emails.first.map { "\(name) <\($0.value)>" } ?? name
    let isUnique = others.count { $0.name == name && $0.emails.first?.value == emails.first?.value } == 1
    return isUnique && !emails.isEmpty ? own : "\(own) uid:\(uid)"
  }
}
