internal import MailSQLite
internal import MailSystem
internal import Maildir

/// One thing in which files, index and state don't agree.
public enum StoreDifference: Sendable, CustomStringConvertible {
  /// A message file that the index doesn't have.
  case notIndexed(path: String)
  /// A message of the index without a file.
  case withoutFile(path: String)
  /// The file has another name than the index says.
  case renamed(path: String, indexed: String)
  /// A message of the index that `state.db` doesn't know.
  case withoutState(path: String)
  /// A message that `state.db` knows and the index doesn't have.
  case onlyInState(folder: String, key: String)
  /// The size in the index, or that in the file's name, is not that of the file.
  case wrongSize(path: String, claimed: Int64, actual: Int64)
  /// A number kept for the folder is wrong.
  case wrongCount(folder: String, what: String, recorded: Int64, actual: Int64)
  /// A file whose name is no UTF-8; it can't be a message here.
  case badName(folder: String)
  /// SQLite finds a database damaged.
  case damaged(database: String, message: String)

  public var description: String {
    switch self {
    case .notIndexed(let path): "\(path): not in the index"
    case .withoutFile(let path): "\(path): in the index, but there is no such file"
    case .renamed(let path, let indexed): "\(path): the index calls it \(indexed)"
    case .withoutState(let path): "\(path): has no number in state.db"
    case .onlyInState(let folder, let key): "\(folder): \(key): in state.db, but not in the index"
    case .wrongSize(let path, let claimed, let actual): "\(path): is said to have \(claimed) bytes, and has \(actual)"
    case .wrongCount(let folder, let what, let recorded, let actual):
      "\(folder): \(what): \(recorded) recorded, \(actual) counted"
    case .badName(let folder): "\(folder): a file whose name is not UTF-8 is left out"
    case .damaged(let database, let message): "\(database): \(message)"
    }
  }
}

extension Store {
  /// Compares index, state and files, and reports what differs. Call `synchronise` before: what other programs did is no
  /// difference. Changes nothing.
  public func check(report: (StoreDifference) throws -> Void) throws(StoreError) {
    try asStoreError {
      for (name, schema) in [("index.db", "main"), ("state.db", "state")] {
        let check = try index().prepare("PRAGMA \(schema).quick_check")
        while try check.step() {
          if check.text(0) != "ok" { try report(.damaged(database: name, message: check.text(0))) }
        }
      }
      for folder in try folders() { try check(folder, report: report) }
    }
  }

  private func check(_ folder: Folder, report: (StoreDifference) throws -> Void) throws {
    var files: [String: Int64] = [:]
    for half in ["new", "cur"] {
      guard isDirectory(folder.path + "/" + half) else { continue }
      try forEachDirectoryEntry(at: folder.path + "/" + half) { name, type in
        guard name[0] != UInt8(ascii: "."), type != EntryType.directory else { return }
        let bytes = MailStore.copy(name)
        guard let text = String(validating: bytes, as: UTF8.self) else {
          return try report(.badName(folder: folder.name))
        }
        let path = half + "/" + text
        // A file that has just gone is no difference.
        files[path] = (try? fileStatus(folder.path + "/" + path).size) ?? -1
      }
    }
    let byKey = Dictionary(files.keys.map { (messageKey($0), $0) }, uniquingKeysWith: { first, _ in first })
    var total: Int64 = 0
    var unread: Int64 = 0
    var bytes: Int64 = 0
    var keys = Set<String>()
    var indexed = Set<String>()
    let select = try index().prepare(
      """
      SELECT m.name, m.flags, m.size, s.key FROM message m
      LEFT JOIN state.message s ON s.id = m.id AND s.folder = m.folder AND s.vanished IS NULL WHERE m.folder = ?1
      """)
    select.bind(folder.id, at: 1)
    while try select.step() {
      let name = select.text(0)
      total += 1
      unread += select.integer(1) & MessageFlags.seen.rawValue == 0 ? 1 : 0
      bytes += select.integer(2)
      indexed.insert(name)
      let key = messageKey(name)
      keys.insert(key)
      if select.isNull(3) { try report(.withoutState(path: folder.path + "/" + name)) }
      guard let size = files[name] else {
        if let other = byKey[key] {
          try report(.renamed(path: folder.path + "/" + other, indexed: name))
        } else {
          try report(.withoutFile(path: folder.path + "/" + name))
        }
        continue
      }
      if size >= 0, size != select.integer(2) {
        try report(.wrongSize(path: folder.path + "/" + name, claimed: select.integer(2), actual: size))
      }
    }
    for name in files.keys.sorted() where !indexed.contains(name) && !keys.contains(messageKey(name)) {
      try report(.notIndexed(path: folder.path + "/" + name))
    }
    try checkState(folder, report: report)
    let recorded = [("messages", Int64(folder.total), total), ("unread", Int64(folder.unread), unread)]
    for (what, record, count) in recorded + [("bytes", folder.bytes, bytes)] where record != count {
      try report(.wrongCount(folder: folder.name, what: what, recorded: record, actual: count))
    }
  }

  private func checkState(_ folder: Folder, report: (StoreDifference) throws -> Void) throws {
    let stale = try index().prepare(
      """
      SELECT s.key FROM state.message s WHERE s.folder = ?1 AND s.vanished IS NULL
        AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = s.id AND m.folder = s.folder)
      """)
    stale.bind(folder.id, at: 1)
    while try stale.step() { try report(.onlyInState(folder: folder.name, key: stale.text(0))) }
  }

  private func messageKey(_ name: String) -> String {
    MessageName(String(Substring(name.utf8.dropFirst(4)))).key
  }

  /// Throws the index away, so that the next call makes it anew. Tags, comments and numbers stay.
  public func rebuild(progress: ((SyncProgress) -> Void)? = nil) throws(StoreError) {
    try asStoreError {
      // Databases are made where there are none, so that the lock has a place.
      _ = try index()
      let lock = try storeLock("sync.lock")
      try discardIndex()
      lock.unlock()
    }
    try synchronise(progress: progress)
    try indexText(progress: progress)
  }
}
