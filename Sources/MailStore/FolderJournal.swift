internal import MailSQLite
internal import MailSystem
internal import Maildir

/// Renaming a tree is several renames of directories. They stand in `state.db` before the first one is made, and whoever
/// takes the store's lock next finishes them if this process dies.
extension Store {
  /// Renames what `plan` says when nobody else renames; `alongside` goes into the transaction that announces it. Either all
  /// steps are taken, or none.
  @discardableResult
  func perform(
    _ plan: () throws -> [FolderStep], alongside: ([FolderStep]) throws -> Void = { _ in }
  ) throws -> [FolderStep] {
    let state = try stateWriter()
    let steps = try changing { generation in
      let steps = try plan()
      try state.transaction {
        try alongside(steps)
        try announce(steps)
        try recordGeneration(generation)
      }
      do {
        try take(steps, isRepeated: false)
      } catch {
        try takeBack(steps)
        throw error
      }
      try finish(steps)
      return steps
    }
    try synchronise()
    return steps
  }

  private func takeBack(_ steps: [FolderStep]) throws {
    let back = Array(steps.map(\.reversed).reversed())
    try stateWriter().transaction { try announce(back) }
    try take(back, isRepeated: true)
    try finish(back)
  }

  private func announce(_ steps: [FolderStep]) throws {
    let state = try stateWriter()
    try state.execute("DELETE FROM folder_rename")
    let insert = try state.prepare("INSERT INTO folder_rename VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
    for (number, step) in steps.enumerated() {
      insert.bind(Int64(number), at: 1)
      insert.bind(step.folder, at: 2)
      insert.bind(step.name, at: 3)
      insert.bind(step.newName, at: 4)
      insert.bind(step.path, at: 5)
      insert.bind(step.newPath, at: 6)
      insert.bind(step.inode, at: 7)
      insert.bind(step.isSubscribed ? 1 : 0, at: 8)
      try insert.run()
    }
  }

  /// Finishes the renames of a process that died. The lock is held.
  func recoverFolderRenames() throws {
    if isReadOnly { return }
    let select = try stateWriter().prepare(
      """
      SELECT folder, name, new_name, path, new_path, inode, subscribed FROM folder_rename ORDER BY step
      """)
    var steps: [FolderStep] = []
    while try select.step() {
      steps.append(
        FolderStep(
          folder: select.isNull(0) ? nil : select.integer(0), name: select.text(1), newName: select.text(2),
          path: select.text(3), newPath: select.text(4), inode: select.integer(5), isSubscribed: select.integer(6) != 0)
      )
    }
    if !steps.isEmpty {
      try take(steps, isRepeated: true)
      try finish(steps)
    } else {
      try followFolderNames()
    }
  }

  /// Records the steps that have been taken, in the subscriptions and in both databases, and ends the journal.
  private func finish(_ steps: [FolderStep]) throws {
    let taken = try steps.filter { try isTaken($0) }
    try Subscriptions.update(in: maildir) { subscriptions in
      for step in taken where step.isSubscribed { subscriptions.remove(step.name) }
      for step in taken where step.isSubscribed { subscriptions.insert(step.newName) }
    }
    let state = try stateWriter()
    try state.transaction {
      try recordNames(of: taken)
      if let top = taken.first(where: { $0.name == steps[0].name }) ?? taken.first {
        try followDeletedFolders(top)
        if !isInTrash(top.newName), !isInTrash(top.name) { try followOrigins(taken) }
      }
      try state.execute("DELETE FROM folder_rename")
    }
    try followFolderNames()
  }

  /// Gives the folders' rows their new names. What other folders of these names there were before is no longer there.
  private func recordNames(of steps: [FolderStep]) throws {
    let state = try stateWriter()
    let current = try state.prepare("SELECT 1 FROM folder WHERE id = ?1 AND name = ?2")
    var renamed: [(id: Int64, step: FolderStep)] = []
    for step in steps {
      guard let id = step.folder else { continue }
      current.bind(id, at: 1)
      current.bind(step.name, at: 2)
      if try current.step() { renamed.append((id, step)) }
      current.reset()
    }
    let retire = try state.prepare(
      """
      INSERT INTO retired_folder(name, uidvalidity) SELECT name, uidvalidity FROM folder WHERE id = ?1
      ON CONFLICT(name) DO UPDATE SET uidvalidity = max(uidvalidity, excluded.uidvalidity)
      """)
    let park = try state.prepare("UPDATE folder SET name = char(1) || id WHERE id = ?1")
    for (id, _) in renamed {
      for statement in [retire, park] {
        statement.bind(id, at: 1)
        try statement.run()
      }
    }
    let other = try state.prepare("SELECT id FROM folder WHERE name = ?1")
    let rename = try state.prepare(
      """
      UPDATE folder SET name = ?2, uidvalidity = CASE
        WHEN EXISTS (SELECT 1 FROM retired_folder r WHERE r.name = ?2 AND r.uidvalidity > folder.uidvalidity)
        THEN \(Schema.nextUIDValidity) ELSE uidvalidity END WHERE id = ?1
      """)
    for (id, step) in renamed {
      other.bind(step.newName, at: 1)
      let stale = try other.step() ? other.integer(0) : nil
      other.reset()
      if let stale {
        retire.bind(stale, at: 1)
        try retire.run()
        try state.execute("DELETE FROM folder WHERE id = \(stale)")
      }
      rename.bind(id, at: 1)
      rename.bind(step.newName, at: 2)
      try rename.run()
    }
  }

  /// What is in Trash keeps its memory under its new name; what has left it needs none.
  private func followDeletedFolders(_ step: FolderStep) throws {
    for deleted in try deletedFolderRows(in: stateWriter())
    where deleted.name == step.name || FolderName.isBelow(deleted.name, step.name) {
      let name = step.newName + String(Substring(deleted.name.utf8.dropFirst(step.name.utf8.count)))
      try forgetDeletedFolder(deleted.name)
      if isInTrash(name) { try rememberDeletedFolder(name, origin: deleted.origin, time: deleted.time) }
    }
  }

  /// Messages in Trash, and those of the last move, go back to where their folder is now.
  private func followOrigins(_ steps: [FolderStep]) throws {
    for table in ["UPDATE trashed SET folder = ?2 WHERE folder = ?1", "UPDATE undo SET source = ?2 WHERE source = ?1"] {
      let update = try stateWriter().prepare(table)
      for step in steps where step.folder != nil {
        update.bind(step.name, at: 1)
        update.bind(step.newName, at: 2)
        try update.run()
      }
    }
  }

  /// Gives the folders of the index the names that `state.db` has for them. Their messages stay as they are.
  private func followFolderNames() throws {
    guard try isIndexOfThisState() else { return }
    let select = try index().prepare(
      "SELECT i.id, s.name FROM main.folder i JOIN state.folder s ON s.id = i.id WHERE i.name <> s.name")
    var renamed: [(id: Int64, name: String)] = []
    while try select.step() { renamed.append((select.integer(0), select.text(1))) }
    if renamed.isEmpty { return }
    let found = Dictionary(try discoverFolders().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let index = try indexWriter()
    try index.transaction {
      let park = try index.prepare("UPDATE folder SET name = char(1) || id WHERE id = ?1 OR name = ?2")
      let rename = try index.prepare("UPDATE folder SET name = ?2, path = ?3, role = ?4 WHERE id = ?1")
      for (id, name) in renamed where found[name] != nil {
        park.bind(id, at: 1)
        park.bind(name, at: 2)
        try park.run()
      }
      for (id, name) in renamed {
        guard let folder = found[name] else { continue }
        rename.bind(id, at: 1)
        rename.bind(name, at: 2)
        rename.bind(relativePath(folder.path), at: 3)
        rename.bind(folder.role?.rawValue, at: 4)
        try rename.run()
      }
    }
    knownFolders = [:]
    knownDirectories = [:]
  }
}
