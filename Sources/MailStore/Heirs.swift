internal import MailSQLite

/// Tags and comments of messages that another program moved by writing them again under another name, as mutt and
/// synchronising programs do: what comes with the Message-ID of one that went takes over what its owner said of it.
///
/// Keys tell of all other moves. A delivery (a file in `new/`) never takes anything from a message that is still there: it is
/// the same mail once more, as from a list.
struct Heirs {
  private let state: Database
  private let index: Database
  private let hasAnnotations: Bool
  private let isAnnotated: Statement
  private let note: Statement
  private let messageID: Statement

  init(state: Database, index: Database) throws {
    self.state = state
    self.index = index
    hasAnnotations =
      try state.integer("SELECT 1 FROM message_tag LIMIT 1") != nil
      || state.integer("SELECT 1 FROM comment LIMIT 1") != nil
      || state.integer("SELECT 1 FROM message_keyword LIMIT 1") != nil
    isAnnotated = try state.prepare(
      """
      SELECT 1 FROM message_tag WHERE message = ?1 UNION ALL SELECT 1 FROM comment WHERE message = ?1
      UNION ALL SELECT 1 FROM message_keyword WHERE message = ?1 LIMIT 1
      """, lasting: true)
    note = try state.prepare("INSERT OR REPLACE INTO departed(message, message_id) VALUES(?1, ?2)", lasting: true)
    messageID = try index.prepare("SELECT message_id FROM message WHERE id = ?1", lasting: true)
  }

  /// Remembers by which Message-ID a message that has gone will be known again. In a transaction of `state.db`, before the
  /// index forgets it.
  func remember(_ id: Int64) throws {
    guard hasAnnotations, try hasAnnotation(id), let text = try messageID(of: id) else { return }
    note.bind(id, at: 1)
    note.bind(text, at: 2)
    try note.run()
  }

  /// Gives new messages, which the index has, what belongs to those they stand for.
  func settle(_ arrivals: [Arrival]) throws {
    guard hasAnnotations else { return }
    let departed = try state.prepare(
      """
      SELECT d.message FROM departed d JOIN message m ON m.id = d.message
      WHERE d.message_id = ?1 AND m.vanished IS NOT NULL ORDER BY m.vanished DESC LIMIT 1
      """)
    let others = try index.prepare(
      """
      SELECT other.id FROM envelope own JOIN envelope other ON other.hash = own.hash AND other.id < own.id
      WHERE own.id = ?1 ORDER BY other.id DESC LIMIT 16
      """)
    var pairs: [(heir: Int64, source: Int64, hasGone: Bool)] = []
    for arrival in arrivals where !arrival.mayBeIndexed {
      guard let text = try messageID(of: arrival.id) else { continue }
      departed.bind(text, at: 1)
      if try departed.step() {
        pairs.append((arrival.id, departed.integer(0), true))
        departed.reset()
      } else if !arrival.flags.contains(.recent) {
        others.bind(arrival.id, at: 1)
        while try others.step() {
          guard try hasAnnotation(others.integer(0)) else { continue }
          pairs.append((arrival.id, others.integer(0), false))
          break
        }
        others.reset()
      }
    }
    guard !pairs.isEmpty else { return }
    try state.transaction {
      for (heir, source, hasGone) in pairs {
        try state.execute(
          """
          INSERT OR IGNORE INTO message_tag(message, tag) SELECT \(heir), tag FROM message_tag WHERE message = \(source);
          INSERT OR IGNORE INTO message_keyword(message, keyword)
            SELECT \(heir), keyword FROM message_keyword WHERE message = \(source);
          INSERT OR IGNORE INTO comment(message, text, changed)
            SELECT \(heir), text, changed FROM comment WHERE message = \(source);
          """)
        if hasGone { try state.execute("DELETE FROM departed WHERE message = \(source)") }
      }
    }
  }

  private func hasAnnotation(_ id: Int64) throws -> Bool {
    isAnnotated.bind(id, at: 1)
    defer { isAnnotated.reset() }
    return try isAnnotated.step()
  }

  /// Nil for one that has none.
  private func messageID(of id: Int64) throws -> String? {
    messageID.bind(id, at: 1)
    guard try messageID.step() else { return nil }
    defer { messageID.reset() }
    let text = messageID.text(0)
    return text.isEmpty ? nil : text
  }
}
