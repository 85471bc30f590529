internal import MailBytes

/// The fields by which our commands tell each other about a message on its way. `mail-send` acts on them and removes
/// them from what goes out and from the copy in Sent; every other command keeps them.
public enum PostbagField {
  /// The Message-ID of a message that this one answers; marked as answered once this one has left.
  public static let replied = "Postbag-Replied"
  /// The Message-ID of a message that this one forwards; marked as forwarded once this one has left.
  public static let forwarded = "Postbag-Forwarded"
  /// The key of the draft that goes when this message was accepted for sending.
  public static let draft = "Postbag-Draft"
  /// The address of the identity that the message is sent by.
  public static let identity = "Postbag-Identity"
  /// `none` where the message is to have no signature block.
  public static let signature = "Postbag-Signature"

  /// All of them.
  public static let all = [replied, forwarded, draft, identity, signature]

  /// Whether `name` begins with `Postbag-`, in any case: also a field of a later version never leaves.
  public static func isOwn(_ name: some StringProtocol) -> Bool {
    name.utf8.count > 8 && zip(name.utf8, "postbag-".utf8).allSatisfy { $0.lowercasedASCII == $1 }
  }
}
