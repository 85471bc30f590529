/// What a person searches for, as a tree.
public indirect enum Query: Sendable, Equatable {
  /// Every message.
  case everything
  /// Words of the message.
  case text(TextTerm)
  /// Words of the owner's comment on the message.
  case comment(TextTerm)
  /// Somebody who wrote or received the message.
  case address(AddressTerm)
  /// Messages of a mailing list: its whole List-Id, or a part of it between dots.
  case list(String)
  /// The message with this Message-ID, written without angle brackets.
  case messageID(String)
  /// The conversation with this number.
  case threadNumber(Int64)
  /// The conversation in which the message with this Message-ID stands.
  case thread(messageID: String)
  /// Messages in folders with such a name.
  case folder(Glob)
  /// Messages that carry a tag with such a name.
  case tag(Glob)
  /// Messages of some time.
  case time(TimeKind, TimeRange)
  /// Messages of some size in bytes.
  case size(SizeRange)
  /// Messages in some state.
  case state(MessageState)
  /// All of these.
  case all([Query])
  /// Any of these.
  case any([Query])
  /// Not this.
  case not(Query)
}

/// One word or phrase, and where it may stand.
public struct TextTerm: Sendable, Equatable {
  /// The words in their order, with a space between; runs of Chinese, Japanese and Korean as overlapping pairs. It
  /// has no quotation mark and no NUL, and at least one letter or digit.
  public let words: String
  /// Whether the last word is only the beginning of a word.
  public let isPrefix: Bool
  /// The parts of the message that are searched.
  public let fields: TextFields
  /// What the person wrote, for explanations.
  public let source: String

  public init(words: String, isPrefix: Bool = false, fields: TextFields = .all, source: String? = nil) {
    self.words = words
    self.isPrefix = isPrefix
    self.fields = fields
    self.source = source ?? words
  }

  /// Whether more than one word must follow each other.
  public var isPhrase: Bool { words.utf8.contains(UInt8(ascii: " ")) }
}

/// The parts of a message whose words are searched.
public struct TextFields: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let subject = TextFields(rawValue: 1)
  /// Names and addresses in From and Sender.
  public static let sender = TextFields(rawValue: 2)
  /// Names and addresses in To.
  public static let recipient = TextFields(rawValue: 4)
  /// Names and addresses in Cc and Bcc.
  public static let copy = TextFields(rawValue: 8)
  public static let body = TextFields(rawValue: 16)
  /// Names and media types of attachments.
  public static let attachment = TextFields(rawValue: 32)
  public static let people: TextFields = [.sender, .recipient, .copy]
  public static let all: TextFields = [.subject, .people, .body, .attachment]
}

/// Somebody's part in a message, by address.
public struct AddressTerm: Sendable, Equatable {
  /// Whose addresses fit.
  public enum Person: Sendable, Equatable {
    /// Whoever has this address, in lower case.
    case address(String)
    /// Whoever has an address in this domain or one below it, in lower case.
    case domain(String)
    /// Anybody.
    case anyone
  }

  /// The parts that somebody can have in a message.
  public struct Roles: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let from = Roles(rawValue: 1)
    public static let sender = Roles(rawValue: 2)
    public static let replyTo = Roles(rawValue: 4)
    public static let to = Roles(rawValue: 8)
    public static let cc = Roles(rawValue: 16)
    public static let bcc = Roles(rawValue: 32)
    public static let everyRole: Roles = [.from, .sender, .replyTo, .to, .cc, .bcc]
  }

  public let person: Person
  public let roles: Roles

  public init(_ person: Person, roles: Roles) {
    self.person = person
    self.roles = roles
  }
}

/// Which of a message's times is meant.
public enum TimeKind: String, Sendable {
  /// The Date field, written by the sender.
  case date
  /// When the message arrived here.
  case received
}

/// A stretch of time in seconds since 1970, UTC; an end that is nil is open.
public struct TimeRange: Sendable, Equatable {
  /// The first second.
  public let start: Int64?
  /// The second after the last.
  public let end: Int64?

  public init(start: Int64?, end: Int64?) {
    self.start = start
    self.end = end
  }
}

/// Sizes in bytes, both ends included; an end that is nil is open.
public struct SizeRange: Sendable, Equatable {
  public let least: Int64?
  public let most: Int64?

  public init(least: Int64?, most: Int64?) {
    self.least = least
    self.most = most
  }
}

/// A state that a message is in or not.
public enum MessageState: String, Sendable, CaseIterable {
  case unread, flagged, answered, forwarded, draft, attachment, comment, tag, list, signed, encrypted
  case highPriority = "high priority"
  case lowPriority = "low priority"
  case trashed = "marked as deleted"
}
