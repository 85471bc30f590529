internal import MailSQLite
internal import MailSystem
internal import Maildir

extension Store {
  /// The message with this number.
  public func message(id: Int64) throws(StoreError) -> MessageRow? {
    try rows("m.id = ?1") { $0.bind(id, at: 1) }.first
  }

  /// The messages with this Message-ID (without angle brackets).
  public func messages(messageID: String) throws(StoreError) -> [MessageRow] {
    let hash = try messageIDHash(messageID)
    return try rows("m.id IN (SELECT id FROM envelope WHERE hash = ?1) AND m.message_id = ?2 ORDER BY m.id") {
      $0.bind(hash, at: 1)
      $0.bind(messageID, at: 2)
    }
  }

  /// The message that the file `path` is, or was before it was moved or marked: known by its key. Nil when the path
  /// leads out of the store, or no such message is known.
  public func message(path: String) throws(StoreError) -> MessageRow? {
    guard let place = folderPath(of: path) else { return nil }
    let key = Array(MessageName(lastComponent(of: path)).key.utf8)
    guard !key.isEmpty else { return nil }
    if let successor = try asStoreError({ try successor(ofKey: key, inFolder: place) }) {
      return try message(id: successor)
    }
    let rows = try rows(
      """
      m.id IN (SELECT id FROM state.message WHERE key = ?1 AND vanished IS NULL)
      ORDER BY m.folder <> coalesce((SELECT id FROM main.folder WHERE path = ?2), 0), m.id
      """
    ) {
      $0.bind(text: key, at: 1)
      $0.bind(place, at: 2)
    }
    return rows.first
  }

  /// The folder that a message file lies in, relative to the root; nil when that is outside the store.
  func folderPath(of path: String) -> String? {
    let half = parentDirectory(of: MailSystem.absolutePath(path))
    if let known = knownDirectories[half] { return known }
    // A folder that has gone has no real path; its name tells where it was.
    let directory = parentDirectory(of: (try? realPath(half)) ?? half)
    guard directory == root || directory.hasPrefix(root + "/") else { return nil }
    let relative = relativePath(directory)
    knownDirectories[half] = relative
    return relative
  }

  /// The numbers of all messages of the conversation that `id` belongs to, oldest first.
  public func threadMembers(of id: Int64) throws(StoreError) -> [Int64] {
    try asStoreError {
      let select = try index().prepare(
        "SELECT id FROM message WHERE thread = (SELECT thread FROM message WHERE id = ?1) ORDER BY date, id")
      select.bind(id, at: 1)
      var ids: [Int64] = []
      while try select.step() { ids.append(select.integer(0)) }
      return ids
    }
  }

  /// The numbers of all messages of the conversations that `ids` belong to, each once: a conversation where the first of
  /// its messages stood, oldest first.
  public func withConversations(of ids: [Int64]) throws -> [Int64] {
    try reading {
      let members = try cachedStatement(
        "SELECT id FROM message WHERE thread = (SELECT thread FROM message WHERE id = ?1) ORDER BY date, id")
      var seen = Set<Int64>()
      var all: [Int64] = []
      for id in ids where !seen.contains(id) {
        members.bind(id, at: 1)
        while try members.step() {
          if seen.insert(members.integer(0)).inserted { all.append(members.integer(0)) }
        }
      }
      return all
    }
  }

  /// The absolute path of a message's file.
  public func path(of row: MessageRow) throws(StoreError) -> String {
    try folderDirectory(row.folder) + "/" + row.name
  }

  /// The absolute path that a message's file has at this moment, under whatever flags; nil when it has left its folder.
  public func presentPath(of row: MessageRow) throws(StoreError) -> String? {
    let path = try path(of: row)
    if (try? fileStatus(path)) != nil { return path }  // Any error: it is looked for.
    let folder = try folderDirectory(row.folder)
    let hash = try hashKey()
    return try asStoreError {
      let key = Array(MessageName(lastComponent(of: path)).key.utf8)
      let wanted = hash.hash(key.span)
      let listing = try FolderListing(folder: folder, key: hash)
      guard let entry = listing.entries.first(where: { $0.keyHash == wanted }) else { return nil }
      return folder + "/" + String(decoding: listing.pathName(of: entry), as: UTF8.self)
    }
  }

  /// The absolute path of the folder with this number.
  public func folderDirectory(_ folder: Int64) throws(StoreError) -> String {
    if let path = knownFolders[folder] { return path }
    let folders = try folders()
    knownFolders = Dictionary(folders.map { ($0.id, $0.path) }, uniquingKeysWith: { first, _ in first })
    guard let path = knownFolders[folder] else { throw .noSuchFolder("#\(folder)") }
    return path
  }

  private func rows(_ condition: String, bind: (Statement) -> Void) throws(StoreError) -> [MessageRow] {
    try asStoreError {
      let database = try index()
      let statement = try cachedStatement("SELECT \(Store.rowColumns) FROM message m WHERE \(condition)")
      bind(statement)
      let annotations = try Annotations(index: database)
      var rows: [MessageRow] = []
      while try statement.step() {
        var row = MessageRow(statement)
        try annotations.complete(&row)
        rows.append(row)
      }
      return rows
    }
  }

  /// A statement of the reading connection that is used again and again.
  func cachedStatement(_ sql: String) throws -> Statement {
    let database = try index()
    if let statement = lastingStatements[sql] { return statement }
    let statement = try database.prepare(sql, lasting: true)
    lastingStatements[sql] = statement
    return statement
  }
}
