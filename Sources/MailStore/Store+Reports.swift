internal import MailSQLite
internal import MailSystem
internal import Maildir

extension Store {
  /// What reports say of the message `row`, in the order of their dates: who has read it, who never got it. What lies in
  /// the store is all that is known; a report that is removed is forgotten.
  public func reports(on row: MessageRow) throws(StoreError) -> [MessageReport] {
    guard !row.messageID.isEmpty else { return [] }
    let hash = try messageIDHash(row.messageID)
    return try asStoreError {
      let select = try cachedStatement(
        """
        SELECT message, kind, time, recipient, status, words FROM report
        WHERE original = ?1 AND message <> ?2 ORDER BY time, message, place
        """)
      select.bind(hash, at: 1)
      select.bind(row.id, at: 2)
      var reports: [MessageReport] = []
      var seen: Set<[String]> = []
      while try select.step() {
        guard let kind = MessageReport.Kind(rawValue: select.text(1)) else { continue }
        let report = MessageReport(
          message: select.integer(0), kind: kind, time: select.integer(2), recipient: select.text(3),
          status: select.text(4), words: select.text(5))
        // A copy of a report says nothing new.
        let key = [kind.rawValue, String(report.time), report.recipient, report.words]
        if seen.insert(key).inserted { reports.append(report) }
      }
      return reports
    }
  }

  /// The messages whose senders ask for a receipt and have had no answer, newest first: all but those in Trash, Junk, Sent,
  /// Drafts and Templates, and those that the owner has written.
  public func receiptRequests() throws(StoreError) -> [MessageRow] {
    let hidden = try folders().filter { folder in
      switch folder.role {
      case .trash, .junk, .sent, .drafts, .templates: true
      default: false
      }
    }
    let ids = try asStoreError {
      let select = try index().prepare(
        """
        SELECT id FROM message INDEXED BY message_asking WHERE flags & \(MessageFlags.asksReceipt.rawValue)
          AND folder NOT IN (\(hidden.map { String($0.id) }.joined(separator: ",")))
          AND id NOT IN (SELECT message FROM state.message_keyword WHERE keyword = '\(SystemKeyword.mdnSent.rawValue)')
        ORDER BY date DESC, id DESC
        """)
      var ids: [Int64] = []
      while try select.step() { ids.append(select.integer(0)) }
      return ids
    }
    var rows: [MessageRow] = []
    for id in ids {
      guard let row = try message(id: id), try !isReceiptAnswered(row) else { continue }
      rows.append(row)
    }
    return rows
  }

  /// A receipt was sent for the message, or refused: here, or by a client of an IMAP server that keeps its keywords in the
  /// names of the files. RFC 3503, section 3.
  public func isReceiptAnswered(_ row: MessageRow) throws(StoreError) -> Bool {
    if try keywords(of: row.id).contains(.mdnSent) { return true }
    let folder = try folderDirectory(row.folder)
    return try asStoreError {
      try DovecotKeywords(folder: folder).keywords(ofFile: lastComponent(of: row.name)).contains {
        $0.lowercased() == SystemKeyword.mdnSent.rawValue.lowercased()
      }
    }
  }
}
