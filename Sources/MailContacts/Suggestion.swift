/// A recipient that fits what somebody has begun to type.
public struct Suggestion: Sendable, Hashable {
  /// Where a suggestion comes from.
  public enum Source: Sendable, Hashable {
    /// The private address book.
    case contact
    /// The address book of a group, or the group's members.
    case group(String)
    /// Not a contact: somebody the user has written to or heard from.
    case correspondent
  }

  /// The recipient: an address, or a number with `@SMS` or `@fax`.
  public var recipient: String
  /// The person's name; empty when it isn't known.
  public var name: String
  /// What kind of address it is (`work`), or the organisation; may be empty.
  public var note: String
  public var source: Source
  /// A moment in seconds since 1970 that each use moves into the future; 0 for what was never used.
  public var score: Double
}
