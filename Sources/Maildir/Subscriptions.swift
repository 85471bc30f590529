internal import MailBytes
public import MailSystem

/// The folders that clients are asked to show: the file `subscriptions` in the root of a store, as Dovecot keeps it.
///
/// Its second form begins with the line `V<tab>2` and an empty one; then a folder a line, its levels in modified UTF-7 and
/// separated by tabs. The older form has nothing but names, with the separator that clients see. A file keeps its form.
/// Where there is only Courier's `courierimapsubscribed` (`INBOX.Work`), that is read. <https://doc.dovecot.org/2.3/>.
public struct Subscriptions: Sendable, Equatable {
  /// As people see them (`Inbox`, `Work/Projects`), in the order of the file.
  public private(set) var names: [String]

  private enum Form: Sendable {
    case plain(separator: Character)
    case tabbed
  }
  private var form: Form
  /// The lines that were read, by name: what can't be understood is written back as it is.
  private var lines: [String: [UInt8]] = [:]
  private let layout: MaildirRoot.Layout

  public static func == (first: Subscriptions, second: Subscriptions) -> Bool { first.names == second.names }

  /// Reads the subscriptions of `store`; none where there is no file.
  public static func read(from store: MaildirRoot) throws(SystemError) -> Subscriptions {
    if let bytes = try contents("\(store.path)/subscriptions") {
      return Subscriptions(parsing: bytes, layout: store.layout)
    }
    let courier = try contents("\(store.path)/courierimapsubscribed")
    return Subscriptions(parsing: courier ?? [], layout: store.layout, isCourier: true)
  }

  private static func contents(_ path: String) throws(SystemError) -> [UInt8]? {
    // A directory of this name is a folder of a tree.
    if isDirectory(path) { return nil }
    do throws(SystemError) {
      return try readFile(path, limit: 4 << 20)
    } catch {
      if error.isNotFound { return nil }
      throw error
    }
  }

  init(parsing bytes: [UInt8], layout: MaildirRoot.Layout, isCourier: Bool = false) {
    self.layout = layout
    names = []
    var lines = bytes.split(separator: UInt8(ascii: "\n"))
    let isTabbed = lines.first?.starts(with: "V\t".utf8) ?? false
    if isTabbed || lines.isEmpty || isCourier {
      form = .tabbed
    } else {
      let hasSlash = lines.contains { $0.contains(UInt8(ascii: "/")) }
      form = .plain(separator: hasSlash || layout == .tree ? "/" : ".")
    }
    if isTabbed { lines.removeFirst() }
    let separator: Character =
      switch form {
      case .plain(let separator): separator
      case .tabbed: isTabbed ? "\t" : "."
      }
    for line in lines {
      let text = String(decoding: line, as: UTF8.self)
      var parts = text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
      // Courier's names all begin with the Inbox, which other folders don't lie in.
      if isCourier, parts.count > 1, parts[0] == FolderName.inbox { parts.removeFirst() }
      let name = name(of: parts)
      insert(name)
      if !isCourier { self.lines[name] = Array(line) }
    }
  }

  private func name(of parts: [String]) -> String {
    let name =
      layout == .tree
      ? parts.joined(separator: "/")
      : FolderName.name(ofDirectory: "." + parts.joined(separator: "."))
    return FolderName.isInbox(name) ? "Inbox" : FolderName.canonical(name, in: layout)
  }

  private func line(for name: String) -> String {
    if FolderName.isInbox(name) { return FolderName.inbox }
    let separator: Character =
      switch form {
      case .plain(let separator): separator
      case .tabbed: "\t"
      }
    if layout == .tree { return String(name.map { $0 == "/" ? separator : $0 }) }
    return String(FolderName.directoryName(of: name).dropFirst().map { $0 == "." ? separator : $0 })
  }

  /// The contents of the file.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    if case .tabbed = form { bytes += "V\t2\n\n".utf8 }
    for name in names { bytes += (lines[name] ?? Array(line(for: name).utf8)) + [UInt8(ascii: "\n")] }
    return bytes
  }

  public func contains(_ name: String) -> Bool { names.contains { $0.utf8.elementsEqual(name.utf8) } }

  public mutating func insert(_ name: String) {
    if !contains(name) { names.append(name) }
  }

  public mutating func remove(_ name: String) { names.removeAll { $0.utf8.elementsEqual(name.utf8) } }

  /// Changes the file under the lock that Dovecot takes, and returns when it is on the disk. Nothing is written where
  /// `change` changes nothing. The caller sees to it that no other process of ours does the same at this moment.
  public static func update(
    in store: MaildirRoot, patience: Int64 = 60_000_000_000, _ change: (inout Subscriptions) -> Void
  ) throws(SystemError) {
    let path = "\(store.path)/subscriptions"
    let end = monotonicNow() + patience
    while true {
      let present = try read(from: store)
      var changed = present
      change(&changed)
      if changed == present { return }
      try removeLeftovers(of: path)
      let file = try File("\(path).postbag", [.write, .exclusive])
      try file.write(changed.bytes)
      try file.synchronise()
      try file.close()
      try takeLock(path, until: end)
      // INVARIANT: the lock is the new file: renaming it makes it current and lets the next one in.
      let isUnchanged = try read(from: store) == present
      if isUnchanged { try renameFile("\(path).lock", to: path) } else { try removeFile("\(path).lock") }
      try removeFile("\(path).postbag")
      if isUnchanged { return try synchroniseDirectory(store.path) }
    }
  }

  /// A lock that nobody has touched for so long was left behind, in nanoseconds.
  private static let staleAfter: Int64 = 30_000_000_000

  /// Makes the finished file the lock, whose existence is all that counts.
  private static func takeLock(_ path: String, until end: Int64) throws(SystemError) {
    while true {
      do throws(SystemError) {
        return try linkFile("\(path).postbag", to: "\(path).lock")
      } catch {
        guard error.isExisting else { throw error }
      }
      // One that has just been let go is as good as an old one.
      let status = try? fileStatus("\(path).lock", followLinks: false)
      if let status, now() - status.modificationTime > staleAfter {
        try? removeFile("\(path).lock")  // somebody else may do the same
      } else if monotonicNow() > end {
        try removeFile("\(path).postbag")
        throw SystemError.busy("link", path: "\(path).lock")
      } else {
        sleep(nanoseconds: 20_000_000)
      }
    }
  }

  /// Takes away what a process of ours left that died: the file, and the lock if it is the same file.
  private static func removeLeftovers(of path: String) throws(SystemError) {
    let own: FileStatus
    do throws(SystemError) {
      own = try fileStatus("\(path).postbag", followLinks: false)
    } catch {
      if error.isNotFound { return }
      throw error
    }
    // No lock, or another program's: nothing to take away.
    if let lock = try? fileStatus("\(path).lock", followLinks: false), lock.inode == own.inode {
      try removeFile("\(path).lock")
    }
    try removeFile("\(path).postbag")
  }
}
