internal import MailQuery
public import MailStore

extension Store {
  /// The folders that the patterns fit, each once: by their names, or by the standard names of system folders.
  /// A pattern may fit none; a plain name must be that of a folder.
  public func folders(matching patterns: [String]) throws -> [Folder] {
    var found: [Folder] = []
    let all = try folders()
    for pattern in patterns {
      let glob = Glob(pattern)
      if glob.isPattern {
        found += all.filter { folder in
          glob.matches(folder.name) || folder.role.map { glob.matches($0.standardName) } ?? false
        }
      } else if let folder = all.first(where: { $0.name == pattern }) ?? all.first(where: { glob.matches($0.name) }) {
        found.append(folder)
      } else {
        found.append(try folder(named: pattern))
      }
    }
    var seen = Set<String>()
    return found.filter { seen.insert($0.name).inserted }
  }

  /// The same with all folders below each. A plain name may also be that of a level that is no folder itself: where there
  /// is `Work/Projects` and no `Work`, `Work` means what is below it.
  public func foldersAndChildren(matching patterns: [String]) throws -> [Folder] {
    let all = try folders()
    var found: [Folder] = []
    for pattern in patterns {
      do {
        found += try withChildren(folders(matching: [pattern]))
      } catch StoreError.noSuchFolder(let name) {
        let level = Glob(pattern + "/*")
        let below = all.filter { level.matches($0.name) }
        if below.isEmpty { throw StoreError.noSuchFolder(name) }
        found += below
      }
    }
    var seen = Set<String>()
    return found.filter { seen.insert($0.name).inserted }
  }

  /// The numbers of the tags that `pattern` fits: a name, or one with `*` and `?`.
  public func tags(matching pattern: String) throws -> [Int64] {
    let glob = Glob(pattern)
    return try tagNames().filter { glob.matches($0.name) }.map(\.id)
  }
}

extension Store {
  /// `folders` and all below them, each once.
  public func withChildren(_ folders: [Folder]) throws -> [Folder] {
    let wanted = Set(folders.map(\.name))
    return try self.folders().filter { folder in
      wanted.contains(folder.name) || wanted.contains { folder.name.hasPrefix($0 + "/") }
    }
  }
}
