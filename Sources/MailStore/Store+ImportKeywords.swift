internal import MailMIME
internal import MailSQLite
internal import MailSystem
internal import Maildir

/// What `Store.importKeywords` found, and did.
public struct KeywordImport: Sendable, Equatable {
  /// How many messages have each keyword, by the name of the tag.
  public var found: [String: Int] = [:]
  /// The number of messages that have other tags than before.
  public var changed = 0
  /// The tags that were made.
  public var made: [String] = []
  /// The number of messages that were marked as forwarded.
  public var forwarded = 0
  /// Texts that can't be the name of a tag, each once, and no more than a hundred.
  public var refused: [String] = []
  /// Messages that are not there, or can't be read.
  public var missing: [Int64] = []
}

extension Store {
  /// Makes tags of the keywords that other programs have given messages. What carries them is left as it is.
  ///
  /// With `isTrial` nothing is changed. `progress` is told how many messages have been done.
  public func importKeywords(
    _ ids: [Int64], from sources: KeywordSources = .standard, isTrial: Bool = false, progress: ((Int) -> Void)? = nil
  ) throws(StoreError) -> KeywordImport {
    if isReadOnly, !isTrial { throw .readOnly(root) }
    return try asStoreError {
      var result = KeywordImport()
      var reader = KeywordReader(self, sources)
      try inBatches(ids, progress: progress) { batch in
        var keywords: [(id: Int64, tags: [String])] = []
        var forwarded: [Int64] = []
        for id in batch {
          guard let found = try reader.keywords(of: id) else {
            result.missing.append(id)
            continue
          }
          for tag in found.tags { result.found[tag, default: 0] += 1 }
          for text in found.refused where result.refused.count < 100 && !result.refused.contains(text) {
            result.refused.append(text)
          }
          if found.flags.contains(.forwarded) { forwarded.append(id) }
          if !found.tags.isEmpty { keywords.append((id, found.tags)) }
        }
        result.forwarded += forwarded.count
        if isTrial { return }
        try put(keywords, &result)
        if !forwarded.isEmpty { try setFlags(forwarded, add: .forwarded, remove: []) }
      }
      if !isTrial { try checkpoint() }
      return result
    }
  }

  private func put(_ keywords: [(id: Int64, tags: [String])], _ result: inout KeywordImport) throws {
    guard !keywords.isEmpty else { return }
    let state = try stateWriter()
    try state.transaction {
      var tags = try TagTable(state)
      var batch = try TagBatch(state, remove: [], removesAll: false)
      for (id, names) in keywords where try batch.exists(id) {
        batch.add = try names.map { try tags.number(making: $0) }
        try batch.change(id)
      }
      try batch.raiseModificationSequences()
      result.changed += batch.changed.count
      result.made += tags.made
    }
  }
}

/// Finds the keywords of messages of a store, one by one.
private struct KeywordReader {
  private let store: Store
  private let sources: KeywordSources
  private var letters: [Int64: DovecotKeywords] = [:]

  init(_ store: Store, _ sources: KeywordSources) {
    self.store = store
    self.sources = sources
  }

  /// Those that a message has besides its flags; nil when its file is not there, or can't be read.
  mutating func keywords(of id: Int64) throws -> ForeignKeywords? {
    let select = try store.cachedStatement("SELECT folder, name, flags FROM message WHERE id = ?1")
    select.bind(id, at: 1)
    guard try select.step() else { return nil }
    let (folder, name, flags) = (select.integer(0), select.text(1), MessageFlags(rawValue: select.integer(2)))
    select.reset()
    var found = ForeignKeywords()
    if !sources.isDisjoint(with: [.label, .extendedKeywords, .keywords]) {
      guard let message = try header(id, folder: folder, name: name) else { return nil }
      found = ForeignKeywords(message.headers, sources: sources)
    }
    if sources.contains(.dovecot) {
      if letters[folder] == nil { letters[folder] = try DovecotKeywords(folder: store.folderDirectory(folder)) }
      for word in letters[folder]?.keywords(ofFile: name) ?? [] { found.add(keyword: word) }
    }
    found.flags.subtract(flags)
    return found
  }

  private func header(_ id: Int64, folder: Int64, name: String) throws -> Message? {
    do {
      return try presentHeader(id, folder: folder, name: name)
    } catch is SystemError {
      // The message is reported with those that are not there; the others can be read all the same.
      return nil
    }
  }

  private func presentHeader(_ id: Int64, folder: Int64, name: String) throws -> Message? {
    let directory = try store.folderDirectory(folder)
    if let message = try EnvelopeReader.header(ofFile: "\(directory)/\(name)") { return message }
    // Another program has marked it a moment ago.
    guard let row = try store.message(id: id), let path = try store.presentPath(of: row) else { return nil }
    return try EnvelopeReader.header(ofFile: path)
  }
}
