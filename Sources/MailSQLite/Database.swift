internal import CSQLite

/// One connection to a SQLite database. Not to be used by two threads at once.
@safe public final class Database {
  /// How a database file is opened.
  public enum Access: Sendable {
    /// Reading and writing; the file is made if it isn't there.
    case create
    /// Reading and writing a file that exists.
    case readWrite
    /// Reading only, beside writers.
    case readOnly
    /// Reading only a file that nobody changes meanwhile: no locks, no `-wal` and no `-shm` files.
    case immutable
  }

  /// The connection itself, for what this wrapper does not offer. Valid as long as the object lives.
  @unsafe public let handle: OpaquePointer

  /// The file.
  public let path: String

  /// Opens the database at `path`. `busyTimeout` is in milliseconds.
  public init(path: String, access: Access, busyTimeout: Int32 = 10_000) throws(SQLiteError) {
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE
    var name = path
    switch access {
    case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .readWrite: flags |= SQLITE_OPEN_READWRITE
    case .readOnly: flags |= SQLITE_OPEN_READONLY
    case .immutable:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = Database.immutableURI(of: path)
    }
    var connection: OpaquePointer?
    let code = unsafe sqlite3_open_v2(name, &connection, flags, nil)
    guard let connection = unsafe connection else {
      throw SQLiteError(code: code, message: "out of memory", path: path)
    }
    guard code == SQLITE_OK else {
      let message = unsafe String(cString: sqlite3_errmsg(connection))
      unsafe sqlite3_close_v2(connection)
      throw SQLiteError(code: code, message: message, path: path)
    }
    unsafe self.handle = connection
    self.path = path
    unsafe sqlite3_busy_timeout(connection, busyTimeout)
  }

  deinit {
    unsafe sqlite3_close_v2(handle)
  }

  /// The `file:` URI by which an unchanging database is opened, or attached.
  public static func immutableURI(of path: String) -> String {
    var uri = "file:"
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16)
        uri += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return uri + "?immutable=1"
  }

  /// The error of the last call on this connection.
  public func lastError() -> SQLiteError {
    unsafe SQLiteError(
      code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)), path: path)
  }

  func check(_ code: Int32) throws(SQLiteError) {
    if code != SQLITE_OK { throw lastError() }
  }

  /// Runs one or more statements that give no rows.
  public func execute(_ sql: String) throws(SQLiteError) {
    try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil))
  }

  /// Compiles one statement. `lasting` tells SQLite that it will be used many times.
  public func prepare(_ sql: String, lasting: Bool = false) throws(SQLiteError) -> Statement {
    try Statement(sql, in: self, flags: lasting ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0)
  }

  /// The first column of the first row that `sql` gives; nil where there is none, or it is NULL.
  public func integer(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return statement.integer(0)
  }

  /// The number of rows that the last statement changed.
  public var changes: Int { unsafe Int(sqlite3_changes64(handle)) }

  /// The rowid of the row that was inserted last.
  public var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// Whether no transaction is open.
  public var isAutocommit: Bool { unsafe sqlite3_get_autocommit(handle) != 0 }

  /// Runs `body` in a transaction that takes the write lock at once; an error takes everything back.
  public func transaction<Value>(_ body: () throws -> Value) throws -> Value {
    try execute("BEGIN IMMEDIATE")
    do {
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      rollBack()
      throw error
    }
  }

  /// Takes back what the open transaction did, where one is open.
  public func rollBack() {
    // The answer doesn't matter: SQLite has rolled back already, or does it when the connection closes.
    if !isAutocommit { _ = unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
  }

  /// Leaves the write-ahead log and its index where they are when the last connection closes, and writes no checkpoint
  /// then: closing costs nothing, and a reader never has to make the files anew.
  public func keepLogFiles() throws(SQLiteError) {
    try check(unsafe postbag_sqlite_no_checkpoint_on_close(handle))
    var keep: Int32 = 1
    try check(unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &keep))
  }
}
