internal import Maildir

/// What is known of a message in one number: the flags of its file name, the folder half it lies in, and marks found in it.
public struct MessageFlags: OptionSet, Sendable, Hashable {
  public let rawValue: Int64

  public init(rawValue: Int64) { self.rawValue = rawValue }

  /// `S`
  public static let seen = MessageFlags(rawValue: 1)
  /// `R`
  public static let answered = MessageFlags(rawValue: 2)
  /// `F`
  public static let flagged = MessageFlags(rawValue: 4)
  /// `T`
  public static let trashed = MessageFlags(rawValue: 8)
  /// `D`
  public static let draft = MessageFlags(rawValue: 16)
  /// `P` (passed on: forwarded, resent or bounced)
  public static let forwarded = MessageFlags(rawValue: 32)
  /// The file lies in `new/`: no mail program has looked at the folder since.
  public static let recent = MessageFlags(rawValue: 64)
  /// The message has an attachment; before the full text is indexed, what the top content type lets one expect.
  public static let attachment = MessageFlags(rawValue: 256)
  public static let highPriority = MessageFlags(rawValue: 512)
  public static let lowPriority = MessageFlags(rawValue: 1024)
  public static let signed = MessageFlags(rawValue: 2048)
  public static let encrypted = MessageFlags(rawValue: 4096)
  /// The message came over a mailing list (it has a List-Id).
  public static let list = MessageFlags(rawValue: 8192)
  /// The owner has written a comment on it. Not stored with the others; set in rows that are handed out.
  public static let commented = MessageFlags(rawValue: 16384)

  /// The sender asks for a receipt.
  public static let asksReceipt = MessageFlags(rawValue: 32768)
  /// The message is a report on another one: a receipt, or what became of a delivery.
  public static let report = MessageFlags(rawValue: 65536)
  /// A receipt says that the message was shown to a recipient.
  public static let wasRead = MessageFlags(rawValue: 131_072)
  /// A report says that the message could not be delivered to a recipient.
  public static let notDelivered = MessageFlags(rawValue: 262_144)
  /// A report says that the message could not be delivered to a recipient yet.
  public static let delayed = MessageFlags(rawValue: 524_288)
  /// A report says that the message was delivered to a recipient, or went on to where no reports come from.
  public static let delivered = MessageFlags(rawValue: 1_048_576)

  /// Those that reports on the message tell.
  public static let fromReports: MessageFlags = [.wasRead, .notDelivered, .delayed, .delivered]

  /// Those that the text of the message tells.
  static let fromText: MessageFlags = [.attachment, .signed, .encrypted]

  /// The flags that a file name carries.
  public static let inName: MessageFlags = [.seen, .answered, .flagged, .trashed, .draft, .forwarded]

  /// The flags of a file name, and `recent` for one in `new/`. The bits of both types are the same.
  init(_ flags: MaildirFlags, isNew: Bool) {
    rawValue = Int64(flags.rawValue) | (isNew ? MessageFlags.recent.rawValue : 0)
  }
}

extension MaildirFlags {
  /// Those of `flags` that a file name carries.
  init(_ flags: MessageFlags) {
    self.init(rawValue: UInt8(truncatingIfNeeded: flags.intersection(.inName).rawValue))
  }
}
