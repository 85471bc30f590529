/// What the caller of a message says about it besides its bytes.
public struct SendRequest: Sendable, Equatable {
  /// Addresses, perhaps with names, several in one word separated by commas; and what is to be expanded.
  public var recipients: [String] = []
  /// The recipients that the message names get it too. Without any recipient it is so anyway.
  public var readsRecipients = false
  /// The envelope sender; empty for the sender of reports, nil when nobody said.
  public var sender: String?
  /// The name for a From field that has to be made.
  public var fullName: String?
  /// "never", or some of "success", "failure", "delay"; nil as the configuration says. RFC 3461.
  public var notify: [String]?
  /// "full" or "headers".
  public var returns: String?
  public var envelopeID: String?
  /// Not to be sent before; seconds since 1970.
  public var notBefore: Int64?
  /// `notBefore` was asked for by a date, which is what the message gets as its Date.
  public var isScheduled = false
  /// A copy goes to Sent.
  public var keepsCopy = true

  public init() {}
}
