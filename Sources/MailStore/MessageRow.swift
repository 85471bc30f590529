/// A message as lists show it. Text is decoded, but may hold control characters: printers clean it.
public struct MessageRow: Sendable, Identifiable {
  /// The number of the message in the store: stays the same through moves and flag changes.
  public var id: Int64
  /// The folder's number.
  public var folder: Int64
  /// The file name below the folder: "new/…" or "cur/…:2,S".
  public var name: String
  public var flags: MessageFlags
  /// The date by which mail is sorted, seconds since 1970: the Date field, or `received` where that is missing, invalid
  /// or more than a day later than `received`.
  public var date: Int64
  /// When the message came here, seconds since 1970 (the time of the file, as IMAP's INTERNALDATE).
  public var received: Int64
  /// The size of the file in bytes.
  public var size: Int64
  /// The conversation's number.
  public var thread: Int64
  /// The display name of the first author, or the address where there is no name.
  public var sender: String
  /// The address of the first author.
  public var senderAddress: String
  /// To, as display names or addresses, separated by ", ".
  public var recipients: String
  public var subject: String
  /// Message-ID without angle brackets; empty if there is none.
  public var messageID: String
  /// The names of the owner's tags.
  public var tags: [String]
  /// The owner's comment.
  public var comment: String?

  public var isUnread: Bool { !flags.contains(.seen) }
}

extension MessageRow {
  /// What lists show of a message that lies in no store: `bytes`, which came at `received` (seconds since 1970). It has no
  /// number, folder and name.
  public init(describing bytes: [UInt8], received: Int64, flags: MessageFlags = [], tags: [String] = []) {
    let record = EnvelopeReader.record(of: bytes, received: received, size: Int64(bytes.count))
    self.init(
      id: 0, folder: 0, name: "", flags: flags.union(record.marks), date: record.date, received: received,
      size: record.size, thread: 0, sender: record.sender, senderAddress: record.senderAddress,
      recipients: record.recipients, subject: record.subject, messageID: record.messageID, tags: tags)
  }
}

/// Which messages are listed, and in which order.
public struct ListRequest: Sendable {
  /// What messages are sorted by.
  public enum Sort: String, Sendable, CaseIterable {
    case date, received, from, subject, size
  }

  /// Which folders; nil: all but Trash and Junk.
  public var folders: [Folder]?
  /// Only these messages, in this order (`sort` nil), or sorted.
  public var ids: [Int64]?
  /// Only messages without the seen flag.
  public var unreadOnly = false
  /// Only messages that have all of these flags.
  public var required: MessageFlags = []
  /// Only messages that have, of each of these groups, at least one tag, by number.
  public var tags: [[Int64]] = []
  /// Only messages whose `date` is this or later, seconds since 1970.
  public var since: Int64?
  /// Only messages of this conversation.
  public var thread: Int64?
  /// nil: by date, or in the order of `ids` when that is given.
  public var sort: Sort?
  /// The other way round than the natural one: newest first for dates, largest first for sizes, A to Z for text.
  public var reverse = false
  /// At most so many.
  public var limit: Int?

  public init() {}
}

/// A message of a conversation, with its place in the tree.
public struct ThreadRow: Sendable {
  /// The message.
  public var id: Int64
  /// The conversation's number.
  public var thread: Int64
  /// 0 for the root.
  public var depth: Int
  /// No later message has the same parent.
  public var isLastChild: Bool
  /// For the first row of a conversation: the number of messages listed, else 0.
  public var count: Int
  /// For the first row of a conversation: how many of them are unread.
  public var unread: Int
  /// For the first row of a conversation: the date of its newest message.
  public var newest: Int64
}
