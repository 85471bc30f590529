internal import MailSQLite

/// A contact's address that fits what was typed.
struct Match {
  var value: String
  var key: String
  var channel: Channel
  var label: String
  var name: String
  var nameKey: String
  var organisation: String
  var score: Double
  var position: Int
}

/// The scores of addresses, and the addresses by their scores.
struct Scores {
  private let byKey: Statement
  private let byScore: Statement

  init(_ database: Database) throws {
    byKey = try database.prepare("SELECT score FROM known_address WHERE key = ?1")
    byScore = try database.prepare("SELECT key, score FROM known_address ORDER BY score DESC")
  }

  func score(of key: String) throws -> Double {
    byKey.bind(key, at: 1)
    defer { byKey.reset() }
    return try byKey.step() ? byKey.double(0) : 0
  }

  /// Calls `body` with the key of each address and its score, the most used first, until it gives false.
  func forEachByScore(_ body: (String, Double) throws -> Bool) throws {
    defer { byScore.reset() }
    while try byScore.step() {
      guard try body(byScore.text(0), byScore.double(1)) else { return }
    }
  }
}

extension AddressBook {
  /// A word that more than this begin with is looked for among the addresses by their use.
  static let manyMatches = 400

  /// The addresses that fit all of `words`, at least the `limit` best of them (0: all), unordered.
  func matches(_ words: [String], channels: Set<Channel>, limit: Int, scores: Scores) throws -> [Match] {
    guard let database = try reading() else { return [] }
    var finder = MatchFinder(book: self, database: database, words: words, channels: channels, scores: scores)
    let rarest = try rarestWord(words, in: database)
    if let rarest, rarest.count <= AddressBook.manyMatches || limit == 0 {
      try finder.takeAll(beginningWith: rarest.word, limit: 0)
    } else {
      // By use first: what is left out is used less than everything that is found.
      if limit > 0 { try finder.takeUsed(limit: limit) }
      try finder.takeAll(beginningWith: rarest?.word, limit: limit)
    }
    return finder.found
  }

  /// The word that the fewest begin with, counted up to where it doesn't matter any more.
  private func rarestWord(_ words: [String], in database: Database) throws -> (word: String, count: Int)? {
    let select = try statement(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM contact_word WHERE word >= ?1 AND word < ?2 LIMIT \(AddressBook.manyMatches + 1))
      """, in: database)
    var rarest: (word: String, count: Int)?
    for word in words {
      select.bind(word, at: 1)
      select.bind(word + "\u{10FFFF}", at: 2)
      let count = try select.step() ? Int(select.integer(0)) : 0
      select.reset()
      if rarest.map({ count < $0.count }) ?? true { rarest = (word, count) }
    }
    return rarest
  }
}

/// Collects the addresses of one book that fit.
private struct MatchFinder {
  let book: AddressBook
  let database: Database
  let words: [String]
  let channels: Set<Channel>
  let scores: Scores
  var found: [Match] = []
  private var seen: Set<Int64> = []

  init(book: AddressBook, database: Database, words: [String], channels: Set<Channel>, scores: Scores) {
    self.book = book
    self.database = database
    self.words = words
    self.channels = channels
    self.scores = scores
  }

  /// The words that SQLite itself looks for; `positions(of:)` looks for all of them.
  private static let wordsInSQL = 6

  /// A condition that some word of `contact` begins with each of `words`, whose bounds are bound from `parameter` on.
  private func condition(_ words: [String], on contact: String, from parameter: Int) -> String {
    words.indices.map { index in
      """
       AND EXISTS(SELECT 1 FROM contact_word x WHERE x.contact = \(contact)
        AND x.word >= ?\(parameter + 2 * index) AND x.word < ?\(parameter + 2 * index + 1))
      """
    }
    .joined()
  }

  private func bind(_ words: [String], to select: Statement, from parameter: Int) {
    for (index, word) in words.enumerated() {
      select.bind(word, at: Int32(parameter + 2 * index))
      select.bind(word + "\u{10FFFF}", at: Int32(parameter + 2 * index + 1))
    }
  }

  /// Takes the contacts with a word that begins with `word` (all contacts if nil), until there are `limit` addresses.
  mutating func takeAll(beginningWith word: String?, limit: Int) throws {
    let select: Statement
    if let word {
      let others = Array(words.filter { $0 != word }.prefix(MatchFinder.wordsInSQL))
      select = try book.statement(
        "SELECT w.contact FROM contact_word w WHERE w.word >= ?1 AND w.word < ?2"
          + condition(others, on: "w.contact", from: 3), in: database)
      bind([word] + others, to: select, from: 1)
    } else {
      select = try book.statement("SELECT id FROM contact ORDER BY key, id", in: database)
    }
    defer { select.reset() }
    let end = limit == 0 ? Int.max : found.count + limit
    while found.count < end, try select.step() { try take(select.integer(0)) }
  }

  /// So many of the most used addresses are looked at; those behind them are in no order that anybody would miss.
  private static let mostUsed = 2_000

  /// Takes the contacts with the most used addresses.
  mutating func takeUsed(limit: Int) throws {
    guard book.group == nil else { return try takeUsedOfGroup(limit: limit) }
    let wanted = Array(words.prefix(MatchFinder.wordsInSQL))
    let select = try book.statement(
      """
      SELECT a.contact FROM (SELECT key FROM known_address ORDER BY score DESC LIMIT \(MatchFinder.mostUsed)) k
        CROSS JOIN contact_address a ON a.key = k.key WHERE true
      """ + condition(wanted, on: "a.contact", from: 1), in: database)
    bind(wanted, to: select, from: 1)
    defer { select.reset() }
    while found.count < limit, try select.step() { try take(select.integer(0)) }
  }

  /// The scores are in another database than a group's contacts.
  private mutating func takeUsedOfGroup(limit: Int) throws {
    let find = try book.statement("SELECT contact FROM contact_address WHERE key = ?1", in: database)
    var contacts: [Int64] = []
    var seen = 0
    try scores.forEachByScore { key, _ in
      find.bind(key, at: 1)
      contacts.removeAll(keepingCapacity: true)
      while try find.step() { contacts.append(find.integer(0)) }
      for contact in contacts { try take(contact) }
      seen += 1
      return found.count < limit && seen < MatchFinder.mostUsed
    }
  }

  /// Takes the addresses of one contact that fit.
  private mutating func take(_ id: Int64) throws {
    guard seen.insert(id).inserted else { return }
    let fits = try positions(of: id)
    if case .none = fits { return }
    let head = try book.statement("SELECT name, key, organisation FROM contact WHERE id = ?1", in: database)
    head.bind(id, at: 1)
    defer { head.reset() }
    guard try head.step() else { return }
    let (name, key, organisation) = (head.text(0), head.text(1), head.text(2))
    let select = try book.statement(
      "SELECT position, kind, value, key, label FROM contact_address WHERE contact = ?1", in: database)
    select.bind(id, at: 1)
    while try select.step() {
      let position = Int(select.integer(0))
      guard fits.includes(position), let channel = Channel(rawValue: select.integer(1)), channels.contains(channel)
      else { continue }
      let address = select.text(3)
      found.append(
        Match(
          value: select.text(2), key: address, channel: channel, label: select.text(4), name: name, nameKey: key,
          organisation: organisation, score: try scores.score(of: address), position: position))
    }
  }

  private enum Fit {
    case none
    case all
    case some(Set<Int>)

    func includes(_ position: Int) -> Bool {
      switch self {
      case .none: false
      case .all: true
      case .some(let positions): positions.contains(position)
      }
    }
  }

  /// Which of the contact's addresses all words fit: a word of the name fits every address, that of an address this one.
  private func positions(of id: Int64) throws -> Fit {
    guard !words.isEmpty else { return .all }
    let select = try book.statement(
      "SELECT position FROM contact_word WHERE contact = ?1 AND word >= ?2 AND word < ?3", in: database)
    select.bind(id, at: 1)
    var fit = Fit.all
    for word in words {
      select.bind(word, at: 2)
      select.bind(word + "\u{10FFFF}", at: 3)
      var places: Set<Int> = []
      while try select.step() { places.insert(Int(select.integer(0))) }
      if places.isEmpty { return .none }
      if places.contains(0) { continue }
      if case .some(let before) = fit { places.formIntersection(before) }
      if places.isEmpty { return .none }
      fit = .some(places)
    }
    return fit
  }
}
