internal import MailSQLite
public import MailStore
public import MailSystem

/// Why the address books can't do what was asked.
public enum ContactError: Error, Sendable, CustomStringConvertible {
  case noSuchBook(String)
  case noSuchGroup(String)
  case noSuchContact(String)
  case noSuchList(String)
  /// A name that fits several contacts.
  case ambiguous(String, candidates: [String])
  case listExists(String)
  /// The name of a list can't be used; the reason.
  case badListName(String, reason: String)
  /// What is to be a member is neither an address nor a number nor a contact; the reason.
  case badMember(String, reason: String)
  /// There are as many lists as the configuration allows.
  case tooManyLists(limit: Int)
  /// The list would have more members than the configuration allows.
  case tooManyMembers(list: String, limit: Int)
  /// The user is not among those who may change this.
  case notEditor(of: String)
  /// What is to be stored is not a contact; the reason.
  case badContact(String)
  /// Text that is neither vCard nor CSV, or is damaged; counted from line 1.
  case badText(format: String, line: Int, reason: String)
  /// The text is larger, or has more contacts, than anybody's address book.
  case tooLarge(String)
  /// The file of a group's address book can't be used; the reason.
  case badBook(path: String, reason: String)
  /// Somebody asked for an end (Ctrl-C); nothing was changed.
  case interrupted
  case store(StoreError)
  case system(SystemError)

  public var description: String {
    switch self {
    case .noSuchBook(let name): "\(name): no such address book"
    case .noSuchGroup(let name): "\(name): no such group"
    case .noSuchContact(let name): "\(name): no such contact"
    case .noSuchList(let name): "\(name): no such list"
    case .ambiguous(let name, let candidates): "\(name): fits \(candidates.count) contacts"
    case .listExists(let name): "\(name): the list exists already"
    case .badListName(let name, let reason): "\(name.isEmpty ? "''" : name): \(reason)"
    case .badMember(let text, let reason): "\(text.isEmpty ? "''" : text): \(reason)"
    case .tooManyLists(let limit): "there are \(limit) lists already, as many as are allowed"
    case .tooManyMembers(let list, let limit): "\(list): a list has at most \(limit) members"
    case .notEditor(let name): "\(name): you are not among those who may change it"
    case .badContact(let reason): reason
    case .badText(let format, let line, let reason): "\(format), line \(line): \(reason)"
    case .tooLarge(let reason): reason
    case .badBook(let path, let reason): "\(path): \(reason)"
    case .interrupted: "stopped; nothing was changed"
    case .store(let error): error.description
    case .system(let error): error.description
    }
  }
}

/// Runs `body` and gives what it throws as a `ContactError`.
func asContactError<Value>(_ body: () throws -> Value) throws(ContactError) -> Value {
  do {
    return try body()
  } catch let error as ContactError {
    throw error
  } catch let error as StoreError {
    throw .store(error)
  } catch let error as SystemError {
    throw error.wouldBlock ? .store(.busy(error.path ?? "")) : .system(error)
  } catch let error as SQLiteError {
    throw .store(error.isBusy ? .busy(error.path) : .database(error))
  } catch {
    throw .badContact("\(error)")
  }
}
