public import MailMIME

/// The letter around a report: who writes it to whom, and what it says to people.
public struct ReportLetter: Sendable {
  /// Who reports.
  public var from: Address
  /// To whom.
  public var to: Address
  /// Others whom it goes to as well.
  public var others: [Address] = []
  /// When.
  public var date: MailDate
  /// The Message-ID of the report, without angle brackets.
  public var messageID: String
  /// The subject.
  public var subject: String
  /// What people read; its lines end in LF.
  public var text: String

  /// A letter of these parts.
  public init(from: Address, to: Address, date: MailDate, messageID: String, subject: String, text: String) {
    self.from = from
    self.to = to
    self.date = date
    self.messageID = messageID
    self.subject = subject
    self.text = text
  }
}

/// How much of the message that is reported on goes back with the report. RFC 3461, section 4.3.
public enum ReturnedContent: Sendable, Hashable {
  /// Nothing.
  case nothing
  /// Its header.
  case header
  /// All of it.
  case message
}
