internal import MailSQLite
internal import MailSystem
internal import Maildir

/// Moves one batch of messages into a folder. The store's lock is held.
struct Relocation {
  private let store: Store
  private let target: Folder
  /// Only what lies in one of these moves.
  private let sources: Set<Int64>?
  private let generation: Int64
  private let letters: KeywordLetters
  private var steps: [Step] = []
  /// Rows of messages that are gone and had the key of one that comes, by that key.
  private var stale: [[UInt8]: Int64] = [:]

  init(store: Store, target: Folder, sources: Set<Int64>?, generation: Int64) throws {
    self.store = store
    letters = try KeywordLetters(target: target.path)
    self.target = target
    self.sources = sources
    self.generation = generation
  }

  private struct Step {
    var id: Int64
    var source: Int64
    var flags: MessageFlags
    var size: Int64
    var oldName: [UInt8]
    var newName: [UInt8]
    /// What Dovecot's letters said of it.
    var tags: [String]
    /// The key it has from now on, if not the old one.
    var newKey: String?

    var oldKey: [UInt8] { Array(messageKey(ofName: oldName)) }

    mutating func take(newKey key: String) {
      let isNew = newName[0] == UInt8(ascii: "n")
      let fields = MessageName(String(decoding: newName[4...], as: UTF8.self)).withKey(key)
      newName = Array(pathName(of: fields, isNew: isNew).utf8)
      newKey = key
    }
  }

  /// Renames the files, then records it; gives those whose file was not where the index says.
  mutating func move(_ ids: ArraySlice<Int64>, undo: UndoRecording, _ result: inout MoveResult) throws -> [Int64] {
    var (planned, missed) = try plan(ids, &result)
    try note(planned.filter { $0.newKey != nil }, isPending: false)
    for place in planned.indices {
      if try transfer(&planned[place]) { steps.append(planned[place]) } else { missed.append(planned[place].id) }
    }
    try record(undo: undo)
    result.moved += steps.map(\.id)
    return missed
  }

  /// What is to be renamed, and those that the index doesn't have. Where the folder has a message of the same key, or two
  /// come with one, a new key is planned.
  private mutating func plan(
    _ ids: ArraySlice<Int64>, _ result: inout MoveResult
  ) throws -> (steps: [Step], missed: [Int64]) {
    var planned: [Step] = []
    var missed: [Int64] = []
    var keys = Set<[UInt8]>()
    let taken = try store.stateWriter().prepare(
      "SELECT id, vanished IS NULL FROM message WHERE key = ?1 AND folder = ?2", lasting: true)
    try store.reading {
      for id in ids {
        guard var step = try step(for: id) else {
          missed.append(id)
          continue
        }
        if step.source == target.id || sources?.contains(step.source) == false {
          result.unchanged += 1
          continue
        }
        let key = step.oldKey
        taken.bind(text: key, at: 1)
        taken.bind(target.id, at: 2)
        var clashes = !keys.insert(key).inserted
        if try taken.step() {
          if taken.integer(1) != 0 { clashes = true } else { stale[key] = taken.integer(0) }
          taken.reset()
        }
        if clashes { step.take(newKey: uniqueKey()) }
        planned.append(step)
      }
    }
    return (planned, missed)
  }

  private func step(for id: Int64) throws -> Step? {
    let select = try store.cachedStatement("SELECT folder, name, flags, size FROM message WHERE id = ?1")
    select.bind(id, at: 1)
    guard try select.step() else { return nil }
    defer { select.reset() }
    let name = select.bytes(1)
    let translated = try letters.translate(
      withoutForeignUID(name), from: try store.folderDirectory(select.integer(0)))
    return Step(
      id: id, source: select.integer(0), flags: MessageFlags(rawValue: select.integer(2)), size: select.integer(3),
      oldName: name, newName: translated.name, tags: translated.tags)
  }

  /// INVARIANT: a new key is known before a file has it; whoever finds the file knows which message it is.
  private func note(_ steps: [Step], isPending: Bool) throws {
    guard !steps.isEmpty else { return }
    let state = try store.stateWriter()
    try state.transaction {
      let insert = try state.prepare(
        """
        INSERT OR REPLACE INTO rekeyed(key, message, old, folder, time, is_pending)
        VALUES(?1, ?2, ?3, ?4, unixepoch(), ?5)
        """)
      for step in steps {
        insert.bind(step.newKey, at: 1)
        insert.bind(step.id, at: 2)
        insert.bind(text: step.oldKey, at: 3)
        insert.bind(step.source, at: 4)
        insert.bind(isPending ? 1 : 0, at: 5)
        try insert.run()
      }
    }
  }

  // MARK: Files

  /// Brings the file to its new place. False: it is not where the index says.
  private func transfer(_ step: inout Step) throws -> Bool {
    let old = try store.folderDirectory(step.source) + "/" + String(decoding: step.oldName, as: UTF8.self)
    // A link may lead nowhere from another directory.
    if (try? fileStatus(old, followLinks: false))?.isSymbolicLink == true { return try rewrite(&step, old) }
    do {
      try renameFileExclusively(old, to: newPath(step))
      return true
    } catch {
      if error.isOtherFileSystem { return try rewrite(&step, old) }
      guard !error.isNotFound else { return try isMissing() }
      guard error.isExisting else { throw error }
    }
    // A file that nobody has listed yet has this name.
    step.take(newKey: uniqueKey())
    try note([step], isPending: false)
    do {
      try renameFileExclusively(old, to: newPath(step))
      return true
    } catch {
      guard error.isNotFound else { throw error }
      return false
    }
  }

  private func newPath(_ step: Step) -> String { target.path + "/" + String(decoding: step.newName, as: UTF8.self) }

  /// The message's file is gone, and not the folder that it was to come to.
  private func isMissing() throws -> Bool {
    guard isDirectory(target.path + "/cur") else { throw StoreError.noSuchFolder(target.name) }
    return false
  }

  /// Writes the message again, in a folder on another file system or in the place of a link, and removes the old one. What
  /// is noted before lets the next process finish it (`recoverReplacements`).
  private func rewrite(_ step: inout Step, _ old: String) throws -> Bool {
    step.take(newKey: uniqueKey())
    try note([step], isPending: true)
    let temporary = "\(target.path)/tmp/\(step.newKey ?? "")"
    guard try copyFile(old, to: temporary) else { return try isMissing() }
    // INVARIANT: the new file is on the disk before the old one goes.
    try renameFileExclusively(temporary, to: newPath(step))
    try synchroniseDirectory(parentDirectory(of: newPath(step)))
    do {
      try removeFile(old)
    } catch {
      // Another program was quicker.
      guard error.isNotFound else { throw error }
    }
    return true
  }

  // MARK: Records

  /// INVARIANT: the renames are on the disk before anything says so.
  private func record(undo: UndoRecording) throws {
    guard !steps.isEmpty else { return }
    try synchroniseDirectories()
    try recordInState(undo: undo)
    let index = try store.indexWriter()
    try index.transaction {
      var counts = FolderCounts()
      var sums = FolderSums()
      let update = try index.prepare("UPDATE message SET folder = ?2, name = ?3 WHERE id = ?1", lasting: true)
      for step in steps {
        update.bind(step.id, at: 1)
        update.bind(target.id, at: 2)
        update.bind(text: step.newName, at: 3)
        try update.run()
        counts.remove(folder: step.source, flags: step.flags, size: step.size)
        counts.add(folder: target.id, flags: step.flags, size: step.size)
        sums.remove(step.oldName, folder: step.source)
        sums.add(step.newName, folder: target.id)
      }
      try counts.write(to: index)
      try sums.write(to: index)
    }
  }

  private func synchroniseDirectories() throws {
    var directories = Set<String>()
    for source in Set(steps.map(\.source)) {
      for half in Set(steps.filter { $0.source == source }.map { $0.oldName[0] }) {
        directories.insert(try store.folderDirectory(source) + (half == UInt8(ascii: "n") ? "/new" : "/cur"))
      }
    }
    for half in Set(steps.map { $0.newName[0] }) {
      directories.insert(target.path + (half == UInt8(ascii: "n") ? "/new" : "/cur"))
    }
    for directory in directories { try synchroniseDirectory(directory) }
  }

  private func recordInState(undo: UndoRecording) throws {
    let state = try store.stateWriter()
    let names = try store.folderNames()
    let isTrash = store.isInTrash(target.name)
    try state.transaction {
      try store.recordGeneration(generation)
      if undo == .new { try state.execute("DELETE FROM undo") }
      var numbers = try FolderNumbers(folder: target.id, state: state)
      try state.execute(
        "UPDATE folder SET modseq = modseq + 1 WHERE id IN (\(Set(steps.map { String($0.source) }).joined(separator: ",")))"
      )
      let update = try state.prepare(
        """
        UPDATE message SET folder = ?2, uid = ?3, modseq = ?4, since = unixepoch(), vanished = NULL,
          key = coalesce(?5, key) WHERE id = ?1
        """)
      let insertUndo = try state.prepare("INSERT OR REPLACE INTO undo(message, source, target) VALUES(?1, ?2, ?3)")
      let deleteUndo = try state.prepare("DELETE FROM undo WHERE message = ?1")
      let origins = try Origins(state: state)
      let trashed = names.mapValues { store.isInTrash($0) }
      var tags = try TagTable(state)
      for step in steps {
        if step.newKey == nil, let row = stale[step.oldKey] { try store.forgetStateRow(row) }
        update.bind(step.id, at: 1)
        update.bind(target.id, at: 2)
        update.bind(numbers.nextUID(), at: 3)
        update.bind(numbers.modseq, at: 4)
        update.bind(step.newKey, at: 5)
        try update.run()
        let source = names[step.source] ?? ""
        if undo == .takenBack {
          deleteUndo.bind(step.id, at: 1)
          try deleteUndo.run()
        } else if undo != .none {
          insertUndo.bind(step.id, at: 1)
          insertUndo.bind(source, at: 2)
          insertUndo.bind(target.id, at: 3)
          try insertUndo.run()
        }
        try origins.messageMoved(step.id, from: source, isFromTrash: trashed[step.source] ?? false, toTrash: isTrash)
        for tag in step.tags { try tags.add(tag, to: step.id) }
        if let key = step.newKey { try store.settleRekeyed(key) }
      }
      try numbers.write()
    }
  }
}
