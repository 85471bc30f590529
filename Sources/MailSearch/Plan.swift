internal import MailQuery
internal import MailSQLite
internal import MailStore

/// A query taken apart: what FTS5 answers, and what else must hold.
struct Plan {
  /// The part that FTS5 answers; nil where the query has no words that all results must have.
  let match: String?
  /// What must hold besides.
  let conditions: [Compiler.Condition]
  /// Folders that are left out though the query doesn't say so.
  let leftOut: [FolderNames.Entry]
  /// What is known of the numbers of all results before FTS5 is asked; " AND …" or nothing.
  private let restriction: SQLFragment
  /// The condition that needs no test then.
  private let metByRestriction: Int?

  init(_ query: Query, options: SearchOptions, searcher: Searcher) throws {
    let names = try FolderNames(database: searcher.database, isSystemFolder: searcher.isSystemFolder)
    let compiler = Compiler(database: searcher.database, names: names, messageIDHash: searcher.messageIDHash)
    let parts: [Query] = if case .all(let parts) = query { parts } else { [query] }
    let split = splitText(parts)
    match = split.expression
    leftOut = options.includesTrashAndJunk ? [] : names.leftOut(of: query)
    var conditions = try split.others.map(compiler.condition(of:))
    if !leftOut.isEmpty {
      conditions.append(
        Compiler.Condition(test: SQLFragment("m.folder NOT IN \(SQLFragment.list(leftOut.map(\.id)))")))
    }
    self.conditions = conditions
    (restriction, metByRestriction) =
      match == nil ? (SQLFragment(""), nil) : try Plan.restriction(conditions, split.others, searcher)
  }

  /// A word may stand in half of all messages: a short list of messages, or the bounds of one, spares looking at most.
  private static func restriction(
    _ conditions: [Compiler.Condition], _ parts: [Query], _ searcher: Searcher
  ) throws -> (SQLFragment, met: Int?) {
    if let (ids, count, met) = try searcher.fewestIDs(conditions) {
      return (
        (count <= searcher.thresholds.soughtIDs ? " AND text.rowid IN (" : " AND +text.rowid IN (") + ids + ")", met
      )
    }
    guard let dates = dates(of: parts) else { return (SQLFragment(""), nil) }
    var range = SQLFragment("SELECT id FROM message INDEXED BY message_date WHERE 1")
    if let start = dates.start { range = range + SQLFragment(" AND date >= ?", .integer(start)) }
    if let end = dates.end { range = range + SQLFragment(" AND date < ?", .integer(end)) }
    let bounds = try ("SELECT min(id), max(id), count(*) FROM (" + range + " LIMIT \(searcher.thresholds.dated))")
      .prepare(
        in: searcher.database)
    guard try bounds.step(), bounds.integer(2) < searcher.thresholds.dated else { return (SQLFragment(""), nil) }
    return (
      SQLFragment(
        " AND text.rowid >= ? AND text.rowid <= ?", .integer(bounds.integer(0)), .integer(bounds.integer(1))), nil
    )
  }

  private static func dates(of parts: [Query]) -> TimeRange? {
    var start: Int64?
    var end: Int64?
    for case .time(.date, let range) in parts {
      if let first = range.start { start = max(first, start ?? first) }
      if let last = range.end { end = min(last, end ?? last) }
    }
    return start == nil && end == nil ? nil : TimeRange(start: start, end: end)
  }

  /// The query asks for nothing that FTS5 doesn't answer.
  var hasOnlyWords: Bool { conditions.count == (leftOut.isEmpty ? 0 : 1) }

  /// `" AND …"` for every condition, `id` being the message's number in that statement: with a `+`, which keeps SQLite
  /// from seeking by it what can only be sought by its words.
  ///
  /// The condition number `met` is known to be met.
  func tests(id: String, but met: Int? = nil) -> SQLFragment {
    var all = SQLFragment("")
    for (index, condition) in conditions.enumerated() where index != met {
      let sql = condition.test.sql.split(separator: "#", omittingEmptySubsequences: false).joined(separator: id)
      all = all + " AND " + SQLFragment(sql, values: condition.test.values)
    }
    return all
  }

  /// All matches of `match` that fulfil the conditions, oldest first.
  func ids(match: String, in database: Database) throws -> [Int64] {
    let statement = try matches(match, columns: "text.rowid").prepare(in: database)
    var ids: [Int64] = []
    while try statement.step() { ids.append(statement.integer(0)) }
    return ids
  }

  /// The statement that lets FTS5 lead, and looks up the message of each match.
  func matches(_ match: String, columns: String) -> SQLFragment {
    "SELECT \(columns) FROM text CROSS JOIN message m INDEXED BY message_brief ON m.id = text.rowid WHERE text MATCH "
      + SQLFragment("?", .text(match)) + restriction + tests(id: "+text.rowid", but: metByRestriction)
  }
}
