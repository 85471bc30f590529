internal import MailSQLite

extension Store {
  static let rowColumns = """
    m.id, m.folder, m.name, m.flags, m.date, m.received, m.size, m.thread, m.sender, m.sender_address, m.recipients,
    m.subject, m.message_id
    """

  /// Calls `body` with every message that `request` asks for, in its order. What `body` throws comes through.
  public func list(_ request: ListRequest, _ body: (MessageRow) throws -> Void) throws {
    try passingErrors {
      let annotations = try Annotations(index: index())
      try forEachRow(of: request, columns: Store.rowColumns) { statement in
        var row = MessageRow(statement)
        try annotations.complete(&row)
        try body(row)
      }
    }
  }

  /// Calls `body` with folder, name (below the folder) and Message-ID of every message that `request` asks for: the quick
  /// way for those who need no more.
  public func listNames(
    _ request: ListRequest, _ body: (_ folder: Int64, _ name: Span<UInt8>, _ messageID: Span<UInt8>) throws -> Void
  ) throws {
    try passingErrors {
      try forEachRow(of: request, columns: "m.folder, m.name, m.message_id") { statement in
        try statement.withBytes(1) { name in
          try statement.withBytes(2) { messageID in try body(statement.integer(0), name, messageID) }
        }
      }
    }
  }

  /// The ids of the messages that `request` asks for, in its order.
  public func listIDs(_ request: ListRequest) throws(StoreError) -> [Int64] {
    try asStoreError {
      var ids: [Int64] = []
      try forEachRow(of: request, columns: "m.id") { ids.append($0.integer(0)) }
      return ids
    }
  }

  /// Runs the statement for `request`. The columns come from `m` (message) and, where text is sorted, `e` (envelope).
  func forEachRow(of request: ListRequest, columns: String, _ body: (Statement) throws -> Void) throws {
    let database = try index()
    if let ids = request.ids, request.sort == nil {
      return try forEachRow(ids: ids, request: request, columns: columns, database, body)
    }
    let condition = try ListCondition(request, store: self)
    let join = request.sort == .subject ? " JOIN envelope e ON e.id = m.id" : ""
    let limit = request.limit.map { " LIMIT \($0)" } ?? ""
    let statement = try database.prepare(
      "SELECT \(columns) FROM message m\(join) WHERE \(condition.sql) ORDER BY \(Store.order(request))\(limit)")
    condition.bind(to: statement)
    while try statement.step() { try body(statement) }
  }

  private func forEachRow(
    ids: [Int64], request: ListRequest, columns: String, _ database: Database, _ body: (Statement) throws -> Void
  ) throws {
    var others = request
    others.ids = nil
    if others.folders == nil { others.folders = [] }
    let condition = try ListCondition(others, store: self, anyFolder: request.folders == nil)
    let statement = try database.prepare(
      "SELECT \(columns) FROM message m WHERE m.id = ?9 AND \(condition.sql)", lasting: true)
    condition.bind(to: statement)
    var left = request.limit ?? .max
    // One look at the database for all of them: each statement alone would lock and unlock it.
    try reading {
      for id in request.reverse ? ids.reversed() : ids where left > 0 {
        statement.bind(id, at: 9)
        if try statement.step() {
          try body(statement)
          left -= 1
          statement.reset()
        }
      }
    }
  }

  private static func order(_ request: ListRequest) -> String {
    let down = request.reverse ? "ASC" : "DESC"
    let up = request.reverse ? "DESC" : "ASC"
    switch request.sort ?? .date {
    case .date: return "m.date \(down), m.id \(down)"
    case .received: return "m.received \(down), m.id \(down)"
    case .size: return "m.size \(down), m.id \(down)"
    case .from: return "m.sender COLLATE NOCASE \(up), m.date \(down), m.id \(down)"
    case .subject: return "e.subject_key \(up), m.date \(down), m.id \(down)"
    }
  }
}

/// The WHERE part of a list, with its parameters (2 and 3; 9 is the id where messages are looked up one by one).
struct ListCondition {
  private(set) var sql: String
  private let since: Int64?
  private let ids: String?

  init(_ request: ListRequest, store: Store, anyFolder: Bool = false) throws {
    var parts: [String] = []
    // Messages that are named are meant wherever they lie.
    if anyFolder || (request.ids != nil && request.folders == nil) {
      parts = []
    } else if let folders = request.folders {
      let ids = folders.map { String($0.id) }
      parts.append(ids.count == 1 ? "m.folder = \(ids[0])" : "+m.folder IN (\(ids.joined(separator: ",")))")
    } else {
      let hidden = try store.hiddenFolders()
      if !hidden.isEmpty { parts.append("+m.folder NOT IN (\(hidden.map(String.init).joined(separator: ",")))") }
    }
    if request.unreadOnly { parts.append("NOT m.flags & \(MessageFlags.seen.rawValue)") }
    if !request.required.isEmpty {
      parts.append("m.flags & \(request.required.rawValue) = \(request.required.rawValue)")
    }
    for group in request.tags {
      let tags = group.map(String.init).joined(separator: ",")
      parts.append("m.id IN (SELECT message FROM state.message_tag WHERE tag IN (\(tags)))")
    }
    since = request.since
    if since != nil { parts.append("m.date >= ?2") }
    if let thread = request.thread { parts.append("m.thread = \(thread)") }
    ids = request.ids.map { "[" + $0.map(String.init).joined(separator: ",") + "]" }
    if ids != nil { parts.append("m.id IN (SELECT value FROM json_each(?3))") }
    sql = parts.isEmpty ? "1" : parts.joined(separator: " AND ")
  }

  func bind(to statement: Statement) {
    if let since { statement.bind(since, at: 2) }
    if let ids { statement.bind(ids, at: 3) }
  }
}

extension MessageRow {
  /// The row of a statement whose columns are `Store.rowColumns`.
  init(_ statement: Statement) {
    self.init(
      id: statement.integer(0), folder: statement.integer(1), name: statement.text(2),
      flags: MessageFlags(rawValue: statement.integer(3)), date: statement.integer(4), received: statement.integer(5),
      size: statement.integer(6), thread: statement.integer(7), sender: statement.text(8),
      senderAddress: statement.text(9), recipients: statement.text(10), subject: statement.text(11),
      messageID: statement.text(12), tags: [])
  }
}

/// Tags and comments, looked up for rows one by one; nothing is asked where the store has none.
struct Annotations {
  private let tags: Statement?
  private let comments: Statement?

  init(index: Database) throws {
    tags =
      try index.integer("SELECT 1 FROM state.message_tag LIMIT 1") == nil
      ? nil
      : index.prepare(
        """
        SELECT t.name FROM state.message_tag mt JOIN state.tag t ON t.id = mt.tag WHERE mt.message = ?1
        ORDER BY t.name COLLATE NOCASE
        """, lasting: true)
    comments =
      try index.integer("SELECT 1 FROM state.comment LIMIT 1") == nil
      ? nil : index.prepare("SELECT text FROM state.comment WHERE message = ?1", lasting: true)
  }

  func complete(_ row: inout MessageRow) throws {
    (row.tags, row.comment) = try of(row.id)
    if row.comment != nil { row.flags.insert(.commented) }
  }

  /// The tags of a message, and the comment on it.
  func of(_ id: Int64) throws -> (tags: [String], comment: String?) {
    var names: [String] = []
    if let tags {
      tags.bind(id, at: 1)
      while try tags.step() { names.append(tags.text(0)) }
    }
    guard let comments else { return (names, nil) }
    comments.bind(id, at: 1)
    guard try comments.step() else { return (names, nil) }
    defer { comments.reset() }
    return (names, comments.text(0))
  }
}
