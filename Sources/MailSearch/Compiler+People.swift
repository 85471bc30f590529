internal import MailBytes
internal import MailQuery
internal import MailSQLite

extension Compiler {
  /// Somebody's part in a message: `correspondent.role` in the index.
  private func roleNumbers(_ roles: AddressTerm.Roles) -> [Int64] {
    let numbers: [(AddressTerm.Roles, Int64)] = [
      (.from, 1), (.sender, 2), (.replyTo, 3), (.to, 4), (.cc, 5), (.bcc, 6),
    ]
    return numbers.filter { roles.contains($0.0) }.map(\.1)
  }

  func address(_ term: AddressTerm) throws -> Condition {
    let roles = SQLFragment.list(roleNumbers(term.roles))
    switch term.person {
    case .address(let address):
      return try correspondents(SQLFragment("SELECT id FROM address WHERE address = ?", .text(address)), roles: roles)
    case .domain(let domain):
      let ending = SQLFragment.Value.text("." + domain)
      return try correspondents(
        SQLFragment(
          "SELECT id FROM address WHERE domain = ? OR substr(domain, -length(?)) = ?", .text(domain), ending, ending),
        roles: roles)
    case .anyone:
      return Condition(
        test: SQLFragment("# IN (SELECT message FROM correspondent WHERE role IN \(roles))"),
        ids: SQLFragment("SELECT message FROM correspondent WHERE role IN \(roles)"), idsAreExact: true)
    }
  }

  /// Messages of lists whose List-Id is `name`, or has it as a part between dots. `name` may be a glob.
  func list(_ name: String) throws -> Condition {
    let addresses: SQLFragment
    if name.utf8.contains(UInt8(ascii: "*")) || name.utf8.contains(UInt8(ascii: "?")) {
      addresses = SQLFragment("SELECT id FROM address WHERE address GLOB ?", .text(escaped(name)))
    } else {
      addresses = SQLFragment(
        "SELECT id FROM address WHERE instr('.' || address || '.', ?) > 0", .text(".\(name)."))
    }
    return try correspondents(addresses, roles: "(7)")
  }

  /// A glob in which "[" is itself.
  private func escaped(_ glob: String) -> String {
    glob.split(separator: "[", omittingEmptySubsequences: false).joined(separator: "[[]")
  }

  /// Messages in which somebody whose address `addresses` gives has one of `roles`.
  private func correspondents(_ addresses: SQLFragment, roles: String) throws -> Condition {
    let found = try integers(addresses + " LIMIT 5")
    if found.isEmpty { return .never }
    // A few addresses are looked up for each message; many would be slower than a set made once.
    if found.count < 5 {
      let list = SQLFragment.list(found)
      return Condition(
        test: SQLFragment(
          "EXISTS (SELECT 1 FROM correspondent WHERE address IN \(list) AND message = # AND role IN \(roles))"),
        ids: SQLFragment("SELECT message FROM correspondent WHERE address IN \(list) AND role IN \(roles)"),
        idsAreExact: true)
    }
    let ids = "SELECT message FROM correspondent WHERE address IN (" + addresses + ") AND role IN \(roles)"
    return Condition(test: "# IN (" + ids + ")", ids: ids, idsAreExact: true)
  }

  // MARK: Comments

  /// Comments are few: their words go into a table of this connection alone, so that they are found as those of
  /// messages are.
  func comment(_ term: TextTerm) throws -> Condition {
    try database.execute(
      """
      CREATE VIRTUAL TABLE IF NOT EXISTS temp.comment_text
      USING fts5(words, content='', tokenize="unicode61 remove_diacritics 2")
      """)
    if try database.integer("SELECT 1 FROM temp.comment_text_docsize LIMIT 1") == nil {
      let comments = try database.prepare("SELECT message, text FROM state.comment")
      let insert = try database.prepare("INSERT INTO temp.comment_text(rowid, words) VALUES(?, ?)")
      while try comments.step() {
        insert.bind(comments.integer(0), at: 1)
        insert.bind(cjkBigrams(comments.text(1)), at: 2)
        try insert.run()
      }
    }
    let ids = SQLFragment(
      "SELECT rowid FROM temp.comment_text WHERE comment_text MATCH ?",
      .text(fullTextExpression(of: term, columns: false)))
    return Condition(test: "# IN (" + ids + ")", ids: ids, idsAreExact: true)
  }
}
