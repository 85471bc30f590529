public import MailStore
internal import MailSystem
internal import Maildir

/// The draft in Drafts that follows a message while it is written.
public final class DraftKeeper {
  private let store: Store
  private var id: Int64?
  /// The key of the draft; nil before it is saved for the first time.
  public private(set) var key: String?
  private var saved: [UInt8] = []

  /// A keeper of drafts in `store`, that goes on with the draft `row` if one is given.
  public init(_ store: Store, draft row: MessageRow? = nil) {
    self.store = store
    if let row { adopt(row) }
  }

  private func adopt(_ row: MessageRow) {
    id = row.id
    key = Self.key(of: row)
  }

  /// The part of a message's file name that stays the same.
  public static func key(of row: MessageRow) -> String { MessageName(lastComponent(of: row.name)).key }

  /// The draft with the key `key`, or the one that took its place.
  public static func draft(key: String, in store: Store) throws(StoreError) -> MessageRow? {
    let drafts = try store.folder(named: FolderRole.drafts.standardName)
    if let id = try store.messageNumber(path: "\(drafts.path)/cur/\(key)"), let row = try store.message(id: id) {
      return row.folder == drafts.id ? row : nil
    }
    return try store.successor(ofKey: key)
  }

  /// Puts `bytes` in the place of the draft, or makes one; on the disk when this returns. True when that was needed.
  @discardableResult
  public func save(_ bytes: [UInt8]) throws(StoreError) -> Bool {
    if bytes == saved, id != nil { return false }
    if let id {
      do throws(StoreError) {
        try adopt(number: store.replace(id, with: bytes))
        saved = bytes
        return true
      } catch {
        // Somebody has moved, sent or removed it: the text is kept all the same.
        guard case .noSuchMessage = error else { throw error }
      }
    }
    var message = NewMessage(bytes: bytes)
    message.flags = [.draft, .seen]
    guard let added = try store.add([message], to: try Self.folder(.drafts, of: store)).first ?? nil else {
      return false
    }
    id = added.id
    key = added.key
    saved = bytes
    return true
  }

  private func adopt(number: Int64) throws(StoreError) {
    id = number
    if let row = try store.message(id: number) { adopt(row) }
  }

  /// The path of the draft; nil when there is none.
  public func path() throws(StoreError) -> String? {
    guard let id, let row = try store.message(id: id) else { return nil }
    return try store.path(of: row)
  }

  /// Takes the draft away, if it is still there.
  public func discard() throws(StoreError) {
    guard let id else { return }
    try store.synchronise()
    _ = try store.remove([id])
    self.id = nil
    key = nil
    saved = []
  }

  /// The folder with the role `role`, made if there is none.
  public static func folder(_ role: FolderRole, of store: Store) throws(StoreError) -> Folder {
    let folder = try store.folder(named: role.standardName)
    return folder.id == 0 ? try store.createFolder(folder.name) : folder
  }
}
