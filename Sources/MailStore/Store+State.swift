public import MailSQLite
internal import MailSystem

extension Store {
  /// A connection of its own to `state.db` alone, in its present form: for what asks no message, the quickest way in.
  ///
  /// In a store that can't be written it leads to the copy in the user's cache.
  public func stateReader() throws(StoreError) -> Database {
    try asStoreError {
      if !isReadOnly, let database = try? openExistingState() { return database }
      // Missing, older or damaged: whatever it is, preparing finds out.
      try prepareDatabases()
      guard let database = try openExistingState() else { throw StoreError.busy(databaseDirectory) }
      return database
    }
  }

  private func openExistingState() throws -> Database? {
    let database = try Database(
      path: databaseDirectory + "/state.db", access: .readWrite, busyTimeout: options.patience)
    try database.keepLogFiles()
    try Schema.configure(database, durable: true)
    return try database.integer("PRAGMA user_version") == Schema.stateVersion ? database : nil
  }
}
