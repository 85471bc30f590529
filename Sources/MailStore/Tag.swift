/// A tag of the owner's, and how many messages have it.
public struct Tag: Sendable, Hashable, Identifiable {
  public let id: Int64
  /// As it was written first; upper and lower case are the same.
  public let name: String
  public let colour: TagColour?
  /// The number of messages with this tag in all folders but Trash and Junk.
  public let total: Int
  /// The number of those without the seen flag.
  public let unread: Int

  /// The keyword under which IMAP clients see it.
  public var keyword: String { TagName.keyword(of: name) }
}

/// What `Store.changeTags` did.
public struct TagChange: Sendable, Equatable {
  /// The number of messages that have other tags than before.
  public var changed = 0
  /// The messages that are not there.
  public var missing: [Int64] = []
  /// The tags that were made.
  public var made: [String] = []
  /// Tags to take off that don't exist.
  public var unknown: [String] = []
}
