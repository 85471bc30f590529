internal import MailSQLite

/// The numbers of the tags, by name, as one transaction of `state.db` sees and makes them.
struct TagTable {
  private let state: Database
  private var numbers: [String: Int64] = [:]
  /// The names of the tags that were made.
  private(set) var made: [String] = []

  /// Reads the tags of `state`, in which a transaction is open.
  init(_ state: Database) throws {
    self.state = state
    let select = try state.prepare("SELECT id, name FROM tag")
    while try select.step() { numbers[TagName.folded(select.text(1))] = select.integer(0) }
  }

  /// The number of the tag `name`, in whatever case.
  func number(of name: String) -> Int64? { numbers[TagName.folded(name)] }

  /// The number of the tag `name`, which is made if it isn't there.
  mutating func number(making name: String) throws -> Int64 {
    if let number = number(of: name) { return number }
    if let problem = TagName.problem(with: name) { throw StoreError.badTagName(name, reason: problem) }
    let insert = try state.prepare("INSERT INTO tag(name) VALUES(?1)")
    insert.bind(name, at: 1)
    try insert.run()
    numbers[TagName.folded(name)] = state.lastInsertedRow
    made.append(name)
    return state.lastInsertedRow
  }
}
