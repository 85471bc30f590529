internal import MailConfiguration
internal import MailStore
internal import MailSystem
internal import Maildir

/// The copies of what is sent, in the folder Sent. Files alone: whoever reads the store next finds them there.
struct SentCopy {
  let configuration: Configuration
  /// The store, absolute.
  let store: String

  /// The directory of the folder in which `identity` keeps copies, made if it is missing; nil where no copy is wanted.
  /// Without a configured identity a store is not made for copies.
  func directory(for identity: Configuration.Identity?) throws(SendError) -> String? {
    if identity?.sent == "" { return nil }
    if !isDirectory(store), identity == nil { return nil }
    do throws(SystemError) {
      try makeStore()
      if let problem = try fileStatus(store).trustProblem(for: effectiveUserID()) {
        throw SystemError(call: problem, path: store, errno: 1)
      }
      return try folder(identity?.sent)
    } catch {
      throw .copy(error.description)
    }
  }

  private func makeStore() throws(SystemError) {
    if isDirectory(store) { return }
    let parent = parentDirectory(of: store)
    // A home directory that isn't mounted must not be made: only the store itself may be missing.
    guard isDirectory(parent) else { throw .notFound("mkdir", path: parent) }
    try createMaildir(store)
  }

  private func folder(_ named: String?) throws(SystemError) -> String {
    let root = MaildirRoot(store)
    let names = try root.folders().map { FolderName.isInbox($0.name) ? FolderRole.inbox.standardName : $0.name }
    let options = Store.Options(configuration)
    var name = options.name(for: .sent, among: names)
    if let named {
      let canonical = FolderName.canonical(named, in: root.layout)
      name = options.systemFolder(called: canonical, among: names) ?? FolderName.respelled(canonical, among: names)
    }
    if name == FolderRole.inbox.standardName || FolderName.isInbox(name) { name = FolderName.inbox }
    if let found = try root.folder(named: name) { return found.path }
    return try root.createFolder(name).path
  }

  /// The name of the copy of a message that is being taken in.
  static func fileName(key: String, size: Int64, bareLines: Int64) -> String {
    MessageName(key: key, size: size, wireSize: size + bareLines, flags: .seen).fileName
  }

  /// Puts the copy into its folder: the file of the queue gets a second name there. On the disk when this returns. With
  /// `mayBeThere` it is looked for first, under any flags.
  /// `synchroniseQueue` is called between: one commit of the file system's journal then does for both directories.
  static func place(
    _ entry: QueueEntry, mayBeThere: Bool, store: String?,
    synchroniseQueue: () throws(SendError) -> Void = { () throws(SendError) in }
  ) throws(SendError) {
    guard let copy = entry.record.aftermath.copy, !entry.state.isCopied else { return try synchroniseQueue() }
    try placeFile(entry, copy, mayBeThere: mayBeThere, store: store)
    try synchroniseQueue()
    do throws(SystemError) {
      try synchroniseDirectory("\(copy.directory)/cur")
    } catch {
      throw .copy(error.description)
    }
    try entry.note(.copied)
  }

  private static func placeFile(
    _ entry: QueueEntry, _ copy: QueueRecord.Aftermath.Copy, mayBeThere: Bool, store: String?
  ) throws(SendError) {
    do throws(SystemError) {
      if !mayBeThere || SentCopy.find(copy) == nil {
        try link(entry, copy)
        // Sums that can't be written are made anew by whoever needs them.
        if let store { try? MaildirQuota.record(bytes: entry.record.message.size, messages: 1, inStore: store) }
      }
    } catch {
      throw .copy(error.description)
    }
  }

  private static func link(_ entry: QueueEntry, _ copy: QueueRecord.Aftermath.Copy) throws(SystemError) {
    let target = "\(copy.directory)/cur/\(copy.fileName)"
    do throws(SystemError) {
      try linkFile(entry.messagePath, to: target)
    } catch {
      if error.isExisting { return }
      // Another file system, or one that knows no second names.
      guard !error.isNotFound, !error.isFull, !error.isReadOnly else { throw error }
      let temporary = "\(copy.directory)/tmp/\(MessageName(copy.fileName).key)"
      do throws(SystemError) {
        let file = try File(temporary, [.write, .create, .truncate])
        var offset: Int64 = 0
        while true {
          let piece = try readBytes(entry.descriptor, at: offset, count: 1 << 18, path: entry.messagePath)
          if piece.isEmpty { break }
          try file.write(piece)
          offset += Int64(piece.count)
        }
        try file.synchronise()
        try file.close()
        try renameFileExclusively(temporary, to: target)
      } catch {
        try? removeFile(temporary)  // the first error is the one to tell
        guard error.isExisting else { throw error }
      }
    }
  }

  /// The path of the copy, whatever flags it has got; nil when it has gone elsewhere.
  static func find(_ copy: QueueRecord.Aftermath.Copy) -> String? {
    let wanted = MessageName(copy.fileName).key
    for half in ["cur", "new"] {
      let exact = "\(copy.directory)/\(half)/\(copy.fileName)"
      if (try? fileStatus(exact)) != nil { return exact }
      // A folder that can't be read has no copy that could be found.
      for name in (try? directoryEntries("\(copy.directory)/\(half)")) ?? [] where name.hasPrefix(wanted) {
        if MessageName(name).key == wanted { return "\(copy.directory)/\(half)/\(name)" }
      }
    }
    return nil
  }

  /// Takes the copy away: the message went nowhere.
  static func remove(_ record: QueueRecord) {
    guard let copy = record.aftermath.copy, let path = find(copy) else { return }
    // A copy that stays is seen by its owner, who can remove it.
    guard (try? removeFile(path)) != nil else { return }
    if let store = record.place.store {
      try? MaildirQuota.record(bytes: -record.message.size, messages: -1, inStore: store)
    }
  }
}
