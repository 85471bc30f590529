internal import MailSQLite

extension Store {
  /// The colours of the tags that have one, by name.
  public func tagColours() throws(StoreError) -> [String: TagColour] {
    try asStoreError {
      let select = try index().prepare("SELECT name, colour FROM state.tag WHERE colour IS NOT NULL")
      var colours: [String: TagColour] = [:]
      while try select.step() { colours[select.text(0)] = TagColour(select.text(1)) }
      return colours
    }
  }

  /// The names and numbers of all tags, without counting messages.
  public func tagNames() throws(StoreError) -> [(name: String, id: Int64)] {
    try asStoreError {
      let select = try index().prepare("SELECT name, id FROM state.tag")
      var names: [(name: String, id: Int64)] = []
      while try select.step() { names.append((select.text(0), select.integer(1))) }
      return names
    }
  }

  /// All tags by name, with how many messages have them. Call `synchronise` before.
  public func tags() throws(StoreError) -> [Tag] {
    try asStoreError {
      let hidden = try hiddenFolders().map(String.init).joined(separator: ",")
      let select = try index().prepare(
        """
        SELECT t.id, t.name, t.colour, count(m.id), coalesce(sum(NOT m.flags & \(MessageFlags.seen.rawValue)), 0)
        FROM state.tag t LEFT JOIN state.message_tag mt ON mt.tag = t.id
          LEFT JOIN main.message m ON m.id = mt.message AND m.folder NOT IN (\(hidden))
        GROUP BY t.id
        """)
      var tags: [Tag] = []
      while try select.step() {
        tags.append(
          Tag(
            id: select.integer(0), name: select.text(1), colour: select.optionalText(2).flatMap { TagColour($0) },
            total: Int(select.integer(3)), unread: Int(select.integer(4))))
      }
      return tags.sorted { TagName.folded($0.name) < TagName.folded($1.name) }
    }
  }

  /// Makes a tag. An error if there is one of this name, in whatever case.
  public func createTag(_ name: String, colour: TagColour? = nil) throws(StoreError) {
    try changingState { state in
      var tags = try TagTable(state)
      if tags.number(of: name) != nil { throw StoreError.tagExists(name) }
      try setColour(colour, ofTag: tags.number(making: name), in: state)
    }
  }

  /// Gives the tag `name` a colour, or takes it away.
  public func setColour(_ colour: TagColour?, ofTag name: String) throws(StoreError) {
    try changingState { state in
      guard let number = try TagTable(state).number(of: name) else { throw StoreError.noSuchTag(name) }
      try setColour(colour, ofTag: number, in: state)
    }
  }

  private func setColour(_ colour: TagColour?, ofTag number: Int64, in state: Database) throws {
    let update = try state.prepare("UPDATE tag SET colour = ?2 WHERE id = ?1")
    update.bind(number, at: 1)
    update.bind(colour?.description, at: 2)
    try update.run()
  }

  /// Takes the tag `name` off all messages and forgets it. Gives how many messages had it.
  @discardableResult
  public func deleteTag(_ name: String) throws(StoreError) -> Int {
    try changingState { state in
      guard let number = try TagTable(state).number(of: name) else { throw StoreError.noSuchTag(name) }
      let having = "SELECT message FROM message_tag WHERE tag = \(number)"
      let count = try state.integer("SELECT count(*) FROM message WHERE vanished IS NULL AND id IN (\(having))")
      try state.execute(
        """
        UPDATE folder SET modseq = modseq + 1 WHERE id IN (SELECT folder FROM message WHERE id IN (\(having)));
        UPDATE message SET modseq = (SELECT modseq FROM folder WHERE folder.id = message.folder) WHERE id IN (\(having));
        DELETE FROM message_tag WHERE tag = \(number);
        DELETE FROM tag WHERE id = \(number);
        """)
      return Int(count ?? 0)
    }
  }

  /// Runs `body` in one transaction of `state.db`, which is on the disk when this returns.
  func changingState<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    if isReadOnly { throw .readOnly(root) }
    return try asStoreError {
      let state = try stateWriter()
      let value = try state.transaction { try body(state) }
      try checkpoint()
      return value
    }
  }
}
