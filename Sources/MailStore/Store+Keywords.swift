internal import MailSQLite

extension Store {
  /// Takes system keywords off messages and puts them on. On the disk when this returns; gives how many messages have
  /// others than before. Numbers that no message has are passed over.
  @discardableResult
  public func changeKeywords(
    _ ids: [Int64], add: Set<SystemKeyword> = [], remove: Set<SystemKeyword> = []
  ) throws(StoreError) -> Int {
    let changed = try changingState { state in
      let folder = try state.prepare("SELECT folder FROM message WHERE id = ?1")
      let insert = try state.prepare("INSERT OR IGNORE INTO message_keyword(message, keyword) VALUES(?1, ?2)")
      let delete = try state.prepare("DELETE FROM message_keyword WHERE message = ?1 AND keyword = ?2")
      var folders: [Int64: [Int64]] = [:]
      for id in ids {
        folder.bind(id, at: 1)
        guard try folder.step() else { continue }
        let number = folder.integer(0)
        folder.reset()
        var count = 0
        for (statement, keywords) in [(delete, remove), (insert, add)] {
          for keyword in keywords {
            statement.bind(id, at: 1)
            statement.bind(keyword.rawValue, at: 2)
            try statement.run()
            count += state.changes
          }
        }
        if count > 0 { folders[number, default: []].append(id) }
      }
      for (folder, changed) in folders {
        try state.execute("UPDATE folder SET modseq = modseq + 1 WHERE id = \(folder)")
        for id in changed {
          try state.execute(
            """
            UPDATE message SET modseq = (SELECT modseq FROM folder WHERE folder.id = \(folder)) WHERE id = \(id)
            """)
        }
      }
      return folders.values.reduce(0) { $0 + $1.count }
    }
    return changed
  }

  /// The system keywords of a message.
  public func keywords(of id: Int64) throws(StoreError) -> Set<SystemKeyword> {
    try asStoreError {
      let select = try index().prepare("SELECT keyword FROM state.message_keyword WHERE message = ?1")
      select.bind(id, at: 1)
      var keywords: Set<SystemKeyword> = []
      while try select.step() {
        if let keyword = SystemKeyword(rawValue: select.text(0)) { keywords.insert(keyword) }
      }
      return keywords
    }
  }
}
