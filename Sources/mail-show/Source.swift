import MailCommand
import MailStore
import MailSystem

/// A message to show, and what the store knows of it.
struct Source {
  var bytes: [UInt8]
  /// Nil for messages outside the store.
  var row: MessageRow?
  var path: String?
  var folder: String?
  var comment: String?

  /// What is shown below the message's own fields.
  var annotations: [(name: String, text: String)] {
    var result: [(name: String, text: String)] = []
    if let tags = row?.tags, !tags.isEmpty { result.append(("Tags", tags.joined(separator: ", "))) }
    return result
  }
}

/// Finds and reads the messages that references mean. The store is opened only if one of them needs it.
struct SourceFinder {
  private let options: StoreOptions
  private let thread: Bool
  private let complain: (Failure) -> Void
  private let warn: (String) -> Void
  private var store: Store?
  private var folders: [Int64: String] = [:]
  private var resolver: ReferenceResolver?
  private var hasMissed = false

  init(
    _ options: StoreOptions, thread: Bool, complain: @escaping (Failure) -> Void, warn: @escaping (String) -> Void
  ) {
    self.options = options
    self.thread = thread
    self.complain = complain
    self.warn = warn
  }

  mutating func forEach(_ references: [String], _ body: (Source) throws -> Void) throws {
    let references = references.isEmpty && isTerminal(0) ? ["."] : references
    if try needsNoStore(references) {
      for reference in references { try body(try read(file: reference)) }
      return
    }
    let store = try options.openSynchronised(warn: warn)
    self.store = store
    var resolver = ReferenceResolver(store, for: .read, complain: complain)
    var missing = false
    try resolver.forEach(references) { target in
      switch target {
      case .standardInput: try body(try read(file: "-"))
      case .file(let path): try body(try read(file: path))
      case .message(let row):
        for id in thread ? try store.threadMembers(of: row.id) : [row.id] {
          guard let source = try read(id, of: store) else {
            missing = true
            continue
          }
          try body(source)
        }
      }
    }
    hasMissed = missing
    self.resolver = resolver
  }

  /// All references are files that lie elsewhere, or standard input.
  private func needsNoStore(_ references: [String]) throws -> Bool {
    guard !references.isEmpty else { return false }
    let root = absolutePath(try options.root())
    let real = (try? realPath(root)) ?? root  // A store that isn't there holds nothing.
    return references.allSatisfy { reference in
      if reference == "-" { return true }
      guard reference.utf8.contains(UInt8(ascii: "/")), !reference.hasPrefix("id:") else { return false }
      let path = absolutePath(reference)
      // A file that can't be resolved is looked for in the store.
      guard let place = try? realPath(path) else { return false }
      return !path.hasPrefix(root + "/") && !place.hasPrefix(real + "/")
    }
  }

  private func read(file: String) throws -> Source {
    if file == "-" { return Source(bytes: try readToEnd(0, path: "standard input")) }
    return Source(bytes: try readFile(file), path: absolutePath(file))
  }

  /// Reads a message of the store; looks again if it was renamed a moment ago.
  private mutating func read(_ id: Int64, of store: Store) throws -> Source? {
    for _ in 0..<10 {
      guard let row = try store.message(id: id) else { break }
      guard let path = try store.presentPath(of: row) else {
        try store.synchronise()
        continue
      }
      do {
        let bytes = try readFile(path)
        return Source(
          bytes: bytes, row: row, path: path, folder: try folderName(row.folder, of: store),
          comment: row.comment)
      } catch let error as SystemError where error.isNotFound {
        continue
      }
    }
    complain(Failure(.noInput, "a message is no longer there"))
    return nil
  }

  private mutating func folderName(_ id: Int64, of store: Store) throws -> String? {
    if folders.isEmpty { for folder in try store.folders() { folders[folder.id] = folder.name } }
    return folders[id]
  }

  // MARK: Afterwards

  /// Makes `row` the message that `.` means.
  func remember(_ row: MessageRow) {
    guard let store else { return }
    ListMemory(root: store.root)?.remember(shown: row.id, name: row.name)
  }

  /// Marks what was shown; that it can't be is an error only if it was asked for.
  func markSeen(_ rows: [MessageRow], isAsked: Bool) throws {
    let unseen = rows.filter { !$0.flags.contains(.seen) }.map(\.id)
    guard let store, !unseen.isEmpty else { return }
    do {
      try store.setFlags(unseen, add: .seen, remove: [])
    } catch {
      if isAsked { throw error }
      warn("not marked as seen: \(error)")
    }
  }

  /// Ends the command with 66 if a message was missing.
  func finish() throws {
    try resolver?.finish()
    if hasMissed { throw Failure(.noInput, "") }
  }
}
