/// How an mbox keeps apart the line before a message and the same words inside one.
public enum MboxVariant: String, Sendable, CaseIterable {
  /// `From ` at the beginning of a line becomes `>From `; `>From ` stays as it is.
  case mboxo
  /// Each line of any number of `>` and `From ` gets one `>` more.
  case mboxrd
  /// As mboxo, and a Content-Length tells where the message ends.
  case mboxcl
  /// A Content-Length tells where the message ends; nothing is changed in it.
  case mboxcl2

  var usesLength: Bool { self == .mboxcl || self == .mboxcl2 }
}
