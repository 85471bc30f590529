public import MailFormats

/// What a source is, where the user says so.
public enum SourceFormat: String, Sendable, CaseIterable {
  /// One message.
  case eml
  case emlx
  /// An mbox of whatever kind.
  case mbox
  case mboxo, mboxrd, mboxcl, mboxcl2
  case maildir
  /// A directory of files with a message each.
  case mh
  case zip

  /// The variant of an mbox, where one is named.
  public var variant: MboxVariant? { MboxVariant(rawValue: rawValue) }
  /// Messages behind `From ` lines.
  public var isMbox: Bool { self == .mbox || variant != nil }
}
