public import MailQuery
internal import MailSQLite
public import MailStore

/// Finds messages of a store.
public final class Searcher {
  let database: Database
  let messageIDHash: (String) throws -> Int64
  /// Whether a name is that of a system folder, on disk or not.
  let isSystemFolder: (String) -> Bool
  /// Where one way of searching becomes quicker than another. What is found doesn't depend on them.
  var thresholds = Thresholds()

  struct Thresholds {
    /// More matches of words than this are not looked up one by one.
    var matches = 3_000
    /// More numbers of messages than this are not looked up one by one.
    var ids = 10_000
    /// So many messages are sought in the full text one by one; more are better met while going through it.
    var soughtIDs = 20
    /// For a time with as many messages no bounds are computed.
    var dated = 20_000
  }

  /// A searcher of what is indexed in `store` at the moment.
  public convenience init(store: Store) throws(StoreError) {
    let database = try store.index()
    do {
      let roles = FolderRole.allCases.flatMap { store.options.names(for: $0).map { $0.lowercased() } }
      try self.init(
        database: database, messageIDHash: { try store.messageIDHash($0) },
        isSystemFolder: { isStandardName($0) || roles.contains($0.lowercased()) })
    } catch {
      throw .database(error)
    }
  }

  init(
    database: Database, messageIDHash: @escaping (String) throws -> Int64,
    isSystemFolder: @escaping (String) -> Bool = isStandardName
  ) throws(SQLiteError) {
    self.database = database
    self.messageIDHash = messageIDHash
    self.isSystemFolder = isSystemFolder
  }

  /// The numbers of the messages that fit `query`, in the order of `options`.
  public func run(_ query: Query, options: SearchOptions = SearchOptions()) throws(StoreError) -> [Int64] {
    try reading {
      let plan = try Plan(query, options: options, searcher: self)
      if options.limit == 0 { return [] }
      switch (plan.match, options.order) {
      case (let match?, .relevance): return try byRelevance(plan, match: match, limit: options.limit)
      case (let match?, .date): return try byDate(plan, match: match, limit: options.limit)
      case (let match?, .none): return try plan.ids(match: match, in: database)
      case (nil, .none): return try inAnyOrder(plan)
      case (nil, _): return try byDate(plan, limit: options.limit)
      }
    }
  }

  /// The number of messages that fit `query`; limit and order don't matter.
  public func count(_ query: Query, options: SearchOptions = SearchOptions()) throws(StoreError) -> Int {
    try reading {
      let plan = try Plan(query, options: options, searcher: self)
      return if let match = plan.match { try count(plan, match: match) } else { try count(plan) }
    }
  }

  /// What was understood of `query` and what `run` would do, for people: one line each.
  public func explanation(
    of query: Query, options: SearchOptions = SearchOptions()
  ) throws(StoreError) -> [String] {
    try reading {
      let plan = try Plan(query, options: options, searcher: self)
      var lines = query.explanation(time: localDescription(ofTime:))
      if !plan.leftOut.isEmpty {
        lines.append("without the folders: " + plan.leftOut.map(\.name).joined(separator: ", "))
      }
      if options.order == .relevance {
        lines.append(
          plan.match == nil
            ? "order: the newest first, as there are no words to rank by"
            : "order: by relevance among the newest \(grouped(rankedMatches(limit: options.limit))) matches")
      }
      return lines
    }
  }

  /// Runs `body` in one transaction: all statements see the same state, and locks are taken once.
  private func reading<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    try asStoreError {
      let isOuter = database.isAutocommit
      if isOuter { try database.execute("BEGIN") }
      defer { if isOuter { database.rollBack() } }
      return try body()
    }
  }

  /// How many of the newest matches are ranked.
  func rankedMatches(limit: Int?) -> Int { max(SearchOptions.rankedMatches, min(limit ?? .max, 1_000_000_000)) }

  private func grouped(_ number: Int) -> String {
    number >= 1_000 && number < 1_000_000
      ? "\(number / 1_000),\(String(String(1_000 + number % 1_000).dropFirst()))" : "\(number)"
  }
}

/// Whether `name` is that of a system folder where the configuration names no other.
func isStandardName(_ name: String) -> Bool {
  let name = name.lowercased()
  return FolderRole.allCases.contains { $0.word == name }
}
