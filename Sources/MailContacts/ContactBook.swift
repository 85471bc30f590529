public import MailConfiguration
internal import MailMIME
internal import MailSQLite
public import MailStore
internal import MailSystem

/// All address books of a user: the private one, which lies in the store's `state.db`, and those of groups.
///
/// A book is opened when it is first needed. A contact book belongs to one thread.
public final class ContactBook {
  let store: Store
  public let settings: ContactSettings
  let privateBook: AddressBook
  let groupBooks: [AddressBook]

  public init(store: Store, settings: ContactSettings) {
    self.store = store
    self.settings = settings
    privateBook = AddressBook(store: store, settings: settings)
    groupBooks = settings.groups.filter { $0.path != nil }.map {
      AddressBook(store: store, settings: settings, group: $0)
    }
  }

  /// The address books that `configuration` names.
  public convenience init(store: Store, configuration: Configuration) {
    self.init(store: store, settings: ContactSettings(configuration))
  }

  /// What a person should be told: a group's book that can't be read, and why. Such a book counts as empty.
  public private(set) var notices: [String] = []

  /// The private book, then those groups' that can be read. One that can't be read is named in `notices`.
  private(set) lazy var readableBooks: [AddressBook] = {
    var books = [privateBook]
    for book in groupBooks {
      do {
        _ = try book.reading()
        books.append(book)
      } catch {
        notices.append("the address book of \(book.title) can't be read: \(error)")
      }
    }
    return books
  }()

  /// The names of the groups that have an address book.
  public var bookNames: [String] { groupBooks.map { $0.name } }

  /// The book called `name`: `private` or nil is the private one.
  func book(_ name: String?) throws(ContactError) -> AddressBook {
    guard let name, !name.isEmpty, folded(name) != "private" else { return privateBook }
    guard let book = groupBooks.first(where: { folded($0.name) == folded(name) }) else { throw .noSuchBook(name) }
    return book
  }

  /// The books to look in: the one called `name`, or all.
  func books(_ name: String?) throws(ContactError) -> [AddressBook] {
    guard let name else { return readableBooks }
    return [try book(name)]
  }
}

extension ContactSettings {
  /// What `configuration` says; the user is known by his addresses and his account.
  public init(_ configuration: Configuration) {
    self.init()
    harvests = configuration.contacts.harvests
    maxLists = configuration.contacts.maxLists
    maxMembers = configuration.contacts.maxMembers
    user = configuration.ownAddresses
    // Without an account there is a name less.
    if let account = try? User.withID(effectiveUserID()) { user.append(account.name) }
    groups = configuration.contacts.groups.map { group in
      var own = Group(name: group.name)
      own.path = group.path.map { expandTilde($0, home: userHome()) }
      own.members = group.members
      own.editors = group.editors
      return own
    }
  }
}
