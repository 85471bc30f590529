/// Who sends a message to whom, beside what its header says.
public struct SMTPEnvelope: Sendable, Equatable {
  /// Where reports go; empty for a message that must not be reported on. RFC 5321, section 4.5.5.
  public var sender: String
  public var recipients: [SMTPRecipient]
  /// How much of the message comes back in a report; nil leaves it to the servers. RFC 3461, section 4.3.
  public var returns: Returns?
  /// What the sender calls this sending in reports. RFC 3461, section 4.4.
  public var envelopeID: String?

  /// RFC 3461, section 4.3.
  public enum Returns: String, Sendable {
    case full = "FULL"
    case headers = "HDRS"
  }

  /// A message from `sender` to `recipients`.
  public init(sender: String, recipients: [SMTPRecipient]) {
    self.sender = sender
    self.recipients = recipients
  }

  /// A message from `sender` to `addresses`, without wishes about reports.
  public init(sender: String, to addresses: [String]) {
    self.init(sender: sender, recipients: addresses.map { SMTPRecipient($0) })
  }
}

/// Somebody whom a message is to reach.
public struct SMTPRecipient: Sendable, Hashable {
  /// The address, without angle brackets.
  public var address: String
  /// What is to be reported; nil leaves it to the servers, empty is never. RFC 3461, section 4.1.
  public var notify: Notify?
  /// The address to which the message was sent first, when this one stands for it; nil for none. RFC 3461, section 4.2.
  public var originalRecipient: String?

  /// Occasions for a report. RFC 3461, section 4.1.
  public struct Notify: OptionSet, Sendable, Hashable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let success = Notify(rawValue: 1)
    public static let failure = Notify(rawValue: 2)
    public static let delay = Notify(rawValue: 4)
  }

  /// `address`, without wishes about reports.
  public init(_ address: String, notify: Notify? = nil, originalRecipient: String? = nil) {
    self.address = address
    self.notify = notify
    self.originalRecipient = originalRecipient
  }
}
