internal import Maildir

/// A folder with what lists of folders tell besides.
public struct FolderSummary: Sendable {
  public let folder: Folder
  /// Mail clients are asked to show it.
  public let isSubscribed: Bool
  /// The number of unread messages in the folders below it.
  public let unreadBelow: Int
  /// Where a folder in Trash was before it was deleted.
  public let origin: String?

  public init(_ folder: Folder, isSubscribed: Bool = false, unreadBelow: Int = 0, origin: String? = nil) {
    self.folder = folder
    self.isSubscribed = isSubscribed
    self.unreadBelow = unreadBelow
    self.origin = origin
  }
}

extension Store {
  /// All folders, the system folders that are not on disk yet among them. Call `synchronise` before.
  public func folderSummaries() throws(StoreError) -> [FolderSummary] {
    try asStoreError {
      let folders = try foldersWithMissing()
      let subscribed = Set(try subscriptions())
      let origins = Dictionary(
        try deletedFolders().map { ($0.name, $0.origin) }, uniquingKeysWith: { first, _ in first })
      var unread: [String: Int] = [:]
      for folder in folders where folder.unread > 0 {
        for ancestor in FolderName.ancestors(of: folder.name) { unread[ancestor, default: 0] += folder.unread }
      }
      return folders.map { folder in
        FolderSummary(
          folder, isSubscribed: subscribed.contains(folder.name), unreadBelow: unread[folder.name] ?? 0,
          origin: origins[folder.name])
      }
    }
  }
}
