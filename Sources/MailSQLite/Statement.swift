internal import CSQLite

/// A compiled statement: parameters are numbered from 1, columns from 0, as in SQLite.
@safe public final class Statement {
  @unsafe let handle: OpaquePointer
  private let database: Database

  init(_ sql: String, in database: Database, flags: UInt32) throws(SQLiteError) {
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(database.handle, sql, -1, flags, &statement, nil)
    guard code == SQLITE_OK else { throw database.lastError() }
    guard let statement = unsafe statement else {
      throw SQLiteError(code: SQLITE_MISUSE, message: "empty statement", path: database.path)
    }
    unsafe self.handle = statement
    self.database = database
  }

  deinit {
    unsafe sqlite3_finalize(handle)
  }

  // MARK: Parameters

  private static var transient: sqlite3_destructor_type { unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

  /// Binds an integer.
  public func bind(_ value: Int64, at index: Int32) {
    unsafe sqlite3_bind_int64(handle, index, value)
  }

  /// Binds an integer.
  public func bind(_ value: Int, at index: Int32) {
    unsafe sqlite3_bind_int64(handle, index, Int64(value))
  }

  /// Binds an integer, or NULL.
  public func bind(_ value: Int64?, at index: Int32) {
    if let value { bind(value, at: index) } else { bindNull(at: index) }
  }

  /// Binds a floating-point number.
  public func bind(_ value: Double, at index: Int32) {
    unsafe sqlite3_bind_double(handle, index, value)
  }

  /// Binds text.
  public func bind(_ value: String, at index: Int32) {
    var value = value
    value.withUTF8 { bytes in
      if let base = bytes.baseAddress {
        let text = unsafe UnsafeRawPointer(base).assumingMemoryBound(to: CChar.self)
        _ = unsafe sqlite3_bind_text64(
          handle, index, text, UInt64(bytes.count), Statement.transient, UInt8(SQLITE_UTF8))
      } else {
        _ = unsafe sqlite3_bind_text(handle, index, "", 0, nil)
      }
    }
  }

  /// Binds text, or NULL.
  public func bind(_ value: String?, at index: Int32) {
    if let value { bind(value, at: index) } else { bindNull(at: index) }
  }

  /// Binds bytes as text. They should be UTF-8; SQLite does not check.
  public func bind(text value: [UInt8], at index: Int32) {
    unsafe value.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress {
        _ = unsafe sqlite3_bind_text64(
          handle, index, base.assumingMemoryBound(to: CChar.self), UInt64(bytes.count), Statement.transient,
          UInt8(SQLITE_UTF8))
      } else {
        _ = unsafe sqlite3_bind_text(handle, index, "", 0, nil)
      }
    }
  }

  /// Binds bytes.
  public func bind(blob value: [UInt8], at index: Int32) {
    unsafe value.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress {
        _ = unsafe sqlite3_bind_blob64(handle, index, base, UInt64(bytes.count), Statement.transient)
      } else {
        _ = unsafe sqlite3_bind_zeroblob(handle, index, 0)
      }
    }
  }

  /// Binds NULL.
  public func bindNull(at index: Int32) {
    unsafe sqlite3_bind_null(handle, index)
  }

  // MARK: Running

  /// Goes to the next row. False: there is none, and the statement is reset.
  public func step() throws(SQLiteError) -> Bool {
    switch unsafe sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      unsafe sqlite3_reset(handle)
      return false
    default:
      let error = database.lastError()
      unsafe sqlite3_reset(handle)
      throw error
    }
  }

  /// Runs a statement that gives no rows, and makes it ready for the next run.
  public func run() throws(SQLiteError) {
    while try step() {}
  }

  /// Makes the statement ready to run again; parameters stay bound.
  public func reset() {
    unsafe sqlite3_reset(handle)
  }

  // MARK: Columns of the row

  /// The number of columns.
  public var columnCount: Int32 { unsafe sqlite3_column_count(handle) }

  /// Whether the column is NULL.
  public func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// The column as an integer.
  public func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  /// The column as a floating-point number.
  public func double(_ column: Int32) -> Double { unsafe sqlite3_column_double(handle, column) }

  /// The column as a string; empty where it is NULL.
  public func text(_ column: Int32) -> String {
    let bytes = unsafe rawBytes(column)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// The column as a string; nil where it is NULL.
  public func optionalText(_ column: Int32) -> String? {
    isNull(column) ? nil : text(column)
  }

  /// The bytes of a column of text or bytes.
  public func bytes(_ column: Int32) -> [UInt8] {
    unsafe Array(rawBytes(column))
  }

  /// Lends the bytes of a column of text or bytes, without a copy.
  public func withBytes<Value>(_ column: Int32, _ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
    let bytes = unsafe rawBytes(column)
    return try unsafe body(bytes.span)
  }

  @unsafe private func rawBytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
    guard let blob = unsafe sqlite3_column_blob(handle, column) else {
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    // The count is asked after the bytes: the order that SQLite's documentation calls safe.
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe UnsafeBufferPointer(start: blob.assumingMemoryBound(to: UInt8.self), count: count)
  }
}
