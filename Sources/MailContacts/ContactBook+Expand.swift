internal import MailMIME

extension ContactBook {
  /// A group of the configuration, as it is shown.
  public struct GroupInfo: Sendable, Hashable {
    public var name: String
    /// The file of its address book; nil if it has none.
    public var path: String?
    public var members: Int
    /// This user may change its address book, as far as the configuration says.
    public var isEditable: Bool
  }

  /// The name of the list in a group's book whose members are members of the group.
  public static let membersList = "members"

  /// The recipients that `list:name` stands for, each once; `Group/Name` means a list of that group.
  public func expand(list name: String) throws(ContactError) -> [Member] { try members(ofList: name) }

  /// All members of the group `name`, each once: those of the configuration, and those of the list `members` in its book,
  /// which everybody who shares the book sees at once.
  public func expand(group name: String) throws(ContactError) -> [Member] {
    guard let group = settings.groups.first(where: { folded($0.name) == folded(name) }) else {
      throw .noSuchGroup(name)
    }
    return try asContactError { try members(of: group) }
  }

  private func members(of group: ContactSettings.Group) throws -> [Member] {
    var members = configuredMembers(of: group)
    // The book is that of exactly this group; where it can't be read, half of the group would be left out unnoticed.
    if let book = groupBooks.first(where: { $0.name == group.name }), let database = try book.reading(),
      let list = try book.list(ContactBook.membersList, in: database)
    {
      members += try book.members(of: list.id, in: database)
    }
    return unique(members)
  }

  /// The groups of the configuration.
  public func groups() throws(ContactError) -> [GroupInfo] {
    try asContactError {
      try settings.groups.map { group in
        let book = groupBooks.first { $0.name == group.name }
        return GroupInfo(
          name: group.name, path: group.path, members: try members(of: group).count,
          isEditable: book?.isEditable ?? false)
      }
    }
  }

  /// The members that the configuration names.
  func configuredMembers(of group: ContactSettings.Group) -> [Member] { group.members.compactMap { plainMember($0) } }
}
