internal import MailQuery
public import MailStore

/// The folders of `all` that `patterns` name: by a name, with all below it, or by a pattern with `*` and `?`. A name that
/// fits none is an error, a pattern isn't.
public func foldersMatching(_ patterns: [String], among all: [FolderSummary]) throws -> [FolderSummary] {
  if patterns.isEmpty { return all }
  var wanted = Set<String>()
  for pattern in patterns {
    let glob = Glob(pattern)
    var found = all.filter { glob.matches($0.folder.name) }
    if !glob.isPattern {
      let above = Glob(pattern + "/*")
      found += all.filter { above.matches($0.folder.name) }
      if found.isEmpty { throw StoreError.noSuchFolder(pattern) }
    }
    wanted.formUnion(found.map(\.folder.name))
  }
  return all.filter { wanted.contains($0.folder.name) }
}
