internal import MailSQLite
internal import MailSystem
internal import Maildir

extension Store {
  /// Brings the full text up to date with the index; call `synchronise` before. A second process waits for the first.
  public func indexText(progress: ((SyncProgress) -> Void)? = nil) throws(StoreError) {
    try asStoreError {
      do {
        try indexTextUnderLock(progress: progress)
      } catch let error as SQLiteError where error.isDamaged {
        try replaceDamaged()
        try synchronise(progress: progress)
        try indexTextUnderLock(progress: progress)
      }
    }
  }

  private func indexTextUnderLock(progress: ((SyncProgress) -> Void)?) throws {
    if try isTextCurrent() { return }
    let lock = try storeLock("text.lock")
    if try !isTextCurrent() {
      try indexTextLocked(progress: progress)
      try readRenamed(progress: progress)
    }
    lock.unlock()
  }

  /// Reads those whose file had another name already when its text was to be read: under the name it has now.
  private func readRenamed(progress: ((SyncProgress) -> Void)?) throws {
    for round in 0..<20 {
      let pending = try textSources("id IN (SELECT id FROM text_pending)")
      if pending.isEmpty { return }
      let present = try presentSources(pending)
      if present.isEmpty { return }
      let before = pending.count
      try TextIndexer(store: self, count: present.count, progress: progress).run(present, through: false)
      let after = try index().integer("SELECT count(*) FROM text_pending") ?? 0
      // What is there and can't be read is left for another time.
      if after == before, round >= 3 { return }
    }
  }

  /// Those of `sources` whose files are found in their folders, with the paths they have now.
  private func presentSources(_ sources: [TextSource]) throws -> [TextSource] {
    let hash = try hashKey()
    var wanted: [String: [Int64: TextSource]] = [:]
    for source in sources {
      let key = Array(MessageName(lastComponent(of: source.path)).key.utf8)
      wanted[parentDirectory(of: parentDirectory(of: source.path)), default: [:]][hash.hash(key.span)] = source
    }
    var present: [TextSource] = []
    for (folder, members) in wanted {
      let listing = try FolderListing(folder: folder, key: hash)
      for entry in listing.entries {
        guard var source = members[entry.keyHash] else { continue }
        source.path = folder + "/" + String(decoding: listing.pathName(of: entry), as: UTF8.self)
        present.append(source)
      }
    }
    return present.sorted { $0.id < $1.id }
  }

  private func isTextCurrent() throws -> Bool {
    let index = try index()
    let newest = try index.integer("SELECT max(id) FROM message") ?? 0
    let through = try index.integer("SELECT value FROM main.meta WHERE key = 'text_through'") ?? 0
    if try newest > through || isTextWorn() { return false }
    return try index.integer("SELECT 1 FROM text_pending LIMIT 1") == nil
  }

  private func indexTextLocked(progress: ((SyncProgress) -> Void)?) throws {
    let index = try index()
    if try isTextWorn() { try discardText() }
    let through = try index.integer("SELECT value FROM main.meta WHERE key = 'text_through'") ?? 0
    let waiting = try textSources("id > \(through)")
    let pending = try textSources("id IN (SELECT id FROM text_pending)")
    let indexer = try TextIndexer(store: self, count: waiting.count + pending.count, progress: progress)
    if !pending.isEmpty { try indexer.run(pending, through: false) }
    if !waiting.isEmpty { try indexer.run(waiting, through: true) }
    try indexer.tidy()
    try checkpoint()
  }

  private func textSources(_ condition: String) throws -> [TextSource] {
    let select = try index().prepare("SELECT id, folder, name, size FROM message WHERE \(condition) ORDER BY id")
    var sources: [TextSource] = []
    while try select.step() {
      let path = try folderDirectory(select.integer(1)) + "/" + select.text(2)
      sources.append(TextSource(id: select.integer(0), path: path, size: select.integer(3)))
    }
    return sources
  }

  /// More than a tenth of the text belongs to messages that have gone.
  private func isTextWorn() throws -> Bool {
    let index = try index()
    let tombs = try index.integer("SELECT count(*) FROM tombstone") ?? 0
    guard tombs > 1000 else { return false }
    return try tombs * 10 > index.integer("SELECT sum(total) FROM main.folder") ?? 0
  }

  /// Empties the full text; what is needed next makes it anew.
  func discardText() throws {
    let writer = try indexWriter()
    try writer.transaction {
      try writer.execute(Schema.dropFullText)
      try writer.execute(Schema.fullText)
      try writer.execute(Schema.fullTextSettings)
      try writer.execute("DELETE FROM meta WHERE key IN ('text_through', 'text_segments')")
    }
  }
}
