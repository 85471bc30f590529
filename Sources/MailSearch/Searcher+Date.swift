internal import MailSQLite

extension Searcher {
  /// A message and its date.
  private struct Dated {
    let id: Int64
    let date: Int64
  }

  // MARK: With words

  /// The newest matches of a query with words.
  func byDate(_ plan: Plan, match: String, limit: Int?) throws -> [Int64] {
    let all = plan.matches(match, columns: "text.rowid, m.date")
    guard let limit, plan.hasOnlyWords else { return try newest(all, limit: limit) }
    let matches = try bitmap(SQLFragment("SELECT rowid FROM text WHERE text MATCH ?", .text(match)))
    if matches.count <= thresholds.matches { return try newest(all, limit: limit) }
    // Enough messages match for that the newest are soon met going back in time.
    var query = SQLFragment("SELECT m.id FROM message m INDEXED BY message_date WHERE 1") + plan.tests(id: "+m.id")
    query = query + " ORDER BY m.date DESC, m.id DESC"
    let statement = try query.prepare(in: database)
    var found: [Int64] = []
    while found.count < limit, try statement.step() {
      let id = statement.integer(0)
      if matches.contains(id) { found.append(id) }
    }
    return found
  }

  // MARK: Without words

  /// The newest messages that fulfil the conditions of a query without words.
  func byDate(_ plan: Plan, limit: Int?) throws -> [Int64] {
    if let ids = try fewestIDs(plan.conditions) {
      return try newest(lookups(ids, plan, columns: "m.id, m.date"), limit: limit)
    }
    var query = SQLFragment("SELECT m.id FROM message m INDEXED BY message_date WHERE 1") + plan.tests(id: "+m.id")
    query = query + " ORDER BY m.date DESC, m.id DESC" + (limit.map { " LIMIT \($0)" } ?? "")
    let statement = try query.prepare(in: database)
    var found: [Int64] = []
    while try statement.step() { found.append(statement.integer(0)) }
    return found
  }

  /// All messages that fulfil the conditions.
  func inAnyOrder(_ plan: Plan) throws -> [Int64] {
    var query = SQLFragment("SELECT m.id FROM message m WHERE 1") + plan.tests(id: "+m.id")
    if let ids = try fewestIDs(plan.conditions) { query = lookups(ids, plan, columns: "m.id") }
    let statement = try query.prepare(in: database)
    var found: [Int64] = []
    while try statement.step() { found.append(statement.integer(0)) }
    return found
  }

  /// The number of messages that fulfil the conditions.
  func count(_ plan: Plan) throws -> Int {
    var query = SQLFragment("SELECT count(*) FROM message m WHERE 1") + plan.tests(id: "+m.id")
    if let ids = try fewestIDs(plan.conditions) { query = lookups(ids, plan, columns: "count(*)") }
    let statement = try query.prepare(in: database)
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  private func lookups(_ list: IDList, _ plan: Plan, columns: String) -> SQLFragment {
    "WITH listed(id) AS (" + list.ids + ") SELECT \(columns) FROM (SELECT DISTINCT id FROM listed) AS l "
      + "CROSS JOIN message m INDEXED BY message_brief ON m.id = l.id WHERE 1"
      + plan.tests(id: "+m.id", but: list.met)
  }

  /// Numbers of messages, how many, and the number of the condition that all of them meet.
  typealias IDList = (ids: SQLFragment, count: Int, met: Int?)

  /// The shortest list of messages among which all are that fulfil `conditions`; nil when no list is short.
  func fewestIDs(_ conditions: [Compiler.Condition]) throws -> IDList? {
    var best: IDList?
    var fewest = thresholds.ids + 1
    for (index, condition) in conditions.enumerated() {
      guard let ids = condition.ids else { continue }
      let statement = try ("SELECT count(*) FROM (SELECT 1 FROM (" + ids + ") LIMIT \(fewest))").prepare(in: database)
      guard try statement.step(), case let count = Int(statement.integer(0)), count < fewest else { continue }
      best = (ids, count, condition.idsAreExact ? index : nil)
      fewest = count
    }
    return best
  }

  // MARK: Helpers

  /// The newest of the messages whose number and date `query` gives.
  private func newest(_ query: SQLFragment, limit: Int?) throws -> [Int64] {
    let statement = try query.prepare(in: database)
    var found: [Dated] = []
    while try statement.step() { found.append(Dated(id: statement.integer(0), date: statement.integer(1))) }
    found.sort { $0.date != $1.date ? $0.date > $1.date : $0.id > $1.id }
    return found.prefix(limit ?? found.count).map(\.id)
  }

  /// The numbers that `query` gives, as a set.
  func bitmap(_ query: SQLFragment) throws -> Bitmap {
    let statement = try query.prepare(in: database)
    var bitmap = Bitmap()
    while try statement.step() { bitmap.insert(statement.integer(0)) }
    return bitmap
  }
}
