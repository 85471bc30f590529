internal import MailSQLite

extension Store {
  /// The messages that have no Message-ID, with their sizes in bytes.
  public func messagesWithoutID() throws(StoreError) -> [(id: Int64, size: Int64)] {
    try asStoreError {
      let select = try index().prepare("SELECT id, size FROM message WHERE message_id = ''")
      var found: [(id: Int64, size: Int64)] = []
      while try select.step() { found.append((select.integer(0), select.integer(1))) }
      return found
    }
  }
}
