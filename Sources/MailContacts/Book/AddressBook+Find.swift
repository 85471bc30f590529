internal import MailSQLite

extension AddressBook {
  /// How exactly a contact has to be named.
  enum Exactness {
    /// By UID, an address or number, or the whole name.
    case exact
    /// Else by the beginnings of words.
    case loose
  }

  /// The contacts that `reference` may mean: a UID (perhaps after `uid:`), a mail address, a number, or the name.
  func find(_ reference: String, _ exactness: Exactness) throws -> [Contact] {
    guard let database = try reading() else { return [] }
    let text = trimmed(reference)
    guard !text.isEmpty else { return [] }
    let byUID = text.hasPrefix("uid:") ? String(text.dropFirst(4)) : text
    var ids = try numbers("SELECT id FROM contact WHERE uid = ?1", byUID, in: database)
    if ids.isEmpty, !text.hasPrefix("uid:") {
      ids = try numbers(
        "SELECT DISTINCT contact FROM contact_address WHERE key = ?1", mailKey(mailAddress(text)), in: database)
      if ids.isEmpty, let number = Phone.plain(text) {
        ids = try numbers("SELECT DISTINCT contact FROM contact_address WHERE key = ?1", number, in: database)
      }
      if ids.isEmpty { ids = try numbers("SELECT id FROM contact WHERE key = ?1", folded(text), in: database) }
      if ids.isEmpty, exactness == .loose { ids = try idsBeginning(with: queryWords(text), in: database) }
    }
    return try ids.compactMap { try contact($0, in: database) }
  }

  /// The contacts that have the address or number `key`.
  func contacts(withAddress key: String) throws -> [Contact] {
    guard let database = try reading() else { return [] }
    return try numbers("SELECT DISTINCT contact FROM contact_address WHERE key = ?1", key, in: database)
      .compactMap { try contact($0, in: database) }
  }

  private func idsBeginning(with words: [String], in database: Database) throws -> [Int64] {
    guard let first = words.max(by: { $0.utf8.count < $1.utf8.count }) else { return [] }
    let select = try statement(
      "SELECT DISTINCT contact FROM contact_word WHERE word >= ?1 AND word < ?2 LIMIT 1000", in: database)
    select.bind(first, at: 1)
    select.bind(first + "\u{10FFFF}", at: 2)
    var ids: [Int64] = []
    while try select.step() { ids.append(select.integer(0)) }
    return try ids.filter { id in
      let own = try self.words(of: id, in: database)
      return words.allSatisfy { word in own.contains { $0.word.utf8.starts(with: word.utf8) } }
    }
  }

  /// The words by which a contact is found, and the address that each belongs to.
  func words(of id: Int64, in database: Database) throws -> [(word: String, position: Int)] {
    let select = try statement("SELECT word, position FROM contact_word WHERE contact = ?1", in: database)
    select.bind(id, at: 1)
    var words: [(word: String, position: Int)] = []
    while try select.step() { words.append((select.text(0), Int(select.integer(1)))) }
    return words
  }

  /// Calls `body` with every contact, by name.
  func forEach(_ body: (Contact) throws -> Void) throws {
    guard let database = try reading() else { return }
    let select = try database.prepare("SELECT id, changed, card FROM contact ORDER BY key, id")
    while try select.step() { try body(contact(of: select)) }
  }

  /// The number of contacts.
  func count() throws -> Int { Int(try reading()?.integer("SELECT count(*) FROM contact") ?? 0) }
}

/// What a person typed, as words to compare: folded, without the punctuation around them.
func queryWords(_ text: String) -> [String] {
  folded(text).split(separator: " ").compactMap { word in
    let isMark: (Character) -> Bool = { [",", ";", "\"", "<", ">", "(", ")"].contains($0) }
    let bare = word.drop(while: isMark)
    guard let last = bare.lastIndex(where: { !isMark($0) }) else { return nil }
    return ContactWords.typed(String(bare[...last]))
  }
}
