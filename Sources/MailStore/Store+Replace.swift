internal import MailSQLite
internal import MailSystem
internal import Maildir

extension Store {
  /// Puts `bytes` in the place of a message: a new file, synced, before the old one goes. Gives its number.
  ///
  /// The new message has the flags, tags, comment and time of arrival of the old one, and a key, number and UID of its own,
  /// since a message never changes; the old path and its Message-ID lead to it. Killed at any moment, one of the two is there
  /// after the next synchronisation, and never both.
  public func replace(_ id: Int64, with bytes: [UInt8]) throws(StoreError) -> Int64 {
    try asStoreError {
      if let replaced = try changing({ try replaceOnce(id, with: bytes, generation: $0) }) { return replaced }
      try synchronise()
      if let replaced = try changing({ try replaceOnce(id, with: bytes, generation: $0) }) { return replaced }
      throw StoreError.noSuchMessage("#\(id)")
    }
  }

  /// Nil: the file is not where the index says.
  private func replaceOnce(_ id: Int64, with bytes: [UInt8], generation: Int64) throws -> Int64? {
    guard let row = try message(id: id) else { return nil }
    let directory = try folderDirectory(row.folder)
    let oldPath = directory + "/" + row.name
    let time: Int64
    do { time = try fileStatus(oldPath).modificationTime } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
    let key = uniqueKey()
    let temporary = "\(directory)/tmp/\(key)"
    let half = String(row.name.prefix(4))
    let letters = row.name.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(row.name[$0...]) } ?? ""
    let name = "\(half)\(key),S=\(bytes.count),W=\(bytes.count + bareLines(bytes))\(letters)"
    do {
      try writeSynced(temporary, bytes, time: time)
      let new = try recordReplacement(of: row, key: key, generation: generation)
      // INVARIANT: the new file is on the disk before the old one goes; the row in `rekeyed` tells of both until then.
      try renameFileExclusively(temporary, to: "\(directory)/\(name)")
      try synchroniseDirectory("\(directory)/\(half)")
      try removeFile(oldPath)
      try synchroniseDirectory("\(directory)/\(half)")
      try finishReplacement(of: row, by: new, key: key)
      try index(
        Arrival(
          id: new, folder: row.folder, folderPath: directory, name: Array(name.utf8),
          flags: row.flags.intersection(MessageFlags.inName.union(.recent)), mayBeIndexed: false), inPlaceOf: row)
      return new
    } catch {
      // Where it can't be removed now it goes after 36 hours.
      try? removeFile(temporary)
      throw error
    }
  }

  private func writeSynced(_ path: String, _ bytes: [UInt8], time: Int64) throws {
    let file = try File(path, [.write, .exclusive])
    try file.write(bytes)
    try setModificationTime(path, to: time)
    try file.synchronise()
    try file.close()
  }

  private func recordReplacement(of row: MessageRow, key: String, generation: Int64) throws -> Int64 {
    let state = try stateWriter()
    return try state.transaction {
      try recordGeneration(generation)
      var rows = try NewRows(folder: row.folder, state: state)
      let new = try rows.insert(key: key)
      try rows.finish()
      let old = Array(messageKey(ofName: Array(row.name.utf8)))
      let note = try state.prepare(
        "INSERT INTO rekeyed(key, message, old, folder, time, is_pending) VALUES(?1, ?2, ?3, ?4, unixepoch(), 1)")
      note.bind(key, at: 1)
      note.bind(new, at: 2)
      note.bind(text: old, at: 3)
      note.bind(row.folder, at: 4)
      try note.run()
      try state.execute(
        """
        UPDATE message SET since = (SELECT since FROM message WHERE id = \(row.id)) WHERE id = \(new);
        INSERT INTO message_tag(message, tag) SELECT \(new), tag FROM message_tag WHERE message = \(row.id);
        INSERT INTO message_keyword(message, keyword)
          SELECT \(new), keyword FROM message_keyword WHERE message = \(row.id);
        INSERT INTO comment(message, text, changed) SELECT \(new), text, changed FROM comment WHERE message = \(row.id);
        INSERT INTO trashed(message, folder) SELECT \(new), folder FROM trashed WHERE message = \(row.id);
        UPDATE undo SET message = \(new) WHERE message = \(row.id);
        UPDATE rekeyed SET message = \(new) WHERE message = \(row.id);
        """)
      return new
    }
  }

  private func finishReplacement(of row: MessageRow, by new: Int64, key: String) throws {
    let state = try stateWriter()
    try state.transaction {
      try state.execute(
        """
        UPDATE message SET vanished = unixepoch(),
          modseq = (SELECT modseq FROM folder WHERE folder.id = message.folder) WHERE id = \(row.id);
        UPDATE rekeyed SET is_pending = 0 WHERE key = '\(key)';
        """)
    }
  }

  private func index(_ arrival: Arrival, inPlaceOf row: MessageRow) throws {
    let index = try indexWriter()
    let record = EnvelopeReader().read(arrival)
    let writer = try IndexWriter(index: index, key: hashKey())
    try writer.threads.begin(expecting: 1)
    try index.transaction {
      var counts = FolderCounts()
      var sums = FolderSums()
      try writer.remove(row.id, counts: &counts)
      sums.remove(Array(row.name.utf8), folder: row.folder)
      if let record {
        try writer.insert(record, arrival: arrival, bySubject: options.threadsBySubject)
        counts.add(folder: arrival.folder, flags: arrival.flags, size: record.size)
        sums.add(arrival.name, folder: arrival.folder)
        tellQuota(bytes: record.size - row.size, messages: 0)
      }
      try writer.threads.flush()
      try counts.write(to: index)
      try sums.write(to: index)
    }
  }

  // MARK: After a death in between

  /// Where the new file of a replacement is there the old one goes; where it isn't, nothing has happened.
  func recoverReplacements() throws {
    let state = try stateWriter()
    let select = try state.prepare(
      """
      SELECT r.key, r.old, f.name FROM rekeyed r JOIN folder f ON f.id = r.folder WHERE r.is_pending <> 0
      """)
    var pending: [(key: String, old: String, folder: String)] = []
    while try select.step() { pending.append((select.text(0), select.text(1), select.text(2))) }
    guard !pending.isEmpty else { return }
    let folders = try discoverFolders()
    for (key, old, name) in pending {
      // Another program may have moved it on, and renamed the folder.
      let isThere = try folders.contains { try !files(ofKey: key, in: $0).isEmpty }
      if isThere, let folder = folders.first(where: { $0.name == name }) {
        for path in try files(ofKey: old, in: folder) { try removeFile(path) }
        for half in ["cur", "new"] where isDirectory("\(folder.path)/\(half)") {
          try synchroniseDirectory("\(folder.path)/\(half)")
        }
      }
      let finish = try state.prepare(
        isThere ? "UPDATE rekeyed SET is_pending = 0 WHERE key = ?1" : "DELETE FROM rekeyed WHERE key = ?1")
      finish.bind(key, at: 1)
      try finish.run()
    }
  }

  /// The absolute paths of the files that have `key` in a folder.
  private func files(ofKey key: String, in folder: FoundFolder) throws -> [String] {
    let listing = try FolderListing(folder: folder.path, key: hashKey())
    return listing.entries.filter { listing.key(of: $0).elementsEqual(key.utf8) }
      .map { folder.path + "/" + String(decoding: listing.pathName(of: $0), as: UTF8.self) }
  }

  /// The message that took the place of the one that the folder at `place` (relative) had under `key`, or that has another
  /// key since it was moved. Nil where the folder has a message of this key.
  func successor(ofKey key: [UInt8], inFolder place: String) throws -> Int64? {
    if hasRekeyed == nil { hasRekeyed = try index().integer("SELECT 1 FROM state.rekeyed LIMIT 1") != nil }
    guard hasRekeyed == true else { return nil }
    let select = try cachedStatement(
      """
      SELECT m.id FROM state.rekeyed r JOIN main.message m ON m.id = r.message
      WHERE r.old = ?1 AND r.folder = (SELECT id FROM main.folder WHERE path = ?2)
        AND NOT EXISTS (
          SELECT 1 FROM state.message s JOIN main.message p ON p.id = s.id AND p.folder = s.folder
          WHERE s.key = ?1 AND s.folder = r.folder AND s.vanished IS NULL)
      ORDER BY r.time DESC LIMIT 1
      """)
    select.bind(text: key, at: 1)
    select.bind(place, at: 2)
    guard try select.step() else { return nil }
    defer { select.reset() }
    return select.integer(0)
  }

  /// The message that took the place of the one that had `key` when it was listed; nil if none has.
  public func successor(ofKey key: String) throws(StoreError) -> MessageRow? {
    let id: Int64? = try asStoreError {
      let select = try cachedStatement("SELECT message FROM state.rekeyed WHERE old = ?1 ORDER BY time DESC LIMIT 1")
      select.bind(text: Array(key.utf8), at: 1)
      guard try select.step() else { return nil }
      defer { select.reset() }
      return select.integer(0)
    }
    guard let id else { return nil }
    return try message(id: id)
  }

  /// The message with the key `key` has it in earnest: nothing is left to be finished, and old paths lead to it.
  func settleRekeyed(_ key: String) throws {
    let note = try stateWriter().prepare("UPDATE rekeyed SET is_pending = 0 WHERE key = ?1")
    note.bind(key, at: 1)
    try note.run()
    hasRekeyed = nil
  }
}

/// How many lines end in LF alone: what the message grows by on the wire.
func bareLines(_ bytes: [UInt8]) -> Int {
  var (count, last) = (0, UInt8(0))
  for byte in bytes {
    if byte == 10, last != 13 { count += 1 }
    last = byte
  }
  return count
}
