internal import MailSQLite

extension Store {
  /// The most bytes that a comment has.
  public static let longestComment = 65_536

  /// The owner's comment on a message.
  public func comment(on id: Int64) throws(StoreError) -> String? {
    try asStoreError {
      let select = try index().prepare("SELECT text FROM state.comment WHERE message = ?1")
      select.bind(id, at: 1)
      return try select.step() ? select.text(0) : nil
    }
  }

  /// Writes `text` as the comment on each of the messages, or takes their comments away where it is nil. On the disk when
  /// this returns. Gives how many messages have another comment than before.
  /// Stops between two batches when an interrupt asks for it.
  @discardableResult
  public func setComment(
    _ ids: [Int64], _ text: String?, progress: ((Int) -> Void)? = nil
  ) throws(StoreError) -> Int {
    if isReadOnly { throw .readOnly(root) }
    if let text, text.utf8.count > Self.longestComment { throw .commentTooLong(limit: Self.longestComment) }
    return try asStoreError {
      let state = try stateWriter()
      var changed = 0
      try inBatches(ids, progress: progress) { ids in
        changed += try state.transaction { try changeComments(ids, text, in: state) }
      }
      try checkpoint()
      return changed
    }
  }

  private func changeComments(_ ids: ArraySlice<Int64>, _ text: String?, in state: Database) throws -> Int {
    let statement = try state.prepare(
      text == nil
        ? "DELETE FROM comment WHERE message = ?1"
        : """
        INSERT INTO comment(message, text, changed) SELECT id, ?2, unixepoch() FROM message WHERE id = ?1
        ON CONFLICT(message) DO UPDATE SET text = excluded.text, changed = excluded.changed WHERE text <> excluded.text
        """)
    var changed = 0
    for id in ids {
      statement.bind(id, at: 1)
      if let text { statement.bind(text, at: 2) }
      try statement.run()
      changed += state.changes
    }
    return changed
  }
}
