internal import MailBytes

/// Folder names as people see them (`Work/Projects`, UTF-8) and as Maildir++ writes them (`.Work.Projects`, each part in
/// modified UTF-7; RFC 3501, section 5.1.3).
public enum FolderName {
  /// The name of the folder that new mail goes to.
  public static let inbox = "INBOX"

  /// `name` is the Inbox, in whatever case.
  public static func isInbox(_ name: String) -> Bool { name.utf8.count == 5 && name.uppercased() == inbox }

  /// `name` with one spelling of the Inbox in front of folders below it: `INBOX/Lists` is `Inbox/Lists`. In a tree they
  /// lie in the directory of the Inbox, which has its own spelling.
  public static func canonical(_ name: String, in layout: MaildirRoot.Layout) -> String {
    guard let slash = name.firstIndex(of: "/"), isInbox(String(name[..<slash])) else { return name }
    return (layout == .tree ? inbox : "Inbox") + name[slash...]
  }

  /// Why `name` can't be the name of a folder; nil when it can.
  public static func problem(with name: String) -> String? {
    if name.isEmpty { return "a folder needs a name" }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    if parts.contains("") { return "a part of the name is empty" }
    if parts.contains(".") || parts.contains("..") { return "a part of the name is . or .." }
    if name.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) {
      return "the name contains a control character"
    }
    if directoryName(of: name).utf8.count > 255 || parts.contains(where: { $0.utf8.count > 255 }) {
      return "the name is too long"
    }
    return nil
  }

  /// The directory of the folder `name` in a Maildir++: `.Work.Projects`. A dot inside a part is written `&AC4-`.
  public static func directoryName(of name: String) -> String {
    var result = ""
    for part in name.split(separator: "/") {
      result += "."
      for byte in ModifiedUTF7.encode(String(part)).utf8 {
        if byte == UInt8(ascii: ".") { result += "&AC4-" } else { result.unicodeScalars.append(.init(byte)) }
      }
    }
    return result
  }

  /// The name of the folder in the directory `directory` (`.Work.Projects`) of a Maildir++. What isn't modified UTF-7 is
  /// taken as it is.
  public static func name(ofDirectory directory: String) -> String {
    let parts = directory.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    if parts.contains("") { return String(directory.dropFirst()) }
    return parts.map { decoded(String($0)) }.joined(separator: "/")
  }

  private static func decoded(_ part: String) -> String {
    guard let text = ModifiedUTF7.decode(part), !text.isEmpty, !text.utf8.contains(UInt8(ascii: "/")) else {
      return part
    }
    return text
  }
}
