internal import MailSQLite
internal import MailSystem
internal import Maildir

/// What became of messages that were to be copied.
public struct CopyResult: Sendable, Equatable {
  /// The copies, in the order of what was copied.
  public var copies: [Int64] = []
  /// Those whose file is gone.
  public var missing: [Int64] = []

  public init() {}
}

extension Store {
  /// Copies messages into `folder` (which may be the one they lie in). On the disk when this returns.
  ///
  /// A copy is a second name of the file, or a second file where the file system wants it; since files are never edited
  /// both are independent. It has the flags, the tags and the comment of its message, and a key of its own.
  public func copy(
    _ ids: [Int64], to folder: Folder, progress: ((Int) -> Void)? = nil
  ) throws(StoreError) -> CopyResult {
    try asStoreError {
      let target = try existing(folder)
      var result = CopyResult()
      var missed: [Int64] = []
      var isFirst = true
      try inBatches(ids, progress: progress) { batch in
        missed += try changing { try copyBatch(batch, to: target, generation: $0, forgettingUndo: isFirst, &result) }
        // A batch of which nothing was copied has not begun anything.
        if !result.copies.isEmpty { isFirst = false }
      }
      if !missed.isEmpty {
        try synchronise()
        result.missing = try changing {
          try copyBatch(missed[...], to: target, generation: $0, forgettingUndo: isFirst, &result)
        }
      }
      try checkpoint()
      return result
    }
  }

  private struct Duplicate {
    var source: Int64
    var id: Int64 = 0
    var key: String
    /// The file in `tmp/`.
    var temporaryPath: String
    /// With `new/` or `cur/`.
    var name: String
    var flags: MessageFlags
    var size: Int64
    /// What Dovecot's letters said of the message.
    var tags: [String]
  }

  private func copyBatch(
    _ ids: ArraySlice<Int64>, to target: Folder, generation: Int64, forgettingUndo: Bool, _ result: inout CopyResult
  ) throws -> [Int64] {
    var missed: [Int64] = []
    var copies: [Duplicate] = []
    let letters = try KeywordLetters(target: target.path)
    do {
      for id in ids {
        if let copy = try link(id, into: target, letters) { copies.append(copy) } else { missed.append(id) }
      }
      guard !copies.isEmpty else { return missed }
      try recordCopies(&copies, target: target, generation: generation, forgettingUndo: forgettingUndo)
      for copy in copies { try renameFileExclusively(copy.temporaryPath, to: "\(target.path)/\(copy.name)") }
    } catch {
      // What stays in tmp/ is removed after 36 hours; rows without a file go with the next comparison.
      for copy in copies { try? removeFile(copy.temporaryPath) }
      throw error
    }
    for half in ["cur", "new"] { try synchroniseDirectory("\(target.path)/\(half)") }
    try indexCopies(copies, target: target)
    tellQuota(bytes: copies.reduce(0) { $0 + $1.size }, messages: copies.count)
    result.copies += copies.map(\.id)
    return missed
  }

  /// Makes a second name for the message's file in `tmp/` of `target`; nil when the file is not where the index says.
  private func link(_ id: Int64, into target: Folder, _ letters: KeywordLetters) throws -> Duplicate? {
    let select = try cachedStatement("SELECT folder, name, flags, size FROM message WHERE id = ?1")
    select.bind(id, at: 1)
    guard try select.step() else { return nil }
    let (folder, name) = (select.integer(0), select.text(1))
    let (flags, size) = (MessageFlags(rawValue: select.integer(2)), select.integer(3))
    select.reset()
    let key = uniqueKey()
    let translated = try letters.translate(Array(name.utf8), from: folderDirectory(folder))
    let fields = MessageName(String(decoding: translated.name[4...], as: UTF8.self)).withoutForeignUID.withKey(key)
    let duplicate = Duplicate(
      source: id, key: key, temporaryPath: "\(target.path)/tmp/\(key)",
      name: pathName(of: fields, isNew: name.utf8.first == UInt8(ascii: "n")), flags: flags, size: size,
      tags: translated.tags)
    let path = try folderDirectory(folder) + "/" + name
    do {
      try linkFile(path, to: duplicate.temporaryPath, followLinks: true)
    } catch {
      if error.isNotFound { return nil }
      // Too many names, another file system, or one that knows no second names.
      guard try copyFile(path, to: duplicate.temporaryPath) else { return nil }
    }
    return duplicate
  }

  /// INVARIANT: the rows come first: a copy that appears has its tags and its comment at once. A row whose file doesn't come
  /// is dropped by the next comparison.
  private func recordCopies(
    _ copies: inout [Duplicate], target: Folder, generation: Int64, forgettingUndo: Bool
  ) throws {
    let state = try stateWriter()
    copies = try state.transaction {
      var copies = copies
      try recordGeneration(generation)
      if forgettingUndo { try state.execute("DELETE FROM undo") }
      var rows = try NewRows(folder: target.id, state: state)
      var table = try TagTable(state)
      let tags = try state.prepare(
        "INSERT INTO message_tag(message, tag) SELECT ?1, tag FROM message_tag WHERE message = ?2")
      let comments = try state.prepare(
        "INSERT INTO comment(message, text, changed) SELECT ?1, text, changed FROM comment WHERE message = ?2")
      let keywords = try state.prepare(
        "INSERT INTO message_keyword(message, keyword) SELECT ?1, keyword FROM message_keyword WHERE message = ?2")
      let undo = try state.prepare("INSERT OR REPLACE INTO undo(message, source, target) VALUES(?1, NULL, ?2)")
      for place in copies.indices {
        copies[place].id = try rows.insert(key: copies[place].key)
        for statement in [tags, comments, keywords] {
          statement.bind(copies[place].id, at: 1)
          statement.bind(copies[place].source, at: 2)
          try statement.run()
        }
        for tag in copies[place].tags { try table.add(tag, to: copies[place].id) }
        undo.bind(copies[place].id, at: 1)
        undo.bind(target.id, at: 2)
        try undo.run()
      }
      try rows.finish()
      return copies
    }
  }

  private func indexCopies(_ copies: [Duplicate], target: Folder) throws {
    let index = try indexWriter()
    try index.transaction {
      var counts = FolderCounts()
      var sums = FolderSums()
      let message = try index.prepare(
        """
        INSERT OR REPLACE INTO message(id, folder, name, flags, date, received, size, thread, sender, subject,
          sender_address, recipients, message_id)
        SELECT ?1, ?2, ?3, flags, date, received, size, thread, sender, subject, sender_address, recipients, message_id
        FROM message WHERE id = ?4
        """)
      let envelope = try index.prepare(
        """
        INSERT OR REPLACE INTO envelope(id, hash, refs, subject_key) SELECT ?1, hash, refs, subject_key FROM envelope
        WHERE id = ?4
        """)
      let reports = try index.prepare(
        """
        INSERT OR REPLACE INTO report(message, place, original, kind, mark, time, recipient, status, words)
        SELECT ?1, place, original, kind, mark, time, recipient, status, words FROM report WHERE message = ?4
        """)
      for copy in copies {
        message.bind(copy.id, at: 1)
        message.bind(target.id, at: 2)
        message.bind(copy.name, at: 3)
        message.bind(copy.source, at: 4)
        try message.run()
        envelope.bind(copy.id, at: 1)
        envelope.bind(copy.source, at: 4)
        try envelope.run()
        reports.bind(copy.id, at: 1)
        reports.bind(copy.source, at: 4)
        try reports.run()
        counts.add(folder: target.id, flags: copy.flags, size: copy.size)
        sums.add(Array(copy.name.utf8), folder: target.id)
      }
      try counts.write(to: index)
      try sums.write(to: index)
    }
  }
}

/// New rows of `state.message` in one folder, in one transaction.
struct NewRows {
  private let state: Database
  private let folder: Int64
  private let statement: Statement
  private var numbers: FolderNumbers
  private var nextID: Int64

  init(folder: Int64, state: Database) throws {
    self.state = state
    self.folder = folder
    numbers = try FolderNumbers(folder: folder, state: state)
    nextID = try state.integer("SELECT value FROM meta WHERE key = 'next_id'") ?? 1
    statement = try state.prepare(
      "INSERT INTO message(id, folder, key, uid, modseq, since) VALUES(?1, ?2, ?3, ?4, ?5, unixepoch())", lasting: true)
  }

  /// Gives the message `key` its number and its UID.
  mutating func insert(key: String) throws -> Int64 {
    statement.bind(nextID, at: 1)
    statement.bind(folder, at: 2)
    statement.bind(key, at: 3)
    statement.bind(numbers.nextUID(), at: 4)
    statement.bind(numbers.modseq, at: 5)
    try statement.run()
    nextID += 1
    return nextID - 1
  }

  func finish() throws {
    try state.execute("UPDATE meta SET value = \(nextID) WHERE key = 'next_id'")
    try numbers.write()
  }
}
