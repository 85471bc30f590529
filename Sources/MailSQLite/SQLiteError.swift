internal import CSQLite

/// What SQLite answered: its extended result code and its own words.
public struct SQLiteError: Error, Equatable, CustomStringConvertible {
  /// The extended result code (`SQLITE_IOERR_FSYNC` and the like).
  public let code: Int32
  /// SQLite's message, as it stood when the error was made.
  public let message: String
  /// The file of the database.
  public let path: String

  public init(code: Int32, message: String, path: String) {
    self.code = code
    self.message = message
    self.path = path
  }

  /// The error of a file that turned out to be damaged.
  public static func damaged(path: String) -> SQLiteError {
    SQLiteError(code: SQLITE_CORRUPT, message: "database disk image is malformed", path: path)
  }

  /// The primary result code.
  public var primaryCode: Int32 { code & 0xff }

  /// Another process holds the database longer than the busy timeout.
  public var isBusy: Bool { primaryCode == SQLITE_BUSY || primaryCode == SQLITE_LOCKED }

  /// The file is damaged or is no database.
  public var isDamaged: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

  /// The file or its folder can't be written, or can't be opened.
  public var isReadOnly: Bool { primaryCode == SQLITE_READONLY || primaryCode == SQLITE_CANTOPEN }

  /// No space is left.
  public var isFull: Bool { primaryCode == SQLITE_FULL }

  public var description: String { "\(path): \(message)" }
}
