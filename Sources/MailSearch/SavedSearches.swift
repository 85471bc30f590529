internal import MailSQLite
public import MailStore
internal import MailSystem

/// The searches that the owner keeps under a name, and the last one.
public struct SavedSearches {
  /// A search and its name.
  public struct Entry: Sendable, Equatable {
    public let name: String
    public let query: String
  }

  private let store: Store

  public init(store: Store) {
    self.store = store
  }

  /// The query saved under `name`.
  public func query(named name: String) throws(StoreError) -> String? {
    try asStoreError {
      let statement = try store.index().prepare("SELECT query FROM state.saved_search WHERE name = ?")
      statement.bind(name, at: 1)
      return try statement.step() ? statement.text(0) : nil
    }
  }

  /// All of them, by name.
  public func all() throws(StoreError) -> [Entry] {
    try asStoreError {
      let statement = try store.index().prepare("SELECT name, query FROM state.saved_search ORDER BY name")
      var entries: [Entry] = []
      while try statement.step() { entries.append(Entry(name: statement.text(0), query: statement.text(1))) }
      return entries
    }
  }

  /// Keeps `query` under `name`, in place of what had the name before.
  public func save(_ query: String, as name: String) throws(StoreError) {
    try requireWritable()
    try asStoreError {
      let statement = try store.stateWriter().prepare("INSERT OR REPLACE INTO saved_search(name, query) VALUES(?, ?)")
      statement.bind(name, at: 1)
      statement.bind(query, at: 2)
      try statement.run()
    }
  }

  /// Forgets the search called `name`; false if there is none.
  public func delete(_ name: String) throws(StoreError) -> Bool {
    try requireWritable()
    return try asStoreError {
      let database = try store.stateWriter()
      let statement = try database.prepare("DELETE FROM saved_search WHERE name = ?")
      statement.bind(name, at: 1)
      try statement.run()
      return database.changes > 0
    }
  }

  private func requireWritable() throws(StoreError) {
    if store.isReadOnly { throw .readOnly(store.root) }
  }

  // MARK: The last search

  private var lastPath: String { store.root + "/postbag/last-search" }

  /// The query of the last search in this store.
  public func last() throws(StoreError) -> String? {
    try asStoreError { () throws -> String? in
      do {
        let text = String(decoding: try readFile(lastPath, limit: 1 << 20), as: UTF8.self)
        return text.isEmpty ? nil : text
      } catch let error as SystemError where error.isNotFound {
        return nil
      }
    }
  }

  /// Remembers `query` as the last search. A store that can't be written has no last search.
  public func remember(_ query: String) {
    if store.isReadOnly { return }
    do {
      if try last() == query { return }
      // Written in place, in one call, and not synced: losing it loses little, and renaming would cost more.
      let file = try File(lastPath, [.write, .create], permissions: 0o600)
      try file.write(Array(query.utf8))
      try file.truncate(to: Int64(query.utf8.count))
      try file.close()
    } catch {
      // Not worth failing a search that succeeded: the next --last repeats an older one.
    }
  }
}
