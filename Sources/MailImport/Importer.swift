internal import MailStore
internal import MailSystem

/// Collects the messages of sources in batches, and gives them to a target.
public final class Importer: SourceVisitor, TagColourTaker {
  public private(set) var summary = ImportSummary()
  /// The number of the source that is read, which its keys begin with.
  public var source = 0

  private let target: any ImportTarget
  private let options: ImportOptions
  private let run: ImportRun
  private let map: FolderMap
  private let event: (ImportEvent) throws -> Void

  private var batch: [NewMessage] = []
  private var batchBytes = 0
  private var batchFolder: SourceFolder?
  private var names: [SourceFolder: (name: String, isNew: Bool)] = [:]
  private var colours: [String: String] = [:]
  /// Those that can't be made.
  private var failedFolders: Set<SourceFolder> = []
  /// The target may hold something of this import.
  private(set) var hasBegun = false

  /// A batch has at most so many messages…
  static let mostMessages = 4_000
  /// …and no more bytes than this, unless one message alone has.
  static let mostBytes = 24 << 20

  /// An importer into `target`. `event` is told what happens; what it throws ends the import.
  public init(
    _ target: any ImportTarget, options: ImportOptions, run: ImportRun, event: @escaping (ImportEvent) throws -> Void
  ) {
    self.target = target
    self.options = options
    self.run = run
    self.event = event
    // The target outlives the map; it is asked once for each name.
    let names = Dictionary(uniqueKeysWithValues: FolderRole.allCases.map { ($0, target.name(of: $0)) })
    map = FolderMap(base: options.folder) { names[$0] ?? $0.standardName }
  }

  public var sizeLimit: Int { options.sizeLimit }

  public func take(_ message: FoundMessage) throws {
    try event(.message)
    if options.skipsDuplicates, try target.contains(message) {
      summary.duplicates += 1
      return
    }
    let size = message.bytes.count
    if message.folder != batchFolder || batch.count >= Self.mostMessages || batchBytes + size > Self.mostBytes {
      try flush()
      batchFolder = message.folder
    }
    batch.append(prepared(message))
    batchBytes += size
  }

  private func prepared(_ message: FoundMessage) -> NewMessage {
    var new = NewMessage(bytes: message.bytes)
    new.flags = message.flags.union(options.add).subtracting(options.remove)
    // A message in new/ has no flags; one that gets some is no longer new.
    new.isRecent = message.isRecent && new.flags.isEmpty
    new.received = message.received
    new.tags = message.tags + options.tags.filter { !message.tags.contains($0) }
    new.comment = message.comment
    new.key = run.key(of: message, source: source)
    return new
  }

  public func note(_ problem: SourceProblem) {
    summary.count(problem)
    // Nobody who hears of a problem may stop the import by it.
    try? event(.problem(problem))
  }

  public func advance(to bytes: Int64) throws { try event(.progress(source: source, bytes: bytes)) }

  func take(colours: [String: String]) { self.colours.merge(colours) { first, _ in first } }

  /// Gives the target what has been collected.
  public func flush() throws {
    guard !batch.isEmpty, let folder = batchFolder else { return }
    let messages = batch
    batch = []
    batchBytes = 0
    let (name, isNew): (String, Bool)
    do {
      (name, isNew) = try place(of: folder)
    } catch let error as StoreError {
      guard error.isAboutFolder else { throw error }
      summary.homeless += messages.count
      if failedFolders.insert(folder).inserted { try event(.failed(.folder(map.name(for: folder), error))) }
      return
    }
    if !hasBegun { try event(.begun) }
    hasBegun = true
    let added = try target.add(messages, to: name)
    summary.done += messages.count - added.messages
    summary.count(added.messages, bytes: added.bytes, in: name, isNew: isNew)
    try event(.stored(summary.messages))
  }

  private func place(of folder: SourceFolder) throws -> (name: String, isNew: Bool) {
    if let known = names[folder] { return known }
    let found = try target.folder(for: map.name(for: folder))
    names[folder] = found
    return found
  }

  /// Gives the target the last batch.
  public func finish() throws {
    try flush()
    if !colours.isEmpty { try target.setColours(colours) }
  }
}

/// What happens in an import.
public enum ImportEvent: Sendable {
  /// A message has been found.
  case message
  /// Something is left out or incomplete.
  case problem(SourceProblem)
  /// The source has been read as far as this.
  case progress(source: Int, bytes: Int64)
  /// So many messages lie in the store now.
  case stored(Int)
  /// One of the sources or a folder can't be imported, the others may.
  case failed(ImportError)
  /// From now on an import that ends early can be gone on with.
  case begun
  /// An import that was interrupted is gone on with; when it was begun, nanoseconds since 1970.
  case resumed(Int64)
}

extension StoreError {
  /// Messages for other folders can be imported all the same.
  fileprivate var isAboutFolder: Bool {
    switch self {
    case .badFolderName, .folderExists, .notPermitted, .ambiguousFolder, .noSuchFolder: true
    case .system(let error): error.isAboutName
    default: false
    }
  }
}
