/// What a report says that became of a message for one recipient. RFC 3464; RFC 8098.
public struct MessageReport: Sendable, Hashable {
  /// What became of it.
  public enum Kind: String, Sendable, CaseIterable {
    /// It was shown to the recipient.
    case displayed
    /// The recipient's program sent it on or put it elsewhere.
    case dispatched
    /// A program has worked on it.
    case processed
    /// It was deleted.
    case deleted
    /// It could not be delivered.
    case failed
    /// It could not be delivered yet.
    case delayed
    /// It was delivered.
    case delivered
    /// It went on to a system that sends no reports.
    case relayed
    /// It went on to several recipients.
    case expanded

    /// The mark that the message gets.
    var mark: MessageFlags {
      switch self {
      case .displayed: .wasRead
      case .failed: .notDelivered
      case .delayed: .delayed
      case .delivered, .relayed, .expanded: .delivered
      case .dispatched, .processed, .deleted: []
      }
    }
  }

  /// The number of the message that is the report.
  public var message: Int64
  /// What became of it.
  public var kind: Kind
  /// The date of the report, seconds since 1970.
  public var time: Int64
  /// The recipient's address.
  public var recipient: String
  /// The status code of a delivery, such as `5.1.1`; empty for a receipt.
  public var status: String
  /// What the other system said; empty if nothing.
  public var words: String
}
