internal import MailSQLite
internal import MailSystem
internal import Maildir

extension Store {
  /// Runs `body` on one state of the index: many small questions cost less together, and their answers agree.
  public func reading<Value>(_ body: () throws -> Value) throws -> Value {
    let database = try index()
    guard database.isAutocommit else { return try body() }
    try asStoreError { try database.execute("BEGIN") }
    defer { database.rollBack() }
    return try body()
  }

  /// The number of the message that the file `path` is or was, as `message(path:)` finds it.
  public func messageNumber(path: String) throws(StoreError) -> Int64? {
    guard let place = folderPath(of: path) else { return nil }
    let key = Array(MessageName(lastComponent(of: path)).key.utf8)
    guard !key.isEmpty else { return nil }
    return try asStoreError {
      if let successor = try successor(ofKey: key, inFolder: place) { return successor }
      let select = try cachedStatement(
        """
        SELECT m.id FROM state.message s JOIN main.message m ON m.id = s.id WHERE s.key = ?1 AND s.vanished IS NULL
        ORDER BY m.folder <> coalesce((SELECT id FROM main.folder WHERE path = ?2), 0), m.id LIMIT 1
        """)
      select.bind(text: Array(key), at: 1)
      select.bind(place, at: 2)
      guard try select.step() else { return nil }
      defer { select.reset() }
      return select.integer(0)
    }
  }

  /// The numbers of the messages with this Message-ID (without angle brackets).
  public func messageNumbers(messageID: String) throws(StoreError) -> [Int64] {
    let hash = try messageIDHash(messageID)
    return try asStoreError {
      let select = try cachedStatement(
        """
        SELECT m.id FROM envelope e JOIN main.message m ON m.id = e.id WHERE e.hash = ?1 AND m.message_id = ?2
        ORDER BY m.id
        """)
      select.bind(hash, at: 1)
      select.bind(messageID, at: 2)
      var numbers: [Int64] = []
      while try select.step() { numbers.append(select.integer(0)) }
      return numbers
    }
  }
}
