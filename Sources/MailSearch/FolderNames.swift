internal import MailQuery
internal import MailSQLite
internal import MailStore

/// The folders of the store, as far as a search needs them.
struct FolderNames {
  struct Entry {
    let id: Int64
    let name: String
    let role: FolderRole?
    let total: Int
  }

  let entries: [Entry]

  init(database: Database) throws {
    let statement = try database.prepare("SELECT id, name, role, total FROM folder")
    var entries: [Entry] = []
    while try statement.step() {
      entries.append(
        Entry(
          id: statement.integer(0), name: statement.text(1), role: FolderRole(rawValue: statement.integer(2)),
          total: Int(statement.integer(3))))
    }
    self.entries = entries
  }

  /// The folders that `glob` fits, by their own name or by the standard name of their role.
  func folders(matching glob: Glob) -> [Entry] {
    entries.filter { entry in
      glob.matches(entry.name) || entry.role.map { glob.matches($0.standardName) } ?? false
    }
  }

  /// Trash, Junk and the folders in them that `query` doesn't name and that have messages.
  func leftOut(of query: Query) -> [Entry] {
    let globs = namedFolders(in: query)
    let roots = entries.filter { $0.role == .trash || $0.role == .junk }
    let candidates = entries.filter { entry in
      entry.total > 0 && roots.contains { entry.id == $0.id || entry.name.hasPrefix($0.name + "/") }
    }
    if candidates.isEmpty || globs.isEmpty { return candidates }
    let named = Set(globs.flatMap { folders(matching: $0) }.map(\.id))
    return candidates.filter { !named.contains($0.id) }
  }

  /// The folders that the query wants, not those that it excludes.
  private func namedFolders(in query: Query) -> [Glob] {
    switch query {
    case .folder(let glob): [glob]
    case .all(let parts), .any(let parts): parts.flatMap(namedFolders(in:))
    default: []
    }
  }
}
