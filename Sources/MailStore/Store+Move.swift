internal import MailSQLite
internal import MailSystem
internal import Maildir

/// What became of messages that were to be moved.
public struct MoveResult: Sendable, Equatable {
  /// Those that came into the folder.
  public var moved: [Int64] = []
  /// Those whose file is gone.
  public var missing: [Int64] = []
  /// How many lay in the folder already, or not where they were to be moved from.
  public var unchanged = 0

  public init() {}
}

/// What a move means for taking back the last one.
public enum UndoRecording: Sendable {
  /// It is the last one now.
  case new
  /// It belongs to the one before.
  case continued
  /// It was nobody's wish at this moment: the last one stays what it was.
  case none
  /// It takes back the last one: what has gone back is no longer part of it.
  case takenBack
}

extension Store {
  /// Moves messages into `folder`, which is made when it is a system folder that isn't there yet. On the disk when this
  /// returns. Flags, tags and comments follow; what moves into Trash remembers where it was.
  ///
  /// A message that another program has moved or marked meanwhile is found again. One that would meet another of the same
  /// name gets a new one. With `sources`, folders by number, one that lies elsewhere by now stays there, unchanged.
  public func move(
    _ ids: [Int64], to folder: Folder, from sources: Set<Int64>? = nil, undo: UndoRecording = .new,
    progress: ((Int) -> Void)? = nil
  ) throws(StoreError) -> MoveResult {
    try asStoreError {
      let target = try existing(folder)
      var result = MoveResult()
      var missed: [Int64] = []
      var undo = undo
      try inBatches(ids, progress: progress) { batch in
        missed += try changing { generation in
          var work = try Relocation(store: self, target: target, sources: sources, generation: generation)
          return try work.move(batch, undo: undo, &result)
        }
        if undo == .new { undo = .continued }
      }
      if !missed.isEmpty {
        try synchronise()
        result.missing = try changing { generation in
          var work = try Relocation(store: self, target: target, sources: sources, generation: generation)
          return try work.move(missed[...], undo: undo, &result)
        }
      }
      try checkpoint()
      return result
    }
  }

  /// `folder`, made now where it is one of those that are made when first needed.
  func existing(_ folder: Folder) throws -> Folder {
    if isReadOnly { throw StoreError.readOnly(root) }
    let folder = folder.id == 0 ? try createFolder(folder.name) : folder
    guard isDirectory(folder.path) else { throw StoreError.noSuchFolder(folder.name) }
    try createMaildir(folder.path)
    return folder
  }

  /// The folder `name` is Trash, or lies in it.
  func isInTrash(_ name: String) -> Bool {
    // Without an index there are no folders.
    let trash = (try? presentTrash()) ?? options.names(for: .trash)[0]
    return name == trash || FolderName.isBelow(name, trash)
  }

  private func presentTrash() throws -> String? {
    let select = try cachedStatement("SELECT name FROM main.folder WHERE role = \(FolderRole.trash.rawValue)")
    defer { select.reset() }
    return try select.step() ? select.text(0) : nil
  }

  /// The names of all folders by their numbers.
  func folderNames() throws -> [Int64: String] {
    Dictionary(try folders().map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Moves one batch of messages into a folder. The store's lock is held.
struct Relocation {
  let store: Store
  let target: Folder
  /// Only what lies in one of these moves.
  let sources: Set<Int64>?
  let generation: Int64
  private let letters: KeywordLetters
  private var steps: [Step] = []
  /// Keys that have come into the folder with this batch.
  private var keys = Set<[UInt8]>()

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
  }

  /// Renames the files, then records it; gives those whose file was not where the index says.
  mutating func move(_ ids: ArraySlice<Int64>, undo: UndoRecording, _ result: inout MoveResult) throws -> [Int64] {
    var missed: [Int64] = []
    let state = try store.stateWriter()
    let taken = try state.prepare(
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
        let key = messageKey(ofName: step.oldName)
        taken.bind(text: Array(key), at: 1)
        taken.bind(target.id, at: 2)
        var clashes = !keys.insert(Array(key)).inserted
        if try taken.step() {
          if taken.integer(1) != 0 { clashes = true } else { forgotten.append(taken.integer(0)) }
        }
        taken.reset()
        guard try rename(&step, clashes: clashes) else {
          missed.append(id)
          continue
        }
        steps.append(step)
      }
    }
    try record(undo: undo)
    result.moved += steps.map(\.id)
    return missed
  }

  /// Rows of messages that are gone and had the key of one that comes.
  private var forgotten: [Int64] = []

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

  /// False: the file is not there.
  private func rename(_ step: inout Step, clashes: Bool) throws -> Bool {
    let old = try store.folderDirectory(step.source) + "/" + String(decoding: step.oldName, as: UTF8.self)
    if !clashes {
      do {
        try renameFileExclusively(old, to: target.path + "/" + String(decoding: step.newName, as: UTF8.self))
        return true
      } catch {
        if error.isNotFound {
          guard isDirectory(target.path + "/cur") else { throw StoreError.noSuchFolder(target.name) }
          return false
        }
        // A file that nobody has listed yet may have this name.
        guard error.isExisting else { throw error }
      }
    }
    // INVARIANT: the new key is known before a file has it; whoever finds the file knows which message it is.
    let key = uniqueKey()
    let state = try store.stateWriter()
    let insert = try state.prepare(
      "INSERT INTO rekeyed(key, message, old, folder, time) VALUES(?1, ?2, ?3, ?4, unixepoch())")
    insert.bind(key, at: 1)
    insert.bind(step.id, at: 2)
    insert.bind(text: Array(messageKey(ofName: step.oldName)), at: 3)
    insert.bind(step.source, at: 4)
    try insert.run()
    let isNew = step.newName[0] == UInt8(ascii: "n")
    let fields = MessageName(String(decoding: step.newName[4...], as: UTF8.self)).withKey(key)
    step.newName = Array((isNew ? "new/" + fields.newFileName : "cur/" + fields.fileName).utf8)
    step.newKey = key
    do {
      try renameFileExclusively(old, to: target.path + "/" + String(decoding: step.newName, as: UTF8.self))
    } catch {
      guard error.isNotFound else { throw error }
      return false
    }
    return true
  }

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
    for source in Set(steps.map { ($0.oldName[0] == UInt8(ascii: "n")) ? -$0.source : $0.source }) {
      directories.insert(try store.folderDirectory(abs(source)) + (source < 0 ? "/new" : "/cur"))
    }
    for isNew in Set(steps.map { $0.newName[0] == UInt8(ascii: "n") }) {
      directories.insert(target.path + (isNew ? "/new" : "/cur"))
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
      for id in forgotten { try store.forgetStateRow(id) }
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
        if let key = step.newKey { try store.forgetRekeyed(key) }
      }
      try numbers.write()
    }
  }
}

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

/// Where messages in Trash came from.
struct Origins {
  private let insert: Statement
  private let delete: Statement
  private let hasAny: Bool

  init(state: Database) throws {
    insert = try state.prepare("INSERT OR REPLACE INTO trashed(message, folder) VALUES(?1, ?2)", lasting: true)
    delete = try state.prepare("DELETE FROM trashed WHERE message = ?1", lasting: true)
    hasAny = try state.integer("SELECT 1 FROM trashed LIMIT 1") != nil
  }

  /// A message went from one folder to another. One that is in Trash already keeps where it came from.
  func messageMoved(_ id: Int64, from source: String, isFromTrash: Bool, toTrash: Bool) throws {
    if toTrash {
      if isFromTrash { return }
      insert.bind(id, at: 1)
      insert.bind(source, at: 2)
      try insert.run()
    } else if hasAny {
      delete.bind(id, at: 1)
      try delete.run()
    }
  }
}

/// The key in a name given with `new/` or `cur/`.
func messageKey(ofName name: [UInt8]) -> ArraySlice<UInt8> {
  name[4...].prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ":") }
}

/// `name`, given with `new/` or `cur/`, without the UID that mbsync wrote for the folder it lay in.
private func withoutForeignUID(_ name: [UInt8]) -> [UInt8] {
  let comma = UInt8(ascii: ",")
  guard
    name.indices.dropLast(2).contains(where: {
      name[$0] == comma && name[$0 + 1] == UInt8(ascii: "U") && name[$0 + 2] == UInt8(ascii: "=")
    })
  else { return name }
  let fields = MessageName(String(decoding: name[4...], as: UTF8.self)).withoutForeignUID
  return Array((name[0] == UInt8(ascii: "n") ? "new/" + fields.newFileName : "cur/" + fields.fileName).utf8)
}
