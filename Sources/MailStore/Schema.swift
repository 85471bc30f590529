internal import MailSQLite

/// The tables of the two databases, and how an older form becomes the present one.
enum Schema {
  /// The form of `state.db`. What is in it can't be made again, so it is migrated, never thrown away.
  static let stateVersion: Int64 = 3
  /// The form of `index.db`. An older one is thrown away and made anew.
  static let indexVersion: Int64 = 5

  /// INVARIANT: ids only ascend (`next_id` in meta), and a row that vanished stays for 30 days.
  static let state = """
    CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE folder(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, uidvalidity INTEGER NOT NULL,
      uidnext INTEGER NOT NULL DEFAULT 1, modseq INTEGER NOT NULL DEFAULT 1);
    CREATE TABLE message(
      id INTEGER PRIMARY KEY, folder INTEGER NOT NULL, key TEXT NOT NULL, uid INTEGER NOT NULL,
      modseq INTEGER NOT NULL, vanished INTEGER, UNIQUE(key, folder));
    CREATE INDEX message_vanished ON message(vanished) WHERE vanished IS NOT NULL;
    CREATE TABLE tag(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, colour TEXT);
    CREATE TABLE message_tag(message INTEGER, tag INTEGER, PRIMARY KEY(message, tag)) WITHOUT ROWID;
    CREATE INDEX message_tag_by_tag ON message_tag(tag, message);
    CREATE TABLE comment(message INTEGER PRIMARY KEY, text TEXT NOT NULL, changed INTEGER NOT NULL);
    CREATE TABLE saved_search(name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;
    \(stateMigrations.joined(separator: "\n"))
    """

  /// How `state.db` goes from each form to the next one; the first string leads from form 1 to form 2.
  ///
  /// `message.since` is when a message came into its folder, in seconds; NULL where it was there before Postbag looked.
  /// `trashed` has the name of the folder that a message in Trash came from, `undo` where the messages of the last move came
  /// from (NULL for copies), and `rekeyed` the messages that are about to be known by another key, or that a message took
  /// the place of (`is_pending`: the other file may still be there).
  ///
  /// `folder_rename` has the directories that are being renamed at this moment (`FolderStep`), `deleted_folder` where the
  /// folders in Trash lay before, and `retired_folder` the UIDVALIDITY that a name stood for when it was given up.
  ///
  /// `message_keyword` has the keywords that programs set (`SystemKeyword`), which are no tags. `ContactTables` explains the others of form 3.
  static let stateMigrations = [
    """
    ALTER TABLE message ADD COLUMN since INTEGER;
    CREATE TABLE departed(message INTEGER PRIMARY KEY, message_id TEXT NOT NULL);
    CREATE INDEX departed_id ON departed(message_id);
    CREATE TABLE trashed(message INTEGER PRIMARY KEY, folder TEXT NOT NULL);
    CREATE TABLE undo(message INTEGER PRIMARY KEY, source TEXT, target INTEGER NOT NULL);
    CREATE TABLE rekeyed(
      key TEXT PRIMARY KEY, message INTEGER NOT NULL, old TEXT NOT NULL, folder INTEGER NOT NULL, time INTEGER NOT NULL,
      is_pending INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE INDEX rekeyed_old ON rekeyed(old);
    CREATE TABLE folder_rename(
      step INTEGER PRIMARY KEY, folder INTEGER, name TEXT NOT NULL, new_name TEXT NOT NULL, path TEXT NOT NULL,
      new_path TEXT NOT NULL, inode INTEGER NOT NULL, subscribed INTEGER NOT NULL);
    CREATE TABLE deleted_folder(name TEXT PRIMARY KEY, origin TEXT NOT NULL, time INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE retired_folder(name TEXT PRIMARY KEY, uidvalidity INTEGER NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE message_keyword(message INTEGER, keyword TEXT, PRIMARY KEY(message, keyword)) WITHOUT ROWID;
    \(ContactTables.book)
    \(ContactTables.known)
    """,
  ]

  /// The UIDVALIDITY of a new folder in `state.db`: larger than any before.
  static let nextUIDValidity = """
    max(unixepoch(), (SELECT coalesce(max(uidvalidity), 0) + 1 FROM folder),
      (SELECT coalesce(max(uidvalidity), 0) + 1 FROM retired_folder))
    """

  /// The envelopes, by which lists are made. `message` is one row a message that is there now; `message_brief` has what a
  /// search must know of each match, in a fifteenth of the pages.
  ///
  /// `envelope.hash` and the 8-byte big-endian numbers of `envelope.refs` are keyed hashes of Message-IDs; `reference`
  /// tells the conversation of every Message-ID ever mentioned, and `thread_alias` what a conversation was merged into.
  static let index = """
    CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE folder(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, path TEXT NOT NULL, role INTEGER,
      cur_time INTEGER NOT NULL, new_time INTEGER NOT NULL, listed INTEGER NOT NULL,
      cur_count INTEGER NOT NULL, cur_sum INTEGER NOT NULL, new_count INTEGER NOT NULL, new_sum INTEGER NOT NULL,
      total INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE message(
      id INTEGER PRIMARY KEY, folder INTEGER NOT NULL, name TEXT NOT NULL, flags INTEGER NOT NULL,
      date INTEGER NOT NULL, received INTEGER NOT NULL, size INTEGER NOT NULL, thread INTEGER NOT NULL,
      sender TEXT NOT NULL, subject TEXT NOT NULL, sender_address TEXT NOT NULL, recipients TEXT NOT NULL,
      message_id TEXT NOT NULL);
    CREATE INDEX message_folder ON message(folder, date);
    CREATE INDEX message_date ON message(date);
    CREATE INDEX message_thread ON message(thread);
    CREATE INDEX message_brief ON message(id, date, folder, flags);
    CREATE INDEX message_new ON message(folder) WHERE flags & 64;
    CREATE INDEX message_asking ON message(folder) WHERE flags & 32768;
    CREATE TABLE envelope(id INTEGER PRIMARY KEY, hash INTEGER, refs BLOB, subject_key TEXT);
    CREATE INDEX envelope_hash ON envelope(hash);
    CREATE TABLE unreadable(id INTEGER PRIMARY KEY);
    \(ReportTable.tables)
    CREATE TABLE reference(hash INTEGER PRIMARY KEY, thread INTEGER NOT NULL);
    CREATE TABLE thread_alias(thread INTEGER PRIMARY KEY, target INTEGER NOT NULL);
    \(fullText)
    """

  /// The full text and what else is only needed to search. Rows of `text` and `correspondent` outlive their message;
  /// `tombstone` counts those, so that one knows when making them anew pays.
  static let fullText = """
    CREATE TABLE address(id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, domain TEXT NOT NULL);
    CREATE INDEX address_domain ON address(domain);
    CREATE TABLE correspondent(
      address INTEGER NOT NULL, message INTEGER NOT NULL, role INTEGER NOT NULL,
      PRIMARY KEY(address, message, role)) WITHOUT ROWID;
    CREATE TABLE tombstone(id INTEGER PRIMARY KEY, marks INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE text_pending(id INTEGER PRIMARY KEY);
    CREATE VIRTUAL TABLE text USING fts5(
      subject, sender, recipient, copy, body, attachment,
      content='', detail=full, columnsize=0, tokenize="unicode61 remove_diacritics 2");
    """

  /// Words are collected in 16 MiB of memory before they are written (with the usual megabyte the first index takes half as
  /// long again); segments are merged when `TextIndexer` says.
  static let fullTextSettings = """
    INSERT INTO text(text, rank) VALUES('hashsize', 16777216);
    INSERT INTO text(text, rank) VALUES('automerge', 0);
    INSERT INTO text(text, rank) VALUES('crisismerge', 1999);
    """

  static let dropFullText = """
    DROP TABLE IF EXISTS text;
    DROP TABLE IF EXISTS address;
    DROP TABLE IF EXISTS correspondent;
    DROP TABLE IF EXISTS tombstone;
    DROP TABLE IF EXISTS text_pending;
    """

  /// Brings a `state.db` of an older form to the present one, in one transaction.
  static func migrateState(_ database: Database) throws {
    try database.transaction {
      // Another process may have been quicker.
      let found = try database.integer("PRAGMA user_version") ?? 0
      guard found > 0, found < stateVersion else { return }
      for migration in stateMigrations.dropFirst(Int(found) - 1) { try database.execute(migration) }
      try database.execute("PRAGMA user_version=\(stateVersion)")
    }
  }

  /// The settings of every connection.
  static func configure(_ database: Database, durable: Bool) throws(SQLiteError) {
    try database.execute(
      "PRAGMA trusted_schema=OFF; PRAGMA synchronous=\(durable ? "FULL" : "NORMAL"); PRAGMA temp_store=MEMORY")
  }

  /// Makes an empty file a database with `tables`.
  static func create(_ database: Database, tables: String, version: Int64) throws {
    try database.execute("PRAGMA page_size=4096; PRAGMA journal_mode=WAL")
    try database.transaction {
      // Another process may have been quicker.
      if try database.integer("PRAGMA user_version") != 0 { return }
      try database.execute(tables)
      try database.execute("PRAGMA user_version=\(version)")
    }
  }
}
