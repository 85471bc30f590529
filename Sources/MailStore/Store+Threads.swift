internal import MailSQLite

extension Store {
  /// The conversations among the messages that `request` asks for, as rows of trees.
  ///
  /// Sorted by their newest message, newest first, or by their root for the other orders. `unreadOnly` keeps conversations
  /// with an unread message, whole; `limit` counts conversations.
  public func threads(_ request: ListRequest) throws(StoreError) -> [ThreadRow] {
    try asStoreError {
      var conversations = try forest(of: request).conversations()
      if request.unreadOnly { conversations.removeAll { ($0.first?.unread ?? 0) == 0 } }
      try sort(&conversations, request)
      if let limit = request.limit, conversations.count > limit { conversations.removeSubrange(limit...) }
      var rows: [ThreadRow] = []
      rows.reserveCapacity(conversations.reduce(0) { $0 + $1.count })
      for conversation in conversations { rows.append(contentsOf: conversation) }
      return rows
    }
  }

  private func forest(of request: ListRequest) throws -> ThreadForest {
    var all = request
    all.unreadOnly = false
    let condition = try ListCondition(all, store: self)
    let database = try index()
    // By id first, so that both tables are read from front to back; then in the order of dates.
    let select = try database.prepare(
      """
      SELECT m.id, m.thread, m.date, m.flags & 1, e.hash, e.refs FROM message m JOIN envelope e ON e.id = m.id
      WHERE \(condition.sql) ORDER BY m.date, m.id
      """)
    condition.bind(to: select)
    var forest = ThreadForest(expecting: 1024)
    while try select.step() {
      let message = ThreadForest.Message(
        id: select.integer(0), thread: select.integer(1), date: select.integer(2), isUnread: select.integer(3) == 0,
        hash: select.isNull(4) ? nil : select.integer(4))
      select.withBytes(5) { forest.add(message, references: $0) }
    }
    return forest
  }

  private func sort(_ conversations: inout [ArraySlice<ThreadRow>], _ request: ListRequest) throws {
    switch request.sort ?? .date {
    case .date, .received:
      conversations.sort { first, second in
        guard let one = first.first, let other = second.first else { return false }
        if one.newest == other.newest { return (one.thread > other.thread) != request.reverse }
        return (one.newest > other.newest) != request.reverse
      }
    default:
      var roots = request
      roots.unreadOnly = false
      roots.limit = nil
      var ranks: [Int64: Int] = [:]
      for (rank, id) in try listIDs(roots).enumerated() { ranks[id] = rank }
      conversations.sort { (ranks[$0.first?.id ?? 0] ?? .max) < (ranks[$1.first?.id ?? 0] ?? .max) }
    }
  }
}
