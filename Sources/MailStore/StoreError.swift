public import MailSQLite
public import MailSystem

/// Why the store can't do what was asked.
public enum StoreError: Error, Sendable, CustomStringConvertible {
  /// There is no directory of this name.
  case noSuchStore(String)
  /// The directory is not a Maildir, nor a tree of Maildirs.
  case notAStore(String)
  /// The store belongs to another user, or others may write to it; the reason.
  case notPermitted(path: String, reason: String)
  case noSuchFolder(String)
  case folderExists(String)
  /// The folder's name can't be used; the reason.
  case badFolderName(String, reason: String)
  case noSuchTag(String)
  case tagExists(String)
  /// The tag's name can't be used; the reason.
  case badTagName(String, reason: String)
  /// A comment of more bytes than are kept.
  case commentTooLong(limit: Int)
  case noSuchMessage(String)
  /// A Message-ID that fits several different messages.
  case ambiguous(String, paths: [String])
  /// A name that fits several deleted folders.
  case ambiguousFolder(String, candidates: [String])
  /// A folder in Trash of which nobody knows where it was.
  case unknownOrigin(String)
  /// A folder that was to be deleted, but lies in Trash.
  case alreadyInTrash(String)
  /// Nothing can be changed in this store.
  case readOnly(String)
  /// Another process holds the store for too long.
  case busy(String)
  /// Somebody asked for an end (Ctrl-C): so many of so many messages were done, and what was done is recorded.
  case interrupted(done: Int, of: Int)
  /// There is no last move that could be taken back.
  case nothingToUndo
  case system(SystemError)
  case database(SQLiteError)

  public var description: String {
    switch self {
    case .noSuchStore(let path): "\(path): no such store"
    case .notAStore(let path): "\(path): not a Maildir"
    case .notPermitted(let path, let reason): "\(path): \(reason)"
    case .noSuchFolder(let name): "\(name): no such folder"
    case .folderExists(let name): "\(name): the folder exists already"
    case .badFolderName(let name, let reason): "\(name): \(reason)"
    case .noSuchTag(let name): "\(name): no such tag"
    case .tagExists(let name): "\(name): the tag exists already"
    case .badTagName(let name, let reason): "\(name.isEmpty ? "''" : name): \(reason)"
    case .commentTooLong(let limit): "a comment has at most \(limit) bytes"
    case .noSuchMessage(let name): "\(name): no such message"
    case .ambiguous(let id, let paths): "\(id): fits \(paths.count) different messages"
    case .ambiguousFolder(let name, let candidates): "\(name): fits \(candidates.count) deleted folders"
    case .unknownOrigin(let name): "\(name): it is not known where this folder was"
    case .alreadyInTrash(let name): "\(name): lies in Trash already"
    case .readOnly(let path): "\(path): the store can't be written"
    case .busy(let path): "\(path): busy: another program is working on it"
    case .interrupted(let done, let total): "stopped: \(done) of \(total) done"
    case .nothingToUndo: "there is no move to take back"
    case .system(let error): error.description
    case .database(let error): error.description
    }
  }

  /// No space is left on the disk.
  public var isFull: Bool {
    switch self {
    case .database(let error): error.isFull
    case .system(let error): error.isFull
    default: false
    }
  }

  /// The same may succeed later without anyone repairing anything.
  public var isTemporary: Bool {
    switch self {
    case .busy: true
    case .system(let error): error.isTemporary
    case .database(let error): error.isBusy || error.isFull
    default: false
    }
  }
}

/// Runs `body` and gives what it throws as a `StoreError`.
package func asStoreError<Value: ~Copyable>(_ body: () throws -> Value) throws(StoreError) -> Value {
  do {
    return try body()
  } catch let error as StoreError {
    throw error
  } catch let error as SystemError {
    throw error.wouldBlock ? .busy(error.path ?? "") : .system(error)
  } catch let error as SQLiteError {
    throw error.isBusy ? .busy(error.path) : .database(error)
  } catch {
    throw .notPermitted(path: "", reason: "\(error)")
  }
}

/// Runs `body` and gives errors of the layers below as `StoreError`; others, such as those of a caller's closure, come
/// through as they are.
func passingErrors<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as SystemError {
    throw StoreError.system(error)
  } catch let error as SQLiteError {
    throw error.isBusy ? StoreError.busy(error.path) : StoreError.database(error)
  }
}
