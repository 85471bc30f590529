internal import MailBytes

/// The names that tags can have, and the keywords by which IMAP clients see them.
///
/// A keyword is an atom of RFC 3501 (RFC 5788 registers some of them), in which upper and lower case are the same. A tag
/// whose name is an atom is the keyword of that name. In all other names each byte that an atom can't have is written as
/// `=` and two hexadecimal digits: the tag `to do` is the keyword `to=20do`, `été` is `=C3=A9t=C3=A9`.
public enum TagName {
  /// The most bytes a name has.
  public static let longest = 200

  /// Why `name` can't be the name of a tag; nil if it can.
  public static func problem(with name: String) -> String? {
    guard let first = name.utf8.first, let last = name.utf8.last else { return "a tag needs a name" }
    if name.utf8.count > longest { return "a tag's name has at most \(longest) bytes" }
    if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { return "a tag's name can't begin with '+' or '-'" }
    if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return "a tag's name can't begin or end with a space" }
    if name.unicodeScalars.contains(where: { isUnsafe($0.value) }) { return "a tag's name has no control characters" }
    if name.unicodeScalars.contains("\u{FFFD}") { return "not UTF-8" }
    if name == "*" { return "'*' stands for all tags" }
    if first == UInt8(ascii: "\\") || (first == UInt8(ascii: "$") && isSystemKeyword(name)) {
      return "this is a mark of IMAP's own"
    }
    return nil
  }

  /// The keyword under which clients see the tag `name`. Different for all names that are different tags.
  public static func keyword(of name: String) -> String {
    let bytes = Array(name.utf8)
    var keyword: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let isOrdinary =
        isAtomCharacter(byte) && escapedByte(bytes, at: index) == nil && (index > 0 || !isSystemKeyword(name))
      if isOrdinary {
        keyword.append(byte)
      } else {
        keyword += [UInt8(ascii: "="), digit(byte >> 4), digit(byte & 15)]
      }
    }
    return String(decoding: keyword, as: UTF8.self)
  }

  /// The tag that `keyword` is. Nil for the keywords that say what a message is rather than where its owner sorts it
  /// (`$Forwarded`, `$Junk`, `NonJunk`), for flags (`\Seen`), and for what is no keyword.
  public static func name(ofKeyword keyword: String) -> String? {
    let bytes = Array(keyword.utf8)
    guard !bytes.isEmpty, bytes.allSatisfy(isAtomCharacter), !isSystemKeyword(keyword) else { return nil }
    var name: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let byte = escapedByte(bytes, at: index) {
        name.append(byte)
        index += 3
      } else {
        name.append(bytes[index])
        index += 1
      }
    }
    // What only looks like one of ours is taken as it stands.
    if let decoded = String(validating: name, as: UTF8.self), problem(with: decoded) == nil { return decoded }
    return problem(with: keyword) == nil ? keyword : nil
  }

  /// By what two spellings of a name are known to be one tag: upper and lower case are the same.
  static func folded(_ name: String) -> String { name.lowercased() }

  /// The keywords of the IMAP registry (RFC 5788) that programs set by themselves, and older spellings of them. A client
  /// must not take a person's tag for one of them, nor we one of them for a tag.
  public static func isSystemKeyword(_ keyword: String) -> Bool {
    systemKeywords.contains(String(decoding: keyword.utf8.map { asciiLowercase($0) }, as: UTF8.self))
  }

  private static let systemKeywords: Set<String> = [
    "$forwarded", "forwarded", "$mdnsent", "mdnsent", "$submitpending", "$submitted", "$junk", "junk", "$notjunk",
    "notjunk", "nonjunk", "$nonjunk", "$phishing", "$recent", "$autosent", "$canunsubscribe", "$unsubscribed",
    "$hasattachment", "$hasnoattachment", "$hasmemo", "$memo", "$imported", "$istrusted", "$maskedemail", "$new",
    "$notify", "$muted", "$followed",
  ]

  /// The byte that `=` and two hexadecimal digits at `index` stand for.
  private static func escapedByte(_ bytes: [UInt8], at index: Int) -> UInt8? {
    guard index + 2 < bytes.count, bytes[index] == UInt8(ascii: "="), let high = value(bytes[index + 1]),
      let low = value(bytes[index + 2])
    else { return nil }
    return high << 4 | low
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") - 10 + value
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  private static func asciiLowercase(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
  }

  /// `ATOM-CHAR`. RFC 3501, section 9.
  private static func isAtomCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "*"),
      UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "]"):
      false
    default: 0x21...0x7E ~= byte
    }
  }
}
