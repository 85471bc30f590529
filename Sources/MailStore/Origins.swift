internal import MailSQLite

/// Where messages in Trash came from.
struct Origins {
  private let insert: Statement
  private let delete: Statement
  private let hasAny: Bool

  init(state: Database) throws {
    insert = try state.prepare("INSERT OR REPLACE INTO trashed(message, folder) VALUES(?1, ?2)", lasting: true)
    delete = try state.prepare("DELETE FROM trashed WHERE message = ?1", lasting: true)
    hasAny = try state.integer("SELECT 1 FROM trashed LIMIT 1") != nil
  }

  /// A message went from one folder to another. One that is in Trash already keeps where it came from.
  func messageMoved(_ id: Int64, from source: String, isFromTrash: Bool, toTrash: Bool) throws {
    if toTrash {
      if isFromTrash { return }
      insert.bind(id, at: 1)
      insert.bind(source, at: 2)
      try insert.run()
    } else if hasAny {
      delete.bind(id, at: 1)
      try delete.run()
    }
  }
}
