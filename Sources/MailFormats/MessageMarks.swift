/// What a mailbox file says about a message, in bits: those of `MaildirFlags`.
public struct MessageMarks: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let seen = MessageMarks(rawValue: 1)
  public static let answered = MessageMarks(rawValue: 2)
  public static let flagged = MessageMarks(rawValue: 4)
  /// To be deleted.
  public static let deleted = MessageMarks(rawValue: 8)
  public static let draft = MessageMarks(rawValue: 16)
  public static let forwarded = MessageMarks(rawValue: 32)
}
