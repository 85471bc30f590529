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
  /// Whether a name that the index doesn't have is that of a system folder.
  let isSystemFolder: (String) -> Bool

  init(database: Database, isSystemFolder: @escaping (String) -> Bool) throws {
    self.isSystemFolder = isSystemFolder
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

  /// The folders that `glob` fits, by their own name or by the standard name of their role. A name without a pattern
  /// stands for the system folder only when no other has exactly this name.
  func folders(matching glob: Glob) -> [Entry] {
    let named = entries.filter { glob.matches($0.name) }
    if !glob.isPattern, named.contains(where: { $0.name == glob.source || $0.role != nil }) { return named }
    let ofRole = entries.filter { entry in entry.role.map { glob.matches($0.standardName) } ?? false }
    if !glob.isPattern { return ofRole.isEmpty ? named : ofRole }
    return entries.filter { entry in
      named.contains { $0.id == entry.id } || ofRole.contains { $0.id == entry.id }
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
