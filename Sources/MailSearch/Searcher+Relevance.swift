internal import MailSQLite

extension Searcher {
  /// The newest matches, the best first. Row numbers ascend as messages arrive, so the newest come without sorting.
  func byRelevance(_ plan: Plan, match: String, limit: Int?) throws -> [Int64] {
    try RankingFunction.register(in: database)
    var query = plan.matches(match, columns: "text.rowid, m.date, \(RankingFunction.name)(text)")
    query = query + " ORDER BY text.rowid DESC LIMIT \(rankedMatches(limit: limit))"
    let statement = try query.prepare(in: database)
    var found: [Scored] = []
    while try statement.step() {
      found.append(Scored(id: statement.integer(0), date: statement.integer(1), score: statement.double(2)))
    }
    guard let newest = found.lazy.map(\.date).max() else { return [] }
    for index in found.indices { found[index].favourRecent(newest: newest) }
    found.sort { $0.isBetter(than: $1) }
    return found.prefix(limit ?? found.count).map(\.id)
  }
}

/// A match and how good it is.
struct Scored {
  let id: Int64
  let date: Int64
  var score: Double

  /// Takes away up to a quarter from old messages: half of that at an age of one year, counted from the newest match.
  mutating func favourRecent(newest: Int64) {
    let years = Double(newest - date) / (365.25 * 86_400)
    score *= 0.75 + 0.25 / (1 + max(years, 0))
  }

  func isBetter(than other: Scored) -> Bool {
    if score != other.score { return score > other.score }
    return date != other.date ? date > other.date : id > other.id
  }
}
