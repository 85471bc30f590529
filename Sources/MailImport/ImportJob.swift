public import MailStore
internal import MailSystem

/// An import of some sources into a store.
public struct ImportJob {
  public let sources: [ImportSource]
  public let options: ImportOptions

  public init(_ sources: [ImportSource], options: ImportOptions) {
    self.sources = sources
    self.options = options
  }

  /// The bytes of all sources.
  public var size: Int64 { sources.reduce(0) { $0 + $1.size } }

  /// What an import into `store` would do; nil: into one that isn't there yet.
  public func rehearse(_ store: Store?, event: @escaping (ImportEvent) throws -> Void) throws(ImportError)
    -> ImportSummary
  {
    try asImportError {
      let importer = try Importer(DryTarget(store), options: options, run: ImportRun(), event: event)
      try read(importer, event)
      return importer.summary
    }
  }

  /// Imports everything into `store`, which has been synchronised. All of it is on the disk when this returns.
  ///
  /// An import that was interrupted, by whatever, is gone on with by the same call: no message is lost, and none comes
  /// twice. What is wrong with one source is told as an event, and the others are imported.
  public func run(_ store: Store, event: @escaping (ImportEvent) throws -> Void) throws(ImportError) -> ImportSummary {
    try asImportError {
      if store.isReadOnly { throw StoreError.readOnly(store.root) }
      // The store's own folder is made with its databases.
      _ = try store.stateWriter()
      let journal = try ImportJournal(store: store.root, options: options, sources: sources.map(\.stamp))
      var importer: Importer?
      do {
        if journal.isResumed { try event(.resumed(journal.run.started)) }
        let new = try Importer(StoreTarget(store), options: options, run: journal.run, event: event)
        importer = new
        try read(new, event)
        try journal.end()
        return new.summary
      } catch {
        // There is nothing to go on with. An import that finds a journal without need only looks for what isn't there.
        if !journal.isResumed, importer?.hasBegun != true { try? journal.end() }
        throw error
      }
    }
  }

  private func read(_ importer: Importer, _ event: (ImportEvent) throws -> Void) throws {
    for (number, source) in sources.enumerated() {
      importer.source = number
      do {
        try source.read(importer)
        try importer.flush()
      } catch let error as ImportError {
        guard error.isAboutSource else { throw error }
        try importer.flush()
        try event(.failed(error))
      } catch let error as SystemError {
        // The store's own errors come as its own.
        try importer.flush()
        try event(.failed(.system(error)))
      }
    }
    try importer.finish()
  }
}

extension ImportError {
  /// Other sources may do better.
  var isAboutSource: Bool {
    switch self {
    case .notFound, .notMail, .refused, .damaged, .system: true
    case .changed, .interrupted, .busy, .folder, .store: false
    }
  }
}
