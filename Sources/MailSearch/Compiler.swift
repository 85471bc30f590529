internal import MailQuery
internal import MailSQLite
internal import MailStore

/// Turns a query into conditions in SQL. Names (folders, tags, addresses) are looked up while compiling.
struct Compiler {
  let database: Database
  let names: FolderNames
  /// The number under which the index has a Message-ID.
  let messageIDHash: (String) throws -> Int64

  /// A condition on a message.
  struct Condition {
    /// True for the messages that are meant. `#` stands for the message's number, `m` is its row.
    var test: SQLFragment
    /// Gives numbers of messages, all those that are meant among them; nil where there is no quick way.
    var ids: SQLFragment?
    /// All that `ids` gives are meant: no test is needed.
    var idsAreExact = false

    static let always = Condition(test: SQLFragment("1"))
    static let never = Condition(test: SQLFragment("0"), ids: SQLFragment("SELECT 0 WHERE 0"))
  }

  func condition(of query: Query) throws -> Condition {
    switch query {
    case .everything: return .always
    case .text(let term): return text(fullTextExpression(of: term))
    case .comment(let term): return try comment(term)
    case .address(let term): return try address(term)
    case .list(let name): return try list(name)
    case .messageID(let id): return try messageID(id)
    case .thread(let id): return thread(try threads(ofMessageID: id))
    case .threadNumber(let number): return thread([number])
    case .folder(let glob): return try folder(glob)
    case .tag(let glob): return try tag(glob)
    case .time(let kind, let range): return time(kind, range)
    case .size(let range): return size(range)
    case .state(let state): return self.state(state)
    case .not(let inner): return Condition(test: "NOT " + (try condition(of: inner).test))
    case .all(let parts): return try all(parts)
    case .any(let parts): return try any(parts)
    }
  }

  private func all(_ parts: [Query]) throws -> Condition {
    let split = splitText(parts)
    var conditions = try split.others.map(condition(of:))
    if let expression = split.expression { conditions.insert(text(expression), at: 0) }
    return Condition(test: conjunction(conditions.map(\.test)), ids: conditions.lazy.compactMap(\.ids).first)
  }

  private func any(_ parts: [Query]) throws -> Condition {
    if let expression = fullTextExpression(of: .any(parts)) { return text(expression) }
    let conditions = try parts.map(condition(of:))
    let ids = conditions.compactMap(\.ids)
    return Condition(
      test: "(" + SQLFragment.joined(conditions.map(\.test), by: " OR ") + ")",
      ids: ids.count == conditions.count ? SQLFragment.joined(ids, by: " UNION ") : nil,
      idsAreExact: conditions.allSatisfy(\.idsAreExact))
  }

  /// All of `tests`, in parentheses.
  func conjunction(_ tests: [SQLFragment]) -> SQLFragment {
    tests.isEmpty ? SQLFragment("1") : "(" + SQLFragment.joined(tests, by: " AND ") + ")"
  }

  private func text(_ expression: String) -> Condition {
    let ids = SQLFragment("SELECT rowid FROM text WHERE text MATCH ?", .text(expression))
    return Condition(test: "# IN (" + ids + ")", ids: ids, idsAreExact: true)
  }

  // MARK: Conversations, folders, tags

  private func messageID(_ id: String) throws -> Condition {
    Condition(
      test: SQLFragment("m.message_id = ?", .text(id)),
      ids: SQLFragment("SELECT id FROM envelope WHERE hash = ?", .integer(try messageIDHash(id))))
  }

  /// The conversations in which a message with this Message-ID stands, or is answered though it isn't here.
  private func threads(ofMessageID id: String) throws -> [Int64] {
    let hash = SQLFragment.Value.integer(try messageIDHash(id))
    let here = SQLFragment(
      "SELECT m.thread FROM envelope e JOIN message m USING(id) WHERE e.hash = ? AND m.message_id = ?", hash, .text(id))
    let found = try integers(here)
    if !found.isEmpty { return found }
    return try integers(
      SQLFragment(
        """
        SELECT coalesce(a.target, r.thread) FROM reference r LEFT JOIN thread_alias a ON a.thread = r.thread
        WHERE r.hash = ?
        """, hash))
  }

  private func thread(_ numbers: [Int64]) -> Condition {
    let list = SQLFragment.list(numbers)
    return Condition(
      test: SQLFragment("m.thread IN \(list)"), ids: SQLFragment("SELECT id FROM message WHERE thread IN \(list)"),
      idsAreExact: true)
  }

  private func folder(_ glob: Glob) throws -> Condition {
    let found = names.folders(matching: glob)
    // A system folder that is not on disk yet is empty.
    guard !found.isEmpty || glob.isPattern || names.isSystemFolder(glob.source) else {
      throw StoreError.noSuchFolder(glob.source)
    }
    let list = SQLFragment.list(found.map(\.id))
    let test = SQLFragment("m.folder IN \(list)")
    let total = found.reduce(0) { $0 + $1.total }
    return total > 20_000
      ? Condition(test: test)
      : Condition(
        test: test, ids: SQLFragment("SELECT id FROM message WHERE folder IN \(list)"),
        idsAreExact: true)
  }

  private func tag(_ glob: Glob) throws -> Condition {
    let statement = try database.prepare("SELECT id, name FROM state.tag")
    var found: [Int64] = []
    while try statement.step() {
      if glob.matches(statement.text(1)) { found.append(statement.integer(0)) }
    }
    if found.isEmpty { return .never }
    let list = SQLFragment.list(found)
    return Condition(
      test: SQLFragment("EXISTS (SELECT 1 FROM state.message_tag WHERE message = # AND tag IN \(list))"),
      ids: SQLFragment("SELECT message FROM state.message_tag WHERE tag IN \(list)"), idsAreExact: true)
  }

  // MARK: Numbers of the message's row

  private func time(_ kind: TimeKind, _ range: TimeRange) -> Condition {
    Condition(test: bounds(on: "m.\(kind.rawValue)", from: range.start, to: range.end, end: "<"))
  }

  private func size(_ range: SizeRange) -> Condition {
    Condition(test: bounds(on: "m.size", from: range.least, to: range.most, end: "<="))
  }

  private func bounds(on column: String, from least: Int64?, to most: Int64?, end: String) -> SQLFragment {
    var tests: [SQLFragment] = []
    if let least { tests.append(SQLFragment("\(column) >= ?", .integer(least))) }
    if let most { tests.append(SQLFragment("\(column) \(end) ?", .integer(most))) }
    return conjunction(tests)
  }

  private func state(_ state: MessageState) -> Condition {
    func flag(_ flag: MessageFlags) -> Condition { Condition(test: SQLFragment("m.flags & \(flag.rawValue) <> 0")) }
    switch state {
    case .unread: return Condition(test: SQLFragment("m.flags & \(MessageFlags.seen.rawValue) = 0"))
    case .flagged: return flag(.flagged)
    case .answered: return flag(.answered)
    case .forwarded: return flag(.forwarded)
    case .draft: return flag(.draft)
    case .trashed: return flag(.trashed)
    case .attachment: return flag(.attachment)
    case .list: return flag(.list)
    case .signed: return flag(.signed)
    case .encrypted: return flag(.encrypted)
    case .highPriority: return flag(.highPriority)
    case .lowPriority: return flag(.lowPriority)
    case .comment:
      return Condition(
        test: SQLFragment("EXISTS (SELECT 1 FROM state.comment WHERE message = #)"),
        ids: SQLFragment("SELECT message FROM state.comment"), idsAreExact: true)
    case .tag:
      return Condition(
        test: SQLFragment("EXISTS (SELECT 1 FROM state.message_tag WHERE message = #)"),
        ids: SQLFragment("SELECT message FROM state.message_tag"), idsAreExact: true)
    }
  }

  /// The first column of all rows.
  func integers(_ fragment: SQLFragment) throws -> [Int64] {
    let statement = try fragment.prepare(in: database)
    var found: [Int64] = []
    while try statement.step() { found.append(statement.integer(0)) }
    return found
  }
}
