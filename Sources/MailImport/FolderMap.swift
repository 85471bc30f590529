internal import MailBytes
public import MailStore
internal import Maildir

/// Tells into which folder of the store the messages of a source's folder go.
public struct FolderMap: Sendable {
  /// Everything goes to this folder and those below it; nil: to the folders of the same names.
  public let base: String?
  /// What the store calls its system folders.
  let systemName: @Sendable (FolderRole) -> String

  public init(base: String?, systemName: @escaping @Sendable (FolderRole) -> String = { $0.standardName }) {
    self.base = base
    self.systemName = systemName
  }

  /// The name of the folder for the messages of `folder`: always one that a folder can have.
  ///
  /// Without a base, system folders are found by the names that other programs give them, also below `INBOX` and `[Gmail]`.
  public func name(for folder: SourceFolder) -> String {
    var parts = folder.path.compactMap { usable($0) }
    if let base {
      if parts.count == 1, role(of: parts[0]) == .inbox { parts = [] }
      return fitting(([base] + parts).joined(separator: "/"))
    }
    if let role = folder.role { return systemName(role) }
    if folder.isOurs, !parts.isEmpty { return fitting(parts.joined(separator: "/")) }
    if parts.count > 1, wrappingFolderNames.contains(parts[0].lowercased()), role(of: parts[1]) != nil {
      parts.removeFirst()
    }
    guard let first = parts.first else { return systemName(.inbox) }
    guard let role = role(of: first) else { return fitting(parts.joined(separator: "/")) }
    if parts.count == 1 { return systemName(role) }
    switch role {
    // These two have no folders below them.
    case .sent, .junk: return fitting(parts.joined(separator: " "))
    default: return fitting(([systemName(role)] + parts.dropFirst()).joined(separator: "/"))
    }
  }

  private func role(of name: String) -> FolderRole? { systemFolderNames[name.lowercased()] }

  /// `part` without what can't be in the name of a folder; nil when nothing is left.
  private func usable(_ part: String) -> String? {
    var text = ""
    for scalar in part.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      text.unicodeScalars.append(isControl || scalar == "/" ? "_" : scalar)
    }
    // Characters that change how other text is shown are not seen, and not missed.
    text.unicodeScalars.removeAll { isUnsafe($0.value) }
    while let scalar = text.unicodeScalars.first, scalar.properties.isWhitespace { text.unicodeScalars.removeFirst() }
    while let scalar = text.unicodeScalars.last, scalar.properties.isWhitespace { text.unicodeScalars.removeLast() }
    if text.isEmpty { return nil }
    return text == "." || text == ".." ? "_" : text
  }

  /// `name`, shortened where it would be too long for the file system.
  private func fitting(_ name: String) -> String {
    var name = name
    while name.utf8.count > 1, FolderName.problem(withNew: name) != nil, !name.hasSuffix("/") { name.removeLast() }
    while name.hasSuffix("/") { name.removeLast() }
    return name.isEmpty ? "Imported" : name
  }
}
