/// The flags a Maildir keeps in a file name, as bits. <https://cr.yp.to/proto/maildir.html>, "info".
public struct MaildirFlags: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// S: read.
  public static let seen = MaildirFlags(rawValue: 1)
  /// R: answered.
  public static let answered = MaildirFlags(rawValue: 2)
  /// F: flagged.
  public static let flagged = MaildirFlags(rawValue: 4)
  /// T: to be deleted.
  public static let trashed = MaildirFlags(rawValue: 8)
  /// D: not yet sent.
  public static let draft = MaildirFlags(rawValue: 16)
  /// P: forwarded, resent or bounced.
  public static let forwarded = MaildirFlags(rawValue: 32)

  /// Each flag with its letter, in the alphabetical order that the names need.
  static let letters: [(flag: MaildirFlags, letter: UInt8)] = [
    (.draft, UInt8(ascii: "D")), (.flagged, UInt8(ascii: "F")), (.forwarded, UInt8(ascii: "P")),
    (.answered, UInt8(ascii: "R")), (.seen, UInt8(ascii: "S")), (.trashed, UInt8(ascii: "T")),
  ]

  /// The flag of `letter`; nothing for a letter without a meaning of its own.
  @inline(__always)
  init(letter: UInt8) {
    switch letter {
    case UInt8(ascii: "S"): self = .seen
    case UInt8(ascii: "R"): self = .answered
    case UInt8(ascii: "F"): self = .flagged
    case UInt8(ascii: "T"): self = .trashed
    case UInt8(ascii: "D"): self = .draft
    case UInt8(ascii: "P"): self = .forwarded
    default: self = []
    }
  }
}
