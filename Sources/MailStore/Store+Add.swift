internal import MailSQLite
internal import MailSystem
internal import Maildir

/// A message that is to be put into the store.
public struct NewMessage: Sendable {
  public var bytes: [UInt8]
  /// Those that a file name carries count.
  public var flags: MessageFlags = []
  /// When it came, seconds since 1970; nil is now.
  public var received: Int64?
  /// Names of tags, made where there are none; those that no tag can have are passed over.
  public var tags: [String] = []
  public var comment: String?
  /// No program has seen it yet: it goes to `new/`, without flags.
  public var isRecent = false
  /// Its key; nil for a new one. A message whose key the store knows already is left out.
  public var key: String?

  public init(bytes: [UInt8]) { self.bytes = bytes }
}

/// A message that has been put into the store.
public struct AddedMessage: Sendable, Equatable {
  public let id: Int64
  public let key: String
  /// The absolute path of its file.
  public let path: String
}

extension Store {
  /// Puts messages into `folder`: all are on the disk when this returns, with one sync for all of them. Nil stands for a
  /// message whose key is known already.
  ///
  /// One call is one batch, which is held in memory; the caller makes it a few thousand messages, or some megabytes.
  public func add(_ messages: [NewMessage], to folder: Folder) throws(StoreError) -> [AddedMessage?] {
    try asStoreError {
      let target = try existing(folder)
      guard !messages.isEmpty else { return [] }
      let added = try changing { try addBatch(messages, to: target, generation: $0) }
      try checkpoint()
      return added
    }
  }

  private struct Addition {
    var place: Int
    var id: Int64 = 0
    var key: String
    /// With `new/` or `cur/`.
    var name: String
    var flags: MessageFlags
  }

  private func addBatch(_ messages: [NewMessage], to target: Folder, generation: Int64) throws -> [AddedMessage?] {
    var additions: [Addition] = []
    let temporary = { (addition: Addition) in "\(target.path)/tmp/\(addition.key)" }
    do {
      var keys = Set<String>()
      for (place, message) in messages.enumerated() {
        guard let addition = try addition(message, place), keys.insert(addition.key).inserted else { continue }
        additions.append(addition)
        try write(message, to: temporary(addition), isSynced: messages.count < 8)
      }
      if messages.count >= 8 {
        let directory = try File(target.path + "/tmp", [.read, .directory])
        try synchroniseFileSystem(directory.descriptor, path: target.path)
      }
      guard !additions.isEmpty else { return messages.map { _ in nil } }
      try recordAdditions(&additions, messages, target: target, generation: generation)
      for addition in additions {
        try renameFileExclusively(temporary(addition), to: "\(target.path)/\(addition.name)")
      }
    } catch {
      // Where they can't be removed they go after 36 hours; rows without a file go with the next comparison.
      for addition in additions { try? removeFile(temporary(addition)) }
      throw error
    }
    for half in ["cur", "new"] { try synchroniseDirectory("\(target.path)/\(half)") }
    try indexAdditions(additions, target: target)
    tellQuota(
      bytes: additions.reduce(0) { $0 + Int64(messages[$1.place].bytes.count) }, messages: additions.count)
    var result: [AddedMessage?] = messages.map { _ in nil }
    for addition in additions {
      result[addition.place] = AddedMessage(id: addition.id, key: addition.key, path: "\(target.path)/\(addition.name)")
    }
    return result
  }

  /// Nil: the store knows the message.
  private func addition(_ message: NewMessage, _ place: Int) throws -> Addition? {
    let key = message.key ?? uniqueKey()
    if message.key != nil {
      let state = try stateWriter()
      let known = try state.prepare("SELECT 1 FROM message WHERE key = ?1 AND vanished IS NULL", lasting: true)
      known.bind(key, at: 1)
      if try known.step() { return nil }
    }
    let flags = message.isRecent ? [] : message.flags.intersection(.inName)
    let fields = MessageName(
      key: key, size: Int64(message.bytes.count), wireSize: Int64(message.bytes.count + bareLines(message.bytes)),
      flags: MaildirFlags(flags))
    return Addition(
      place: place, key: key, name: pathName(of: fields, isNew: message.isRecent),
      flags: message.isRecent ? .recent : flags)
  }

  private func write(_ message: NewMessage, to path: String, isSynced: Bool) throws {
    let file: File
    do {
      file = try File(path, [.write, .exclusive])
    } catch {
      // A file of an interrupted run with the same key.
      guard error.isExisting, message.key != nil else { throw error }
      try removeFile(path)
      file = try File(path, [.write, .exclusive])
    }
    try file.write(message.bytes)
    if let received = message.received { try setModificationTime(path, to: nanoseconds(ofSeconds: received)) }
    if isSynced { try file.synchronise() }
    try file.close()
  }

  /// INVARIANT: the rows come first: a message that appears has its tags and its comment at once.
  private func recordAdditions(
    _ additions: inout [Addition], _ messages: [NewMessage], target: Folder, generation: Int64
  ) throws {
    let state = try stateWriter()
    additions = try state.transaction {
      var additions = additions
      try recordGeneration(generation)
      var tags = try TagTable(state)
      let stale = try state.prepare("SELECT id FROM message WHERE key = ?1 AND folder = ?2", lasting: true)
      for addition in additions where messages[addition.place].key != nil {
        stale.bind(addition.key, at: 1)
        stale.bind(target.id, at: 2)
        guard try stale.step() else { continue }
        let id = stale.integer(0)
        stale.reset()
        try forgetStateRow(id)
      }
      var rows = try NewRows(folder: target.id, state: state)
      let comment = try state.prepare("INSERT INTO comment(message, text, changed) VALUES(?1, ?2, unixepoch())")
      for place in additions.indices {
        let message = messages[additions[place].place]
        additions[place].id = try rows.insert(key: additions[place].key)
        for tag in message.tags { try tags.add(tag, to: additions[place].id) }
        guard let text = message.comment else { continue }
        comment.bind(additions[place].id, at: 1)
        comment.bind(text, at: 2)
        try comment.run()
      }
      try rows.finish()
      return additions
    }
  }

  private func indexAdditions(_ additions: [Addition], target: Folder) throws {
    let index = try indexWriter()
    let writer = try IndexWriter(index: index, key: hashKey())
    let arrivals = additions.map {
      Arrival(
        id: $0.id, folder: target.id, folderPath: target.path, name: Array($0.name.utf8), flags: $0.flags,
        mayBeIndexed: false)
    }
    let lost = try Synchroniser(store: self, progress: nil).addMessages(arrivals, writer: writer)
    let absent = Set(lost.map(\.id))
    var sums = FolderSums()
    for arrival in arrivals where !absent.contains(arrival.id) { sums.add(arrival.name, folder: target.id) }
    try index.transaction { try sums.write(to: index) }
    if !lost.isEmpty { try Registrar(state: stateWriter()).forget(lost.map(\.id)) }
  }
}
