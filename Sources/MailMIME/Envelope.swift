internal import MailBytes

/// How urgent the sender says a message is.
public enum Priority: Int, Sendable, Hashable {
  /// Less than usual.
  case low = -1
  /// As usual, or not said.
  case normal = 0
  /// More than usual.
  case high = 1
}

/// What lists and searches need of a message's header, read in one pass. RFC 5322, section 3.6.
public struct Envelope: Sendable, Hashable {
  /// The Date field in seconds since 1970, nil when it is missing or can't be read.
  public var date: Int64?
  /// The subject, decoded; empty when there is none.
  public var subject = ""
  /// Who says to have written, sent, and wants answers.
  public var origin = Origin()
  /// Whom it went to.
  public var recipients = Recipients()
  /// The identifiers that make threads.
  public var identifiers = Identifiers()
  /// The identifier of the mailing list, without angle brackets. RFC 2919.
  public var listID: String?
  /// From X-Priority, Importance and Priority.
  public var priority = Priority.normal
  /// Whether the top-level type is one that may carry attachments.
  public var mayHaveAttachment = false
  /// The sender asks for a receipt. RFC 8098, section 2.1.
  public var asksReceipt = false
  /// The message is a report on another one. RFC 6522.
  public var isReport = false

  /// The originator fields. RFC 5322, section 3.6.2.
  public struct Origin: Sendable, Hashable {
    /// The From field.
    public var from: [Address] = []
    /// The Sender field.
    public var sender: [Address] = []
    /// The Reply-To field.
    public var replyTo: [Address] = []
  }

  /// The destination fields. RFC 5322, section 3.6.3.
  public struct Recipients: Sendable, Hashable {
    /// The To field.
    public var to: [Address] = []
    /// The Cc field.
    public var cc: [Address] = []
    /// The Bcc field.
    public var bcc: [Address] = []
  }

  /// The identification fields, without angle brackets. RFC 5322, section 3.6.4.
  public struct Identifiers: Sendable, Hashable {
    /// The Message-ID field.
    public var messageID: String?
    /// The In-Reply-To field.
    public var inReplyTo: [String] = []
    /// The References field, oldest first.
    public var references: [String] = []
  }
}

extension Envelope {
  /// Who wrote.
  public var from: [Address] { origin.from }
  /// Who sent it for them.
  public var sender: [Address] { origin.sender }
  /// Where answers go.
  public var replyTo: [Address] { origin.replyTo }
  /// The recipients.
  public var to: [Address] { recipients.to }
  /// Those who get a copy.
  public var cc: [Address] { recipients.cc }
  /// Those who get a copy that others don't see.
  public var bcc: [Address] { recipients.bcc }
  /// The message's identifier without angle brackets.
  public var messageID: String? { identifiers.messageID }
  /// What it answers.
  public var inReplyTo: [String] { identifiers.inReplyTo }
  /// What came before it, oldest first.
  public var references: [String] { identifiers.references }
}
