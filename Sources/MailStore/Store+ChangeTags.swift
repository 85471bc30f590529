internal import MailSQLite

extension Store {
  /// Takes tags off messages and puts tags on them. On the disk when this returns; nothing is written for messages that
  /// have what they should have. Stops between two batches when an interrupt asks for it.
  ///
  /// Names are the same in upper and lower case. Tags to put on are made where they don't exist. With `removesAll` all
  /// tags are taken off first. `progress` is told how many messages have been done.
  public func changeTags(
    _ ids: [Int64], add: [String], remove: [String], removesAll: Bool = false, progress: ((Int) -> Void)? = nil
  ) throws(StoreError) -> TagChange {
    if isReadOnly { throw .readOnly(root) }
    for name in add {
      if let problem = TagName.problem(with: name) { throw .badTagName(name, reason: problem) }
    }
    return try asStoreError {
      var change = TagChange()
      var isFirst = true
      let state = try stateWriter()
      try inBatches(ids, progress: progress) { ids in
        try state.transaction {
          var tags = try TagTable(state)
          if isFirst { change.unknown = remove.filter { tags.number(of: $0) == nil } }
          isFirst = false
          var batch = try TagBatch(state, remove: remove.compactMap { tags.number(of: $0) }, removesAll: removesAll)
          for id in ids {
            guard try batch.exists(id) else {
              change.missing.append(id)
              continue
            }
            // A tag is made with the first message that has it.
            if batch.add.isEmpty, !add.isEmpty { batch.add = try Set(add.map { try tags.number(making: $0) }).sorted() }
            try batch.change(id)
          }
          try batch.raiseModificationSequences()
          change.changed += batch.changed.count
          change.made += tags.made
        }
      }
      try checkpoint()
      return change
    }
  }
}

/// Changes of tags in one transaction of `state.db`.
struct TagBatch {
  private let state: Database
  private let folder: Statement
  private let insert: Statement
  private let delete: Statement
  private let clear: Statement?
  private let remove: [Int64]
  /// The tags to put on.
  var add: [Int64] = []
  /// The messages that have other tags than before.
  private(set) var changed: [Int64] = []
  private var folders: Set<Int64> = []
  private var lastFolder: Int64 = 0

  init(_ state: Database, remove: [Int64], removesAll: Bool) throws {
    self.state = state
    self.remove = remove
    folder = try state.prepare("SELECT folder FROM message WHERE id = ?1")
    insert = try state.prepare("INSERT OR IGNORE INTO message_tag(message, tag) VALUES(?1, ?2)")
    delete = try state.prepare("DELETE FROM message_tag WHERE message = ?1 AND tag = ?2")
    clear =
      removesAll
      ? try state.prepare(
        "DELETE FROM message_tag WHERE message = ?1 AND tag NOT IN (SELECT value FROM json_each(?2))") : nil
  }

  /// Whether a message of this number is known, which `change` must be asked about next.
  mutating func exists(_ id: Int64) throws -> Bool {
    folder.bind(id, at: 1)
    guard try folder.step() else { return false }
    lastFolder = folder.integer(0)
    folder.reset()
    return true
  }

  mutating func change(_ id: Int64) throws {
    var count = 0
    if let clear {
      clear.bind(id, at: 1)
      clear.bind("[\(add.map(String.init).joined(separator: ","))]", at: 2)
      try clear.run()
      count += state.changes
    }
    for (statement, tags) in [(delete, remove), (insert, add)] {
      for tag in tags {
        statement.bind(id, at: 1)
        statement.bind(tag, at: 2)
        try statement.run()
        count += state.changes
      }
    }
    guard count > 0 else { return }
    changed.append(id)
    folders.insert(lastFolder)
  }

  /// Clients that ask what has changed since (RFC 7162) are told of these messages.
  func raiseModificationSequences() throws {
    guard !changed.isEmpty else { return }
    for folder in folders { try state.execute("UPDATE folder SET modseq = modseq + 1 WHERE id = \(folder)") }
    let update = try state.prepare(
      "UPDATE message SET modseq = (SELECT modseq FROM folder WHERE folder.id = message.folder) WHERE id = ?1")
    for id in changed {
      update.bind(id, at: 1)
      try update.run()
    }
  }
}
