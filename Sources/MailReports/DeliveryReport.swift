public import MailMIME

/// What became of a message on its way to each of its recipients. RFC 3464; RFC 6533 for addresses beyond ASCII.
public struct DeliveryReport: Sendable, Hashable {
  /// What was done about a recipient. RFC 3464, section 2.3.3.
  public enum Action: String, Sendable, Hashable, CaseIterable {
    /// The message could not be delivered, and no more is tried.
    case failed
    /// It could not be delivered yet, and is tried again.
    case delayed
    /// It lies in the recipient's mailbox.
    case delivered
    /// It went on to a system that sends no reports.
    case relayed
    /// It went on to several recipients, and no report comes of them.
    case expanded
  }

  /// What happened to one recipient. RFC 3464, section 2.3.
  public struct Recipient: Sendable, Hashable {
    /// The address that the sender gave, where it was handed on.
    public var original: ReportAddress?
    /// The address that the reporting system saw.
    public var final: ReportAddress
    /// What was done.
    public var action: Action
    /// The number that says it in detail.
    public var status: StatusCode
    /// The system that answered, such as `mx.example.org`.
    public var remoteMTA: String?
    /// What that system said: `smtp` or another type, and the text.
    public var diagnostic: Diagnostic?
    /// When it was tried last.
    public var lastAttempt: MailDate?
    /// Until when a delayed message is tried again.
    public var willRetryUntil: MailDate?

    /// What happened to `final`.
    public init(_ final: ReportAddress, action: Action, status: StatusCode) {
      self.final = final
      self.action = action
      self.status = status
    }
  }

  /// What another system said. RFC 3464, section 2.3.6.
  public struct Diagnostic: Sendable, Hashable {
    /// The kind of system in lower case: `smtp`, `x-unix` and so on.
    public var type: String
    /// Its words.
    public var text: String

    /// The words `text` of a system of the kind `type`.
    public init(type: String = "smtp", text: String) {
      self.type = type
      self.text = text
    }
  }

  /// The name of the system that reports. RFC 3464, section 2.2.2.
  public var reportingMTA: String
  /// The identifier that the sender gave to the envelope (ENVID). RFC 3464, section 2.2.1.
  public var envelopeID: String?
  /// The system that the message came from.
  public var receivedFromMTA: String?
  /// When the message came to the reporting system.
  public var arrival: MailDate?
  /// The recipients that are reported on.
  public var recipients: [Recipient]
  /// The Message-ID of the message, without angle brackets, when it was read from a report.
  public var originalMessageID: String?
  /// The subject of the message, when it was read from a report.
  public var originalSubject: String?

  /// A report of the system `reportingMTA` on `recipients`.
  public init(reportingMTA: String, recipients: [Recipient]) {
    self.reportingMTA = reportingMTA
    self.recipients = recipients
  }
}
