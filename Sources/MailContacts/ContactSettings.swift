/// What the configuration says about address books.
public struct ContactSettings: Sendable, Equatable {
  /// The people one writes to, and who write, are remembered and offered after the contacts.
  public var harvests = true
  /// How many lists one address book has.
  public var maxLists = 200
  /// How many members one list has.
  public var maxMembers = 2_000
  public var groups: [Group] = []
  /// The names by which groups know this user: addresses and the account's name.
  public var user: [String] = []

  public init() {}

  /// People who share an address book.
  public struct Group: Sendable, Equatable {
    public var name: String
    /// The file of the group's address book; nil if it has none.
    public var path: String?
    /// Its members, `address` or `Name <address>`.
    public var members: [String] = []
    /// Who may change the book and make lists in it, by address or account; empty for every member.
    public var editors: [String] = []

    public init(name: String) { self.name = name }
  }
}
