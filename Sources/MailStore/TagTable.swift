internal import MailSQLite

/// The numbers of the tags, by name, as one transaction of `state.db` sees and makes them.
struct TagTable {
  private let state: Database
  private let insert: Statement
  private var numbers: [String: Int64] = [:]
  /// The names of the tags that were made.
  private(set) var made: [String] = []

  /// Reads the tags of `state`, in which a transaction is open.
  init(_ state: Database) throws {
    self.state = state
    insert = try state.prepare("INSERT OR IGNORE INTO message_tag(message, tag) VALUES(?1, ?2)")
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

  /// Puts the tag `name` on a message. A name that no tag can have is passed over.
  mutating func add(_ name: String, to message: Int64) throws {
    if number(of: name) == nil, TagName.problem(with: name) != nil { return }
    insert.bind(message, at: 1)
    insert.bind(try number(making: name), at: 2)
    try insert.run()
  }
}
