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
      return "the name is too long: more than 255 bytes on disk"
    }
    return nil
  }

  /// Why `name` should not be given to a folder, though other programs may have made one of that name; nil when it may.
  public static func problem(withNew name: String) -> String? {
    if let problem = problem(with: name) { return problem }
    if name.unicodeScalars.contains(where: { isUnsafe($0.value) }) {
      return "the name contains a character that changes how other text is shown"
    }
    let isBlank = { (scalar: Unicode.Scalar?) in scalar?.properties.isWhitespace ?? false }
    for part in name.split(separator: "/") {
      if isBlank(part.unicodeScalars.first) || isBlank(part.unicodeScalars.last) {
        return "a name can't begin or end with a space"
      }
    }
    return nil
  }

  /// `name` with its levels spelled as `names`, those of the folders that are there, spell them: names that differ only in
  /// case don't stand beside each other.
  public static func respelled(_ name: String, among names: [String]) -> String {
    let parts = name.split(separator: "/")
    for depth in stride(from: parts.count, to: 0, by: -1) {
      let wanted = parts.prefix(depth).joined(separator: "/")
      var other: String?
      for candidate in names {
        let level = candidate.split(separator: "/").prefix(depth).joined(separator: "/")
        // What is spelled so already is right, whatever else there is.
        if level.utf8.elementsEqual(wanted.utf8) { return name }
        if other == nil, level.lowercased() == wanted.lowercased() { other = level }
      }
      if let other { return ([other] + parts.dropFirst(depth).map { String($0) }).joined(separator: "/") }
    }
    return name
  }

  /// Why `name` should not be given to a folder of a store of this `layout`; nil when it may.
  public static func problem(withNew name: String, in layout: MaildirRoot.Layout) -> String? {
    if let problem = problem(withNew: name) { return problem }
    let reserved: Set<Substring> = ["cur", "new", "tmp", "postbag"]
    if layout == .tree, name.split(separator: "/").contains(where: { reserved.contains($0) || $0.hasPrefix(".") }) {
      return "this name is used by the store itself"
    }
    return nil
  }

  /// `name` lies below `parent`, at whatever depth.
  public static func isBelow(_ name: String, _ parent: String) -> Bool {
    name.utf8.count > parent.utf8.count + 1 && name.utf8.starts(with: parent.utf8)
      && name.utf8.dropFirst(parent.utf8.count).first == UInt8(ascii: "/")
  }

  /// `name` without the levels above it.
  public static func lastPart(of name: String) -> String {
    name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[name.utf8.index(after: $0)...]) } ?? name
  }

  /// The folders above `name`, the topmost first.
  public static func ancestors(of name: String) -> [String] {
    name.utf8.indices.filter { name.utf8[$0] == UInt8(ascii: "/") }.map { String(name[..<$0]) }
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
