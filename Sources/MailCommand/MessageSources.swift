public import MailStore
internal import MailSystem

/// The bytes of a message, and what the store knows of it.
public struct MessageSource {
  public var bytes: [UInt8]
  /// The store that it lies in; nil for messages outside.
  public var store: Store?
  /// Nil for messages outside the store.
  public var row: MessageRow?
  /// Where the file lies; nil for standard input.
  public var path: String?
  /// The name of its folder.
  public var folder: String?
  /// The owner's comment.
  public var comment: String?
  /// What reports say of it: who has read it, who never got it.
  public var reports: [MessageReport] = []

  /// What errors call it.
  public var name: String { path ?? "standard input" }

  /// What is shown below the message's own fields.
  public var annotations: [(name: String, text: String)] {
    var result: [(name: String, text: String)] = []
    if let tags = row?.tags, !tags.isEmpty { result.append(("Tags", tags.joined(separator: ", "))) }
    for report in reports { result.append(report.annotation) }
    return result
  }
}

/// Finds and reads the messages that references mean. The store is opened only if one of them needs it.
public struct MessageSources {
  /// What they are wanted for: a message that is to be changed has to be in the store.
  public var purpose = ReferenceResolver.Purpose.read
  /// Without references, and with a terminal as standard input, the message that was shown last is meant.
  public var defaultsToShown = false
  private let options: StoreOptions
  private let thread: Bool
  private let complain: (Failure) -> Void
  private let warn: (String) -> Void
  /// The store, once it was needed.
  public private(set) var store: Store?
  private var folders: [Int64: String] = [:]
  private var resolver: ReferenceResolver?
  private var hasMissed = false

  /// A finder of messages, of whole conversations with `thread`; `complain` and `warn` are the command's.
  public init(
    _ options: StoreOptions, thread: Bool = false, complain: @escaping (Failure) -> Void,
    warn: @escaping (String) -> Void
  ) {
    self.options = options
    self.thread = thread
    self.complain = complain
    self.warn = warn
  }

  /// Calls `body` with each message that `references` mean; those on standard input when there are none.
  public mutating func forEach(_ references: [String], _ body: (MessageSource) throws -> Void) throws {
    let references = references.isEmpty && defaultsToShown && isTerminal(0) ? ["."] : references
    if try needsNoStore(references) {
      for reference in references { try body(try self.read(file: reference)) }
      return
    }
    let store = try options.openSynchronised(warn: warn)
    self.store = store
    var resolver = ReferenceResolver(store, for: purpose, complain: complain)
    var missing = false
    var read = Set<Int64>()
    try resolver.forEach(references) { target in
      switch target {
      case .standardInput: try body(try self.read(file: "-"))
      case .file(let path): try body(try self.read(file: path))
      case .message(let row):
        for id in thread ? try store.threadMembers(of: row.id) : [row.id] {
          // Two messages of one conversation name it twice.
          if thread, !read.insert(id).inserted { continue }
          guard let source = try self.read(id, of: store) else {
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
    guard !references.isEmpty, purpose == .read || references.allSatisfy({ $0 == "-" }) else { return false }
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

  private func read(file: String) throws -> MessageSource {
    if file == "-" { return MessageSource(bytes: try readToEnd(0, path: "standard input")) }
    return MessageSource(bytes: try readFile(file), path: absolutePath(file))
  }

  /// Reads a message of the store; looks again if it was renamed a moment ago.
  private mutating func read(_ id: Int64, of store: Store) throws -> MessageSource? {
    for _ in 0..<10 {
      guard let row = try store.message(id: id) else { break }
      guard let path = try store.presentPath(of: row) else {
        try store.synchronise()
        continue
      }
      do {
        let bytes = try readFile(path)
        return MessageSource(
          bytes: bytes, store: store, row: row, path: path, folder: try folderName(row.folder, of: store),
          comment: row.comment, reports: try store.reports(on: row))
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
  public func remember(_ row: MessageRow) {
    guard let store else { return }
    ListMemory(root: store.root)?.remember(shown: row.id, name: row.name)
  }

  /// Marks what was shown; that it can't be is an error only if it was asked for.
  public func markSeen(_ rows: [MessageRow], isAsked: Bool) throws {
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
  public func finish() throws {
    try resolver?.finish()
    if hasMissed { throw Failure(.noInput, "") }
  }
}
