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
  /// `showsLevels`: also deleted folders that are only there because others lie below them.
  public func folderSummaries(showsLevels: Bool = false) throws(StoreError) -> [FolderSummary] {
    try asStoreError {
      let folders = try foldersWithMissing()
      let subscribed = Set(try subscriptions())
      let origins = Dictionary(
        try deletedFolders().map { ($0.name, $0.origin) }, uniquingKeysWith: { first, _ in first })
      var unread: [String: Int] = [:]
      for folder in folders where folder.unread > 0 {
        for ancestor in FolderName.ancestors(of: folder.name) { unread[ancestor, default: 0] += folder.unread }
      }
      func summary(_ folder: Folder) -> FolderSummary {
        FolderSummary(
          folder, isSubscribed: subscribed.contains(folder.name), unreadBelow: unread[folder.name] ?? 0,
          origin: origins[folder.name])
      }
      var result = folders.map(summary)
      guard showsLevels else { return result }
      let names = Set(folders.map(\.name))
      for name in origins.keys.filter({ !names.contains($0) }).sorted() {
        let folder = Folder(
          id: 0, name: name, path: maildir.path(of: name), role: nil, total: 0, unread: 0, bytes: 0)
        let place = result.firstIndex { FolderName.isBelow($0.folder.name, name) } ?? result.endIndex
        result.insert(summary(folder), at: place)
      }
      return result
    }
  }
}
