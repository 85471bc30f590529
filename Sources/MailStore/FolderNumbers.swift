internal import MailSQLite

/// UIDs and modification sequence of a folder, given to what comes into it in one transaction.
struct FolderNumbers {
  private let state: Database
  private let folder: Int64
  private var uidNext: Int64 = 1
  /// What this transaction raises the folder's modification sequence to.
  private(set) var modseq: Int64 = 1

  init(folder: Int64, state: Database) throws {
    self.state = state
    self.folder = folder
    let select = try state.prepare("SELECT uidnext, modseq FROM folder WHERE id = ?1")
    select.bind(folder, at: 1)
    guard try select.step() else { throw StoreError.noSuchFolder("#\(folder)") }
    uidNext = select.integer(0)
    modseq = select.integer(1) + 1
  }

  mutating func nextUID() -> Int64 {
    uidNext += 1
    return uidNext - 1
  }

  func write() throws {
    try state.execute("UPDATE folder SET uidnext = \(uidNext), modseq = \(modseq) WHERE id = \(folder)")
  }
}
