internal import MailSQLite
internal import MailSystem

/// Whether messages still lie where the index has them: what tells a copy from a move when a key turns up in a second
/// folder.
final class Whereabouts {
  let store: Store
  private let key: HashKey
  private let select: Statement
  private var listed: [Int64: Set<Int64>] = [:]

  init(store: Store, index: Database, key: HashKey) throws {
    self.store = store
    self.key = key
    select = try index.prepare(
      "SELECT f.path, m.name FROM message m JOIN folder f ON f.id = m.folder WHERE m.id = ?1 AND m.folder = ?2",
      lasting: true)
  }

  /// False: the index has the message in this folder and its file is there no longer, under no flags.
  func isStillThere(id: Int64, folder: Int64, key bytes: [UInt8]) throws -> Bool {
    select.bind(id, at: 1)
    select.bind(folder, at: 2)
    guard try select.step() else { return true }
    let directory = store.absolutePath(ofFolder: select.text(0))
    let path = directory + "/" + select.text(1)
    select.reset()
    // Whatever the reason, a file that can't be looked at is looked for in its folder.
    if (try? fileStatus(path)) != nil { return true }
    let hash = key.hash(bytes.span)
    if let present = listed[folder] { return present.contains(hash) }
    // Once a folder, and later than every listing of this synchronisation.
    let listing = try FolderListing(folder: directory, key: key)
    let present = Set(listing.entries.map { $0.keyHash })
    listed[folder] = present
    return present.contains(hash)
  }

  /// The file is there now. Whatever the reason, one that can't be looked at counts as gone.
  func exists(_ file: String) -> Bool { (try? fileStatus(file)) != nil }
}
