internal import MailSQLite
internal import Maildir

extension Store {
  /// The folders as the index knows them: system folders first, then by name. Call `synchronise` before.
  public func folders() throws(StoreError) -> [Folder] {
    try asStoreError {
      let select = try index().prepare("SELECT id, name, path, role, total, unread, bytes FROM main.folder")
      var folders: [Folder] = []
      while try select.step() {
        folders.append(
          Folder(
            id: select.integer(0), name: select.text(1), path: absolutePath(ofFolder: select.text(2)),
            role: FolderRole(rawValue: select.integer(3)), total: Int(select.integer(4)),
            unread: Int(select.integer(5)), bytes: select.integer(6)))
      }
      return folders.sorted { first, second in
        let ranks = (first.role?.rawValue ?? 100, second.role?.rawValue ?? 100)
        return ranks.0 == ranks.1 ? first.name < second.name : ranks.0 < ranks.1
      }
    }
  }

  /// The folders, and those system folders that are not on disk yet, with the number 0: they are made when first needed.
  public func foldersWithMissing() throws(StoreError) -> [Folder] {
    var folders = try folders()
    for role in FolderRole.allCases where !folders.contains(where: { $0.role == role }) {
      let name = options.names(for: role)[0]
      let place = folders.firstIndex { ($0.role?.rawValue ?? 100) > role.rawValue } ?? folders.endIndex
      let path = (try? directory(ofFolder: name)) ?? root
      folders.insert(Folder(id: 0, name: name, path: path, role: role, total: 0, unread: 0, bytes: 0), at: place)
    }
    return folders
  }

  /// The folder `name`. System folders are found in upper and lower case, and by their standard name whatever the
  /// configuration calls them; one that is not on disk yet has the number 0.
  public func folder(named given: String) throws(StoreError) -> Folder {
    let folders = try foldersWithMissing()
    for name in [given, FolderName.canonical(given, in: layout)] {
      if let folder = folders.first(where: { $0.name == name }) { return folder }
    }
    let name = given
    let lower = name.lowercased()
    if let folder = folders.first(where: { $0.role != nil && $0.name.lowercased() == lower }) { return folder }
    if let folder = folders.first(where: { $0.role?.word == lower }) { return folder }
    throw .noSuchFolder(name)
  }

  /// Trash, Junk and the folders in them, which are left out where no folder is named.
  func hiddenFolders() throws -> [Int64] {
    let folders = try folders()
    let roots = folders.filter { $0.role == .trash || $0.role == .junk }
    return folders.filter { folder in
      roots.contains { folder.id == $0.id || folder.name.hasPrefix($0.name + "/") }
    }.map(\.id)
  }

  /// Makes the folder `name`, and the index know it.
  public func createFolder(_ given: String) throws(StoreError) -> Folder {
    if isReadOnly { throw .readOnly(root) }
    try synchronise()
    let name = FolderName.canonical(given, in: layout)
    if let folder = try folders().first(where: { $0.name.lowercased() == name.lowercased() }) {
      throw .folderExists(folder.name)
    }
    try asStoreError {
      try checkNewName(name)
      _ = try maildir.createFolder(name)
    }
    try synchronise()
    return try folder(named: name)
  }

  /// A dot in `name` is written otherwise on disk than Dovecot can read.
  public func escapesDots(in name: String) -> Bool {
    layout == .maildirPlusPlus && name.utf8.contains(UInt8(ascii: "."))
  }

  /// The absolute path of the directory that the folder `name` has, or would have.
  public func directory(ofFolder name: String) throws(StoreError) -> String {
    if let problem = FolderName.problem(withNew: name, in: layout) { throw .badFolderName(name, reason: problem) }
    return maildir.path(of: name)
  }
}
