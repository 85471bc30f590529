/// A keyword that programs set to say what has become of a message. It is no tag: people neither see nor set it, and IMAP
/// clients see it as it is. RFC 5788; RFC 3503; RFC 5550.
public enum SystemKeyword: String, Sendable, CaseIterable {
  /// A receipt was sent for the message, or its owner decided that none will be. RFC 3503, section 3.
  case mdnSent = "$MDNSent"
  /// The message is being handed on. RFC 5550, section 2.10.
  case submitPending = "$SubmitPending"
  /// The message has been handed on. RFC 5550, section 2.10.
  case submitted = "$Submitted"
}
