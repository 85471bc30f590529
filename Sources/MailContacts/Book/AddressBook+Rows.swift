internal import MailSQLite

extension AddressBook {
  /// Stores `contact` as a new row or in place of the row it came from, with its addresses and words. Gives its number.
  @discardableResult
  func put(_ contact: Contact, at time: Int64, in database: Database) throws -> Int64 {
    let name = contact.name
    if contact.id > 0 { try removeParts(of: contact.id, in: database) }
    let insert = try statement(
      """
      INSERT INTO contact(id, uid, name, key, organisation, changed, card) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT(id) DO UPDATE SET uid = excluded.uid, name = excluded.name, key = excluded.key,
        organisation = excluded.organisation, changed = excluded.changed, card = excluded.card
      """, in: database)
    insert.bind(contact.id > 0 ? contact.id : nil, at: 1)
    insert.bind(contact.uid, at: 2)
    insert.bind(name, at: 3)
    insert.bind(folded(name), at: 4)
    insert.bind(contact.organisation, at: 5)
    insert.bind(time, at: 6)
    insert.bind(contact.card.stored, at: 7)
    try insert.run()
    let id = contact.id > 0 ? contact.id : database.lastInsertedRow
    try putParts(of: contact, id, in: database)
    return id
  }

  private func putParts(of contact: Contact, _ id: Int64, in database: Database) throws {
    let parts = contact.parts
    let names = [contact.name, parts.joined, contact.nickname, contact.organisation].filter { !$0.isEmpty }
    try putWords(ContactWords.ofName(names.joined(separator: " ")), 0, id, in: database)
    let insert = try statement(
      "INSERT INTO contact_address(contact, position, kind, value, key, label) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
      in: database)
    for (index, address) in contact.storedAddresses.enumerated() {
      insert.bind(id, at: 1)
      insert.bind(index + 1, at: 2)
      insert.bind(address.channel.rawValue, at: 3)
      insert.bind(address.value, at: 4)
      insert.bind(address.key, at: 5)
      insert.bind(address.label, at: 6)
      try insert.run()
      let words =
        address.channel == .mail ? ContactWords.ofAddress(address.value) : ContactWords.ofNumber(address.value)
      try putWords(words, index + 1, id, in: database)
    }
  }

  private func putWords(_ words: [String], _ position: Int, _ id: Int64, in database: Database) throws {
    let insert = try statement(
      "INSERT OR IGNORE INTO contact_word(word, contact, position) VALUES(?1, ?2, ?3)", in: database)
    for word in words {
      insert.bind(word, at: 1)
      insert.bind(id, at: 2)
      insert.bind(position, at: 3)
      try insert.run()
    }
  }

  private func removeParts(of id: Int64, in database: Database) throws {
    for table in ["contact_address", "contact_word"] {
      let delete = try statement("DELETE FROM \(table) WHERE contact = ?1", in: database)
      delete.bind(id, at: 1)
      try delete.run()
    }
  }

  /// Removes a contact. Gives the number of places in lists that it had.
  func remove(_ id: Int64, in database: Database) throws -> Int {
    try removeParts(of: id, in: database)
    let leave = try statement("DELETE FROM contact_list_member WHERE contact = ?1", in: database)
    leave.bind(id, at: 1)
    try leave.run()
    let places = database.changes
    let delete = try statement("DELETE FROM contact WHERE id = ?1", in: database)
    delete.bind(id, at: 1)
    try delete.run()
    return places
  }

  /// The contact of number `id`.
  func contact(_ id: Int64, in database: Database) throws -> Contact? {
    let select = try statement("SELECT id, changed, card FROM contact WHERE id = ?1", in: database)
    select.bind(id, at: 1)
    defer { select.reset() }
    return try select.step() ? contact(of: select) : nil
  }

  /// The contact in a row of id, changed, card.
  func contact(of row: Statement) -> Contact {
    var contact = Contact(VCard(stored: row.text(2)))
    contact.id = row.integer(0)
    contact.changed = row.integer(1)
    contact.book = name
    return contact
  }

  /// The numbers that `sql` gives with `value` bound.
  func numbers(_ sql: String, _ value: String, in database: Database) throws -> [Int64] {
    let select = try statement(sql, in: database)
    select.bind(value, at: 1)
    var numbers: [Int64] = []
    while try select.step() { numbers.append(select.integer(0)) }
    return numbers
  }
}

/// An address as the book keeps it.
struct StoredAddress {
  var channel: Channel
  var value: String
  var key: String
  var label: String
}

extension Contact {
  /// Mail addresses, then numbers; each one once.
  var storedAddresses: [StoredAddress] {
    var seen: Set<String> = []
    let mails = emails.map { StoredAddress(channel: .mail, value: $0.value, key: mailKey($0.value), label: $0.label) }
    let numbers = phones.map { phone in
      let key = Phone.plain(phone.value)
      return StoredAddress(
        channel: phone.isFax ? .fax : .sms, value: key ?? phone.value, key: key ?? phone.value, label: phone.label)
    }
    return (mails + numbers).filter { seen.insert("\($0.channel.rawValue) \($0.key)").inserted }
  }
}
