internal import MailSystem

/// The messages that are on their way, in a directory of the user.
///
/// A message is two files: `ID.eml`, which never changes, and `ID.log`, its record and what has happened to it since. It is
/// in the queue from the moment at which `ID.log` is there; `ID.done` is the log of a message that has gone, of which
/// something is still to be noted in the store. Who works on one holds a lock on `ID.eml`.
public struct Queue: Sendable {
  /// An absolute path.
  public let directory: String

  /// The queue in `directory`, which is made if it is missing. It must belong to the user whose rights the process has, and
  /// nobody else may write to it.
  public init(directory: String) throws(SendError) {
    self.directory = directory
    // A home directory that isn't there is not to be made: /nonexistent says that there is none.
    if let home = userHome(), directory.hasPrefix(home + "/"), !isDirectory(home) {
      throw .queue(SystemError(call: "open", path: home, errno: 2))
    }
    let status = try queued { () throws(SystemError) in
      try createDirectories("\(directory)/tmp")
      return try fileStatus(directory)
    }
    if status.uid != effectiveUserID() { throw .notTrusted(directory, reason: "belongs to another user") }
    if status.isWritableByOthers { throw .notTrusted(directory, reason: "others may write to it") }
  }

  /// `$XDG_STATE_HOME/postbag/queue`, or that of `home`.
  public static func standardDirectory(home: String?) -> String? {
    if let base = environment("XDG_STATE_HOME"), base.hasPrefix("/") { return "\(base)/postbag/queue" }
    return home.map { "\($0)/.local/state/postbag/queue" }
  }

  /// The names of all entries, the oldest first.
  public func ids() throws(SendError) -> [String] {
    try queued { () throws(SystemError) in
      try directoryEntries(directory).compactMap { name in
        name.hasSuffix(".log") ? String(name.dropLast(4)) : name.hasSuffix(".done") ? String(name.dropLast(5)) : nil
      }.sorted()
    }
  }

  /// The entry called `id` as it is now, without its lock; nil when there is none, or none that can be read.
  public func look(at id: String) throws(SendError) -> (record: QueueRecord, state: QueueState)? {
    guard Queue.isName(id) else { return nil }
    for suffix in ["log", "done"] {
      do throws(SystemError) {
        return QueueLog.read(try readFile("\(directory)/\(id).\(suffix)", limit: QueueLog.limit))
      } catch {
        guard error.isNotFound else { throw .queue(error) }
      }
    }
    return nil
  }

  /// Returns when what was removed and renamed is so on the disk.
  public func synchronise() throws(SendError) {
    let directory = directory
    try queued { () throws(SystemError) in try synchroniseDirectory(directory) }
  }

  /// Tells whoever watches the queue that there is something to send.
  public func wake() {
    // Who isn't woken comes with the timer.
    guard let file = try? File("\(directory)/wake", [.write, .create, .truncate]) else { return }
    try? file.write([0x0A])
  }

  /// Removes what processes that died have left: files that never became an entry.
  public func tidy(now: Int64) {
    // What can't be removed now can be later; nobody takes it for a message.
    for name in (try? directoryEntries("\(directory)/tmp")) ?? [] {
      removeIfStale("\(directory)/tmp/\(name)", now: now, after: 36 * 3600)
    }
    let names = Set((try? directoryEntries(directory)) ?? [])
    for name in names where name.hasSuffix(".eml") {
      let id = name.dropLast(4)
      if names.contains("\(id).log") || names.contains("\(id).done") { continue }
      removeIfStale("\(directory)/\(name)", now: now, after: 3600)
    }
  }

  private func removeIfStale(_ path: String, now: Int64, after seconds: Int64) {
    guard let file = try? File(path), let status = try? file.status() else { return }
    guard status.modificationTime / 1_000_000_000 + seconds < now, (try? tryLock(file.descriptor)) == true else {
      return
    }
    try? removeFile(path)
  }

  /// Letters and digits alone: nothing that leads elsewhere.
  static func isName(_ id: String) -> Bool {
    (4...40).contains(id.utf8.count)
      && id.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
  }

  /// A name for a new entry: the time, so that names ascend, and chance.
  static func newName(at seconds: Int64) -> String {
    let chance = String(UInt32.random(in: 0..<(36 * 36 * 36 * 36)), radix: 36)
    return String(seconds, radix: 36) + String(repeating: "0", count: 4 - chance.utf8.count) + chance
  }
}

/// Does `body`, and tells of a failed system call as of a failed queue.
func queued<Value: ~Copyable>(_ body: () throws(SystemError) -> Value) throws(SendError) -> Value {
  do throws(SystemError) { return try body() } catch { throw .queue(error) }
}
