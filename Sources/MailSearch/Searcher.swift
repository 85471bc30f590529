public import MailQuery
internal import MailSQLite
public import MailStore

/// Finds messages of a store.
public final class Searcher {
  let database: Database
  let messageIDHash: (String) throws -> Int64

  /// A searcher of what is indexed in `store` at the moment.
  public convenience init(store: Store) throws {
    try self.init(database: try store.index(), messageIDHash: { try store.messageIDHash($0) })
  }

  init(database: Database, messageIDHash: @escaping (String) throws -> Int64) throws(SQLiteError) {
    self.database = database
    self.messageIDHash = messageIDHash
    // Matches lie scattered over the file: read in place they cost half of what copied pages do.
    try database.execute("PRAGMA mmap_size=1073741824")
  }

  /// The numbers of the messages that fit `query`, in the order of `options`.
  public func run(_ query: Query, options: SearchOptions = SearchOptions()) throws -> [Int64] {
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

  /// The number of messages that fit `query`; limit and order don't matter.
  public func count(_ query: Query, options: SearchOptions = SearchOptions()) throws -> Int {
    let plan = try Plan(query, options: options, searcher: self)
    if let match = plan.match { return try count(plan, match: match) }
    return try count(plan)
  }

  /// What `run` would do beside what the query says, for people: one line each.
  public func explanation(of query: Query, options: SearchOptions = SearchOptions()) throws -> [String] {
    let plan = try Plan(query, options: options, searcher: self)
    var lines: [String] = []
    if !plan.leftOut.isEmpty {
      lines.append("left out: " + plan.leftOut.map(\.name).joined(separator: ", "))
    }
    if options.order == .relevance {
      lines.append(
        plan.match == nil
          ? "newest first: the query has no words to be ranked by"
          : "by relevance among the newest \(grouped(rankedMatches(limit: options.limit))) matches")
    }
    return lines
  }

  /// How many of the newest matches are ranked.
  func rankedMatches(limit: Int?) -> Int { max(SearchOptions.rankedMatches, limit ?? .max) }

  private func grouped(_ number: Int) -> String {
    number >= 1_000 && number < 1_000_000
      ? "\(number / 1_000),\(String(String(1_000 + number % 1_000).dropFirst()))" : "\(number)"
  }
}
