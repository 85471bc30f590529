internal import MailSQLite

extension Searcher {
  /// The number of matches of a query with words.
  func count(_ plan: Plan, match: String) throws -> Int {
    // Without other conditions no message need be looked up: from all matches those are taken away that are gone or lie
    // in folders that are left out.
    if plan.hasOnlyWords {
      let matches = SQLFragment("SELECT rowid FROM text WHERE text MATCH ?", .text(match))
      let gone = try database.integer("SELECT 1 FROM tombstone LIMIT 1") != nil
      if plan.leftOut.isEmpty, !gone { return try integer("SELECT count(*) FROM (" + matches + ")") }
      var found = try bitmap(matches)
      if gone { try remove("SELECT id FROM tombstone", from: &found) }
      if !plan.leftOut.isEmpty {
        let folders = SQLFragment.list(plan.leftOut.map(\.id))
        try remove("SELECT id FROM message INDEXED BY message_folder WHERE folder IN \(folders)", from: &found)
      }
      return found.count
    }
    return try integer(plan.matches(match, columns: "count(*)"))
  }

  private func remove(_ sql: String, from bitmap: inout Bitmap) throws {
    let statement = try database.prepare(sql)
    while try statement.step() { bitmap.remove(statement.integer(0)) }
  }

  private func integer(_ query: SQLFragment) throws -> Int {
    let statement = try query.prepare(in: database)
    return try statement.step() ? Int(statement.integer(0)) : 0
  }
}
