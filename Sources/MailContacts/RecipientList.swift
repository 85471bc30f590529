/// A list of recipients, as it is shown.
public struct RecipientList: Sendable, Hashable {
  public var name: String
  /// The name of the group whose book it is in; empty for the private one.
  public var book: String
  /// How many members it has.
  public var count: Int
  /// Who may change it: addresses or accounts. Empty: who may change the book.
  public var editors: [String]
  /// This user may change it.
  public var isEditable: Bool

  /// What stands behind `list:` to mean this one: `Friends`, `Chess club/Players`.
  public var reference: String { book.isEmpty ? name : "\(book)/\(name)" }

  /// The word that stands for every member of the group: whoever may open the book may change the list.
  public static let everyone = "*"

  /// What is wrong with `name` as that of a list; nil if nothing is.
  public static func problem(with name: String) -> String? {
    if trimmed(name).isEmpty { return "a list needs a name" }
    if trimmed(name) != name { return "white space at its ends" }
    if name.utf8.count > 100 { return "longer than 100 bytes" }
    let isBad = { (scalar: Unicode.Scalar) in
      scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || "/,;:<>\"\\@".unicodeScalars.contains(scalar)
        || scalar.properties.generalCategory == .format || scalar.value == 0x2028 || scalar.value == 0x2029
    }
    if name.unicodeScalars.contains(where: isBad) { return "these characters can't be used: / , ; : < > \" \\ @" }
    return nil
  }
}
