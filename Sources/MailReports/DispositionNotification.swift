/// What a recipient did with a message: a read receipt. RFC 8098; RFC 6533, section 5, for addresses beyond ASCII.
public struct DispositionNotification: Sendable, Hashable {
  /// What was done with the message. RFC 8098, section 3.2.6.2.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It was shown to somebody; whether it was read and understood nobody can know.
    case displayed
    /// It was sent on, printed or put elsewhere by a program.
    case dispatched
    /// A program worked on it; nobody need have seen it.
    case processed
    /// It was deleted unseen, as far as one knows.
    case deleted
  }

  /// What was done, and who decided to say so. RFC 8098, section 3.2.6.
  public struct Disposition: Sendable, Hashable {
    /// What was done.
    public var kind: Kind
    /// A program did it by itself; else a person did or asked for it.
    public var isAutomaticAction: Bool
    /// A program sent the notification by itself; else a person agreed to this one.
    public var isSentAutomatically: Bool
    /// The modifiers in lower case, such as `error`.
    public var modifiers: [String] = []

    /// A disposition without modifiers.
    public init(_ kind: Kind, isAutomaticAction: Bool, isSentAutomatically: Bool) {
      self.kind = kind
      self.isAutomaticAction = isAutomaticAction
      self.isSentAutomatically = isSentAutomatically
    }
  }

  /// The program that reports, such as `laptop; Postbag`.
  public var reportingUA: String?
  /// The address that the sender gave, where the message still tells it.
  public var originalRecipient: ReportAddress?
  /// The address that the message came to.
  public var finalRecipient: ReportAddress
  /// The Message-ID of the message, without angle brackets.
  public var originalMessageID: String?
  /// What was done.
  public var disposition: Disposition
  /// What went wrong, in words, where something did.
  public var errors: [String] = []
  /// The subject of the message, when it was read from a notification.
  public var originalSubject: String?

  /// That `disposition` happened to the message for `finalRecipient`.
  public init(finalRecipient: ReportAddress, disposition: Disposition) {
    self.finalRecipient = finalRecipient
    self.disposition = disposition
  }
}
