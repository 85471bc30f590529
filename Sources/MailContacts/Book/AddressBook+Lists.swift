internal import MailSQLite

extension AddressBook {
  /// A list as its row has it.
  struct ListRow {
    var id: Int64
    var name: String
    var editors: [String]
    var count: Int
  }

  private static let listColumns = """
    SELECT id, name, editors, (SELECT count(*) FROM contact_list_member WHERE list = contact_list.id) FROM contact_list
    """

  private func row(_ select: Statement) -> ListRow {
    ListRow(
      id: select.integer(0), name: select.text(1), editors: select.text(2).split(separator: "\n").map { String($0) },
      count: Int(select.integer(3)))
  }

  /// All lists, by name.
  func lists() throws -> [RecipientList] {
    guard let database = try reading() else { return [] }
    let select = try database.prepare("\(AddressBook.listColumns) ORDER BY key")
    var lists: [RecipientList] = []
    while try select.step() { lists.append(list(row(select))) }
    return lists
  }

  private func list(_ row: ListRow) -> RecipientList {
    RecipientList(
      name: row.name, book: name, count: row.count, editors: row.editors, isEditable: mayEdit(row))
  }

  /// The list called `name`.
  func list(_ name: String, in database: Database) throws -> ListRow? {
    let select = try statement("\(AddressBook.listColumns) WHERE key = ?1", in: database)
    select.bind(folded(name), at: 1)
    defer { select.reset() }
    return try select.step() ? row(select) : nil
  }

  /// Whoever may change the book may change its lists; others if the list says so.
  func mayEdit(_ row: ListRow) -> Bool {
    isEditable || row.editors.contains(RecipientList.everyone) || settings.isUser(among: row.editors)
  }

  /// Changes the list called `name` in one transaction.
  func changingList<Value>(
    _ name: String, _ body: (Database, ListRow) throws -> Value
  ) throws(ContactError) -> Value {
    let missing = name
    let found: Bool = try asContactError { try reading().map { try list(missing, in: $0) != nil } ?? false }
    guard found else { throw .noSuchList(missing) }
    return try changing(checkingEditors: false) { database in
      guard let row = try list(missing, in: database) else { throw ContactError.noSuchList(missing) }
      guard mayEdit(row) else { throw ContactError.notEditor(of: "list \(row.name)") }
      return try body(database, row)
    }
  }

  // MARK: Members

  /// A member and the contact it belongs to, where that is in the book.
  struct MemberRow {
    var member: Member
    var key: String
    var contact: Int64?
  }

  /// The members of a list in their order, with the names and addresses that their contacts have now.
  func members(of list: Int64, in database: Database) throws -> [Member] {
    let select = try database.prepare(
      """
      SELECT m.kind, m.value, coalesce(c.name, m.name),
        CASE WHEN c.id IS NULL OR EXISTS(
            SELECT 1 FROM contact_address a WHERE a.contact = c.id AND a.kind = m.kind AND a.key = m.key) THEN m.value
          ELSE coalesce((SELECT a.value FROM contact_address a WHERE a.contact = c.id AND a.kind = m.kind
            ORDER BY position LIMIT 1), m.value) END
      FROM contact_list_member m LEFT JOIN contact c ON c.id = m.contact WHERE m.list = ?1 ORDER BY m.position
      """)
    select.bind(list, at: 1)
    var members: [Member] = []
    while try select.step() {
      guard let channel = Channel(rawValue: select.integer(0)) else { continue }
      members.append(Member(channel, select.text(3), name: select.text(2)))
    }
    return members
  }

  /// Appends members that the list doesn't have; gives their number.
  func append(_ rows: [MemberRow], to list: Int64, in database: Database) throws -> Int {
    let insert = try statement(
      """
      INSERT OR IGNORE INTO contact_list_member(list, position, kind, value, key, name, contact)
      VALUES(?1, (SELECT coalesce(max(position), 0) + 1 FROM contact_list_member WHERE list = ?1), ?2, ?3, ?4, ?5, ?6)
      """, in: database)
    var added = 0
    for row in rows {
      insert.bind(list, at: 1)
      insert.bind(row.member.channel.rawValue, at: 2)
      insert.bind(row.member.value, at: 3)
      insert.bind(row.key, at: 4)
      insert.bind(row.member.name, at: 5)
      insert.bind(row.contact, at: 6)
      try insert.run()
      added += database.changes
    }
    return added
  }

  /// Takes a member away; false if there was none.
  func remove(_ row: MemberRow, from list: Int64, in database: Database) throws -> Bool {
    let delete = try statement(
      "DELETE FROM contact_list_member WHERE list = ?1 AND kind = ?2 AND key = ?3", in: database)
    delete.bind(list, at: 1)
    delete.bind(row.member.channel.rawValue, at: 2)
    delete.bind(row.key, at: 3)
    try delete.run()
    return database.changes > 0
  }

  /// Takes all members away that belong to a contact; gives their number.
  func remove(contact: Int64, from list: Int64, in database: Database) throws -> Int {
    let delete = try statement("DELETE FROM contact_list_member WHERE list = ?1 AND contact = ?2", in: database)
    delete.bind(list, at: 1)
    delete.bind(contact, at: 2)
    try delete.run()
    return database.changes
  }

  /// The list `name`, made new.
  func makeList(_ name: String, uid: String, editors: [String], at time: Int64, in database: Database) throws -> Int64 {
    if let problem = RecipientList.problem(with: name) { throw ContactError.badListName(name, reason: problem) }
    if try list(name, in: database) != nil { throw ContactError.listExists(name) }
    let count = try database.integer("SELECT count(*) FROM contact_list") ?? 0
    guard count < settings.maxLists else { throw ContactError.tooManyLists(limit: settings.maxLists) }
    let insert = try statement(
      "INSERT INTO contact_list(uid, name, key, editors, changed) VALUES(?1, ?2, ?3, ?4, ?5)", in: database)
    insert.bind(uid.isEmpty ? newUID() : uid, at: 1)
    insert.bind(name, at: 2)
    insert.bind(folded(name), at: 3)
    insert.bind(editors.joined(separator: "\n"), at: 4)
    insert.bind(time, at: 5)
    try insert.run()
    return database.lastInsertedRow
  }
}
