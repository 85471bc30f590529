internal import MailSQLite

extension ContactBook {
  /// The recipients that fit the beginnings in `words` (of a first name, a last name, an organisation, an address, its domain
  /// or a number), without regard to case and accents: contacts of all books first, the most used ones before others, then
  /// correspondents that are no contacts. `limit` 0 is all of them.
  public func query(
    _ words: [String], limit: Int = 100, channels: Set<Channel> = [.mail]
  ) throws(ContactError) -> [Suggestion] {
    try asContactError {
      let words = words.flatMap { queryWords($0) }
      guard let state = try privateBook.reading() else { return [] }
      if channels.contains(.mail), settings.harvests { try catchUp(in: state) }
      let scores = try Scores(state)
      var seen: Set<String> = []
      var found: [(match: Match, source: Suggestion.Source)] = []
      for book in readableBooks {
        let source = book.group.map { Suggestion.Source.group($0.name) } ?? .contact
        for match in try book.matches(words, channels: channels, limit: limit, scores: scores)
        where seen.insert("\(match.channel.rawValue) \(match.key)").inserted {
          found.append((match, source))
        }
      }
      for (match, source) in try memberMatches(words, channels: channels, scores: scores)
      where seen.insert("\(match.channel.rawValue) \(match.key)").inserted {
        found.append((match, source))
      }
      found.sort { ContactBook.isBefore($0.match, $1.match) }
      var result = found.prefix(limit == 0 ? found.count : limit).map { Suggestion($0.match, $0.source) }
      if channels.contains(.mail), settings.harvests, limit == 0 || result.count < limit {
        result += try correspondents(words, limit: limit == 0 ? 0 : limit - result.count, besides: seen, in: state)
      }
      return result
    }
  }

  private static func isBefore(_ one: Match, _ other: Match) -> Bool {
    if one.score != other.score { return one.score > other.score }
    if one.nameKey != other.nameKey { return one.nameKey < other.nameKey }
    return (one.position, one.key) < (other.position, other.key)
  }

  /// The members that the configuration gives the groups: few enough to look at each.
  private func memberMatches(
    _ words: [String], channels: Set<Channel>, scores: Scores
  ) throws -> [(Match, Suggestion.Source)] {
    var result: [(Match, Suggestion.Source)] = []
    for group in settings.groups {
      for (index, member) in configuredMembers(of: group).enumerated() where channels.contains(member.channel) {
        let own = ContactWords.ofName(member.name) + ContactWords.ofAddress(member.value)
        guard words.allSatisfy({ word in own.contains { $0.utf8.starts(with: word.utf8) } }) else { continue }
        let key = member.channel == .mail ? mailKey(member.value) : member.value
        result.append(
          (
            Match(
              value: member.value, key: key, channel: member.channel, label: "", name: member.name,
              nameKey: folded(member.name), organisation: "", score: try scores.score(of: key), position: index),
            .group(group.name)
          ))
      }
    }
    return result
  }

  /// Correspondents that fit and are in no book, the most used first.
  private func correspondents(
    _ words: [String], limit: Int, besides seen: Set<String>, in database: Database
  ) throws -> [Suggestion] {
    let finder = try CorrespondentFinder(database, words: words)
    var result: [Suggestion] = []
    try finder.search { suggestion in
      let key = mailKey(suggestion.recipient)
      guard !seen.contains("\(Channel.mail.rawValue) \(key)"), try !isContact(key) else { return true }
      result.append(suggestion)
      return limit == 0 || result.count < limit
    }
    return result
  }

  /// A book has the address; it is not offered a second time as a stranger's.
  private func isContact(_ key: String) throws -> Bool {
    for book in readableBooks {
      guard let database = try book.reading() else { continue }
      let select = try book.statement("SELECT 1 FROM contact_address WHERE key = ?1 LIMIT 1", in: database)
      select.bind(key, at: 1)
      defer { select.reset() }
      if try select.step() { return true }
    }
    return false
  }
}

extension Suggestion {
  fileprivate init(_ match: Match, _ source: Source) {
    recipient = Member(match.channel, match.value).recipient
    name = match.name
    let place: String? = if case .group(let name) = source { name } else { nil }
    note = [match.label, match.organisation, place ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    self.source = source
    score = match.score
  }
}

/// Finds correspondents by the beginnings of words, the most used first.
private struct CorrespondentFinder {
  let database: Database
  let words: [String]
  private let ofAddress: Statement

  init(_ database: Database, words: [String]) throws {
    self.database = database
    self.words = words
    ofAddress = try database.prepare("SELECT word FROM known_word WHERE address = ?1")
  }

  func search(_ body: (Suggestion) throws -> Bool) throws {
    let columns = "SELECT id, address, name, score FROM known_address"
    guard let rare = try rareIDs() else {
      // Many begin so: the most used ones are looked at until there are enough.
      let select = try database.prepare("\(columns) WHERE NOT is_hidden ORDER BY score DESC")
      while try select.step() {
        guard try fits(select.integer(0)) else { continue }
        guard try body(suggestion(select)) else { return }
      }
      return
    }
    let select = try database.prepare("\(columns) WHERE id = ?1 AND NOT is_hidden")
    var found: [Suggestion] = []
    for id in rare where try fits(id) {
      select.bind(id, at: 1)
      if try select.step() { found.append(suggestion(select)) }
      select.reset()
    }
    for suggestion in found.sorted(by: { ($0.score, $1.recipient) > ($1.score, $0.recipient) }) {
      guard try body(suggestion) else { return }
    }
  }

  private func suggestion(_ row: Statement) -> Suggestion {
    Suggestion(recipient: row.text(1), name: row.text(2), note: "", source: .correspondent, score: row.double(3))
  }

  /// The addresses with a word that begins with the rarest of `words`; nil if there are many.
  private func rareIDs() throws -> Set<Int64>? {
    let select = try database.prepare(
      "SELECT address FROM known_word WHERE word >= ?1 AND word < ?2 LIMIT \(AddressBook.manyMatches + 1)")
    for word in words.sorted(by: { $0.utf8.count > $1.utf8.count }) {
      select.bind(word, at: 1)
      select.bind(word + "\u{10FFFF}", at: 2)
      var ids: Set<Int64> = []
      var count = 0
      while try select.step() {
        ids.insert(select.integer(0))
        count += 1
      }
      if count <= AddressBook.manyMatches { return ids }
    }
    return nil
  }

  private func fits(_ id: Int64) throws -> Bool {
    guard !words.isEmpty else { return true }
    ofAddress.bind(id, at: 1)
    var own: [String] = []
    while try ofAddress.step() { own.append(ofAddress.text(0)) }
    return words.allSatisfy { word in own.contains { $0.utf8.starts(with: word.utf8) } }
  }
}
