internal import MailSQLite
internal import MailStore
internal import MailSystem

/// One address book: the private one, in the store's `state.db`, or that of a group, in a file of its own.
///
/// A group's book is a SQLite database with a rollback journal, so that who may only read the file can do so. What protects
/// it are the file's permissions alone: who may write the file may change everything in it.
final class AddressBook {
  /// The name of the group; empty for the private book.
  let name: String
  let group: ContactSettings.Group?
  let settings: ContactSettings
  private let store: Store
  private var connection: Database?
  private var isMissing = false
  private var statements: [String: Statement] = [:]

  init(store: Store, settings: ContactSettings, group: ContactSettings.Group? = nil) {
    self.store = store
    self.settings = settings
    self.group = group
    name = group?.name ?? ""
  }

  /// How people are told of it.
  var title: String { name.isEmpty ? "private" : name }

  // MARK: Connections

  /// The database, to read; nil where a group has no book yet.
  func reading() throws -> Database? {
    if let connection { return connection }
    if isMissing { return nil }
    let database = try group == nil ? store.stateReader() : openGroup(creating: false)
    if let database { connection = database } else { isMissing = true }
    return database
  }

  /// A statement of the reading connection, made once.
  func statement(_ sql: String, in database: Database) throws -> Statement {
    if let known = statements[sql] { return known }
    let statement = try database.prepare(sql)
    statements[sql] = statement
    return statement
  }

  /// Runs `body` in one transaction, which is on the disk when this returns. The user has to be among the editors.
  func changing<Value>(checkingEditors: Bool = true, _ body: (Database) throws -> Value) throws(ContactError) -> Value {
    try asContactError {
      if checkingEditors, !isEditable { throw ContactError.notEditor(of: title) }
      let database: Database
      if let open = try reading() {
        database = open
      } else {
        isMissing = false
        guard let made = try openGroup(creating: true) else { throw ContactError.noSuchBook(title) }
        connection = made
        database = made
      }
      if group == nil, store.isReadOnly { throw StoreError.readOnly(store.root) }
      let value = try database.transaction { try body(database) }
      if group == nil { try checkpoint(database) }
      return value
    }
  }

  /// Whether the configuration lets this user change the book. That the file can be written is another matter.
  var isEditable: Bool {
    guard let group, !group.editors.isEmpty else { return true }
    return settings.isUser(among: group.editors)
  }

  /// A long log makes the next start slow: it is written back unless readers are in the way.
  private func checkpoint(_ database: Database) throws {
    guard let status = try? fileStatus(database.path + "-wal"), status.size > 256 << 10 else { return }
    try database.execute("PRAGMA busy_timeout=0")
    // Busy is an answer here, not an error: the next one to write will do it.
    _ = try database.integer("PRAGMA wal_checkpoint(TRUNCATE)")
    try database.execute("PRAGMA busy_timeout=\(store.options.patience)")
  }

  // MARK: A group's file

  /// The form of a group's database, and the number by which it is known as one.
  private static let version: Int64 = 1
  private static let applicationID: Int64 = 0x5062_4142

  private func openGroup(creating: Bool) throws -> Database? {
    guard let path = group?.path else {
      if creating { throw ContactError.noSuchBook("\(title): the group has no path in the configuration") }
      return nil
    }
    let status: FileStatus
    do {
      status = try fileStatus(path)
    } catch {
      guard error.isNotFound else { throw error }
      guard creating else { return nil }
      try makeFile(path)
      return try openGroup(creating: false)
    }
    guard status.isRegular else { throw ContactError.badBook(path: path, reason: "not a file") }
    guard status.mode & 0o002 == 0 else {
      throw ContactError.badBook(path: path, reason: "everybody may write to it (chmod o-w)")
    }
    let database = try Database(
      path: path, access: isWritable(path) ? .readWrite : .readOnly, busyTimeout: store.options.patience)
    try database.execute(
      "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY")
    if try database.integer("PRAGMA application_id") != AddressBook.applicationID {
      guard status.size == 0 else { throw ContactError.badBook(path: path, reason: "not an address book") }
      try fill(database)
    }
    guard try database.integer("PRAGMA user_version") == AddressBook.version else {
      throw ContactError.badBook(path: path, reason: "written by a newer version of Postbag")
    }
    return database
  }

  /// The group of the file may write it, whatever the usual mask of this user is: the book is shared.
  private func makeFile(_ path: String) throws {
    do {
      let file = try File(path, [.write, .exclusive], permissions: 0o660)
      try file.close()
    } catch {
      // Another process may have been quicker.
      guard error.isExisting else { throw error }
    }
  }

  private func fill(_ database: Database) throws {
    try database.execute("PRAGMA page_size=4096; PRAGMA journal_mode=DELETE")
    try database.transaction {
      // Another process may have been quicker.
      if try database.integer("PRAGMA application_id") == AddressBook.applicationID { return }
      try database.execute(ContactTables.book)
      try database.execute(
        "PRAGMA user_version=\(AddressBook.version); PRAGMA application_id=\(AddressBook.applicationID)")
    }
  }
}

extension ContactSettings {
  /// One of `names` (addresses or accounts) means the user.
  func isUser(among names: [String]) -> Bool {
    let own = Set(user.map { mailKey($0) })
    return names.contains { own.contains(mailKey($0)) }
  }
}
