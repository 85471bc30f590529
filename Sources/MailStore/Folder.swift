/// What a folder is for.
public enum FolderRole: Int64, Sendable, CaseIterable {
  case inbox = 1
  case sent, drafts, templates, trash, junk

  /// The name of the system folder that has this role when the configuration names no other.
  public var standardName: String {
    switch self {
    case .inbox: "Inbox"
    case .sent: "Sent"
    case .drafts: "Drafts"
    case .templates: "Templates"
    case .trash: "Trash"
    case .junk: "Junk"
    }
  }

  /// The word for the role in JSON and in the configuration.
  public var word: String { standardName.lowercased() }
}

/// A folder of the store, as the index knows it.
public struct Folder: Sendable, Hashable, Identifiable {
  public let id: Int64
  /// "Inbox", "Work/Projects".
  public let name: String
  /// The absolute path of the Maildir.
  public let path: String
  public let role: FolderRole?
  /// The number of messages.
  public let total: Int
  /// The number of messages without the seen flag.
  public let unread: Int
  /// The size of all messages together.
  public let bytes: Int64
}

extension Folder {
  /// A folder of which only the name and the role are known, such as one in an archive.
  public init(name: String, role: FolderRole?) {
    self.init(id: 0, name: name, path: "", role: role, total: 0, unread: 0, bytes: 0)
  }
}
