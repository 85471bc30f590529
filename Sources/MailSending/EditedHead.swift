public import MailConfiguration

/// The header of a message as it is stored and sent, and what it says about the way.
public struct EditedHead: Sendable, Equatable {
  /// With the empty line at its end.
  public var bytes: [UInt8] = []
  /// The places in `bytes` of what is for the copy in Sent alone.
  public var omitted: [Range<Int>] = []
  public var recipients: [Recipient] = []
  /// The envelope sender; empty for the sender of reports.
  public var sender = ""
  public var identity: Configuration.Identity?
  /// The address that wrote: of From, or of Resent-From.
  public var author = ""
  /// Without angle brackets.
  public var messageID = ""
  public var subject = ""
  public var replied: [String] = []
  public var forwarded: [String] = []
  public var draft: String?
  /// What a person should be told.
  public var notices: [String] = []

  init() {}
}
