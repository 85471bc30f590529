internal import MailSQLite
internal import MailSystem

extension Store {
  /// Sees to it that both databases exist in their present form.
  ///
  /// A damaged or older `index.db` is thrown away, a damaged `state.db` set aside and replaced by its backup if there is
  /// one; conversations, tags and comments come from there, UIDVALIDITY is new.
  func prepareDatabases() throws {
    if preparedDatabases { return }
    try prepareDirectory()
    do {
      try prepareUnlocked(isRepairing: false)
    } catch is NeedsRepair {
      // One process at a time: another one's new files are not to be taken for damaged ones.
      let lock = try storeLock("sync.lock")
      try prepareUnlocked()
      lock.unlock()
    }
  }

  private struct NeedsRepair: Error {}

  /// Makes both databases, and where `isRepairing` replaces what is damaged or of an older form.
  private func prepareUnlocked(isRepairing: Bool = true) throws {
    var lost = false
    do {
      try prepare("state.db", tables: Schema.state, version: Schema.stateVersion)
    } catch let error as SQLiteError where error.isDamaged {
      guard isRepairing else { throw NeedsRepair() }
      try recoverState()
      lost = true
    }
    do {
      if lost { try discardIndex() }
      try prepare("index.db", tables: Schema.index, version: Schema.indexVersion)
    } catch let error as SQLiteError where error.isDamaged {
      guard isRepairing else { throw NeedsRepair() }
      notices.append("index.db was damaged and is made anew")
      try discardIndex()
      try prepare("index.db", tables: Schema.index, version: Schema.indexVersion)
    } catch is OlderForm {
      guard isRepairing else { throw NeedsRepair() }
      try discardIndex()
      try prepare("index.db", tables: Schema.index, version: Schema.indexVersion)
    }
    preparedDatabases = true
  }

  private struct OlderForm: Error {}

  private func prepareDirectory() throws {
    let directory = databaseDirectory
    do {
      let status = try fileStatus(directory, followLinks: false)
      guard status.isDirectory, status.uid == effectiveUserID(), !status.isWritableByOthers else {
        throw StoreError.notPermitted(path: directory, reason: "not a directory of this user alone")
      }
    } catch let error as SystemError where error.isNotFound {
      if isReadOnly {
        try createDirectories(directory, permissions: 0o700)
      } else {
        do {
          try createDirectory(directory, permissions: 0o700)
        } catch {
          // Another process may have been quicker.
          guard error.isExisting else { throw error }
        }
      }
    }
    if isReadOnly { try copyDatabasesToCache() }
  }

  private func prepare(_ name: String, tables: String, version: Int64) throws {
    let path = "\(databaseDirectory)/\(name)"
    if (try? fileStatus(path).size) ?? 0 > 0 {
      let database = try Database(path: path, access: .readWrite, busyTimeout: options.patience)
      try database.keepLogFiles()
      let found = try database.integer("PRAGMA user_version") ?? 0
      if found == version { return }
      if found > version, name == "state.db" {
        throw StoreError.notPermitted(path: path, reason: "written by a newer version of Postbag")
      }
      if found != 0, name == "state.db" {
        try Schema.configure(database, durable: true)
        return try Schema.migrateState(database)
      }
      if found != 0 { throw OlderForm() }
    }
    let database = try Database(path: path, access: .create, busyTimeout: options.patience)
    try database.keepLogFiles()
    try setPermissions(path, to: 0o600)
    try Schema.configure(database, durable: name == "state.db")
    try Schema.create(database, tables: tables, version: version)
    if name == "index.db" { try seedIndex(database) } else { try seedState(database) }
  }

  private func seedIndex(_ database: Database) throws {
    let insert = try database.prepare("INSERT OR IGNORE INTO meta(key, value) VALUES(?1, ?2)")
    for name in ["hash0", "hash1"] {
      insert.bind(name, at: 1)
      insert.bind(Int64(bitPattern: UInt64.random(in: .min ... .max)), at: 2)
      try insert.run()
    }
    try database.execute(Schema.fullTextSettings)
  }

  private func seedState(_ database: Database) throws {
    try database.execute(
      """
      INSERT OR IGNORE INTO meta(key, value) VALUES('generation', 0);
      INSERT OR IGNORE INTO meta(key, value) VALUES('next_id', 1);
      INSERT OR IGNORE INTO meta(key, value) VALUES('identity', random());
      """)
  }

  // MARK: Damage

  /// Removes `index.db`: everything in it can be made again.
  func discardIndex() throws {
    closeDatabases()
    preparedDatabases = false
    for suffix in ["", "-wal", "-shm"] { try removeIfPresent("\(databaseDirectory)/index.db\(suffix)") }
  }

  /// Replaces what turned out damaged while it was used, unless another process has done so meanwhile.
  func replaceDamaged() throws {
    closeDatabases()
    let lock = try storeLock("sync.lock")
    if !isSound("state.db") { try recoverState() }
    notices.append("index.db is made anew after damage")
    try discardIndex()
    try prepareUnlocked()
    lock.unlock()
  }

  /// SQLite finds nothing wrong with the database. One that can't be opened is not sound.
  func isSound(_ name: String) -> Bool {
    do {
      let database = try Database(
        path: "\(databaseDirectory)/\(name)", access: .readWrite, busyTimeout: options.patience)
      try database.keepLogFiles()
      let check = try database.prepare("PRAGMA quick_check(1)")
      return try check.step() && check.text(0) == "ok"
    } catch {
      // Whatever it is: a busy database is not judged here, since the lock is held.
      return !error.isDamaged
    }
  }

  private func recoverState() throws {
    closeDatabases()
    let path = databaseDirectory + "/state.db"
    let aside = "\(path).damaged-\(now() / 1_000_000_000)-\(processID())"
    for suffix in ["-wal", "-shm", ""] {
      do {
        try renameFile(path + suffix, to: aside + suffix)
      } catch {
        // A database need not have a log.
        guard error.isNotFound else { throw error }
      }
    }
    let backup = databaseDirectory + "/state.backup.db"
    if (try? fileStatus(backup)) != nil {
      try replaceFile(path, with: readFile(backup))
      do {
        let database = try Database(path: path, access: .readWrite, busyTimeout: options.patience)
        try database.execute("PRAGMA journal_mode=WAL")
        try database.execute("UPDATE folder SET uidvalidity = max(uidvalidity + 1, unixepoch())")
        try database.execute("UPDATE meta SET value = random() WHERE key = 'identity'")
        notices.append("state.db was damaged; it was set aside as \(aside) and the backup put in its place")
        return
      } catch {
        guard error.isDamaged else { throw error }
        try removeFile(path)
      }
    }
    notices.append("state.db was damaged; it was set aside as \(aside); tags and comments in it are lost")
    try prepare("state.db", tables: Schema.state, version: Schema.stateVersion)
  }

  private func removeIfPresent(_ path: String) throws {
    do {
      try removeFile(path)
    } catch {
      // Gone already is what was wanted.
      guard error.isNotFound else { throw error }
    }
  }

  // MARK: A store that can't be written

  /// Brings copies of the store's own databases to the cache when they are newer than those there.
  private func copyDatabasesToCache() throws {
    let own = root + "/postbag"
    guard let source = try? fileStatus(own + "/state.db") else { return }
    let copied = try? fileStatus(databaseDirectory + "/state.db")
    if let copied, copied.modificationTime >= source.modificationTime { return }
    for name in ["index.db", "state.db"] {
      for suffix in ["-shm", "-wal", ""] {
        try removeIfPresent("\(databaseDirectory)/\(name)\(suffix)")
      }
      for suffix in ["", "-wal"] {
        // A part that is missing or can't be read is made anew.
        guard let bytes = try? readFile("\(own)/\(name)\(suffix)") else { continue }
        try replaceFile("\(databaseDirectory)/\(name)\(suffix)", with: bytes)
      }
    }
  }

  // MARK: Checkpoints

  /// A log longer than this is written back: the first connection after all others are closed reads the whole log.
  private static let logLimit: Int64 = 256 << 10

  /// Writes the logs of both databases back where they have grown; readers that are in the way put it off.
  func checkpoint() throws {
    for (name, connection) in [("index.db", try indexWriter()), ("state.db", try stateWriter())] {
      guard let status = try? fileStatus("\(databaseDirectory)/\(name)-wal"), status.size > Store.logLimit else {
        continue
      }
      try connection.execute("PRAGMA busy_timeout=0")
      // Busy is an answer here, not an error: the next one to write will do it.
      _ = try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)")
      try connection.execute("PRAGMA busy_timeout=\(options.patience)")
    }
  }

  // MARK: Backup

  /// Keeps one copy of `state.db`, a week old at most, for the day when the disk damages it.
  func backUpState() throws {
    let backup = databaseDirectory + "/state.backup.db"
    let week: Int64 = 7 * 86_400 * 1_000_000_000
    if let status = try? fileStatus(backup), now() - status.modificationTime < week { return }
    let fresh = backup + ".new"
    try removeIfPresent(fresh)
    let vacuum = try stateWriter().prepare("VACUUM INTO ?1")
    vacuum.bind(fresh, at: 1)
    try vacuum.run()
    try setPermissions(fresh, to: 0o600)
    try renameFile(fresh, to: backup)
  }
}
