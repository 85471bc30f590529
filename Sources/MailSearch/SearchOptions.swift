/// How results are chosen and ordered.
public struct SearchOptions: Sendable {
  /// What comes first.
  public enum Order: Sendable {
    /// The best match; a query without words is ordered by date.
    case relevance
    /// The newest by date.
    case date
    /// Whatever: all matches are wanted, to be ordered by something else.
    case none
  }

  public var order = Order.relevance
  /// At most so many; nil: all.
  public var limit: Int? = 200
  /// Trash, Junk and the folders in them are searched though the query doesn't name them.
  public var includesTrashAndJunk = false

  public init() {}

  /// Of so many matches at least, the newest, relevance is computed.
  public static let rankedMatches = 3_000
}
