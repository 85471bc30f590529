import MailSQLite
import MailStore
import MailSystem
import Testing

@Suite struct MoveTests {
  private func tag(_ store: Store, _ id: Int64, _ name: String, comment: String) throws {
    try store.stateWriter().execute(
      """
      INSERT OR IGNORE INTO tag(name) VALUES('\(name)');
      INSERT INTO message_tag(message, tag) SELECT \(id), id FROM tag WHERE name = '\(name)';
      INSERT INTO comment(message, text, changed) VALUES(\(id), '\(comment)', 0);
      """)
  }

  private func row(_ store: Store, _ subject: String) throws -> MessageRow {
    try #require(try store.allRows { $0.folders = try store.folders() }.first { $0.subject == subject })
  }

  @Test func aMovedMessageKeepsNumberFlagsTagsAndComment() throws {
    let mail = try TestStore(folders: [".Work"])
    try mail.deliver("x", flags: "FS")
    try mail.deliver("y")
    let store = try mail.synchronised()
    let (x, y) = (try row(store, "x"), try row(store, "y"))
    try tag(store, x.id, "tax", comment: "mine")
    let work = try store.folder(named: "Work")
    let result = try store.move([x.id, y.id, x.id], to: work)
    #expect(result.moved == [x.id, y.id] && result.missing == [] && result.unchanged == 0)
    #expect(try mail.names() == [])
    #expect(try mail.names(".Work").map { $0.prefix(4) } == ["cur/", "new/"])
    let moved = try row(store, "x")
    #expect(moved.id == x.id && moved.folder == work.id && moved.flags.isSuperset(of: [.flagged, .seen]))
    #expect(moved.tags == ["tax"])
    #expect(try store.comment(on: x.id) == "mine")
    #expect(try store.differences() == [])
    let again = try mail.synchronised()
    #expect(try again.differences() == [])
    #expect(try row(again, "x").id == x.id)
    #expect(try again.folder(named: "Inbox").total == 0 && again.folder(named: "Work").total == 2)
    #expect(try store.move([x.id], to: work).unchanged == 1)
  }

  @Test func whatAnotherProgramMovedOrRemovedHarmsNothing() throws {
    let mail = try TestStore(folders: [".Work", ".Other"])
    let first = try mail.deliver("first", flags: "S")
    let second = try mail.deliver("second", flags: "S")
    let third = try mail.deliver("third", flags: "S")
    let store = try mail.synchronised()
    let ids = try ["first", "second", "third"].map { try row(store, $0).id }
    try mail.rename(first, first + "F")
    try mail.rename(second, ".Other/" + second)
    try mail.remove(third)
    let result = try store.move(ids, to: store.folder(named: "Work"))
    #expect(result.moved == [ids[0], ids[1]])
    #expect(result.missing == [ids[2]])
    #expect(try row(store, "first").flags.contains(.flagged))
    #expect(try mail.names(".Work").count == 2)
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func twoMessagesOfOneNameBothSurvive() throws {
    let mail = try TestStore(folders: [".Work"])
    let path = try mail.deliver("one", flags: "S")
    try mail.deliver("two", to: ".Work", flags: "S")
    let other = try #require(try mail.names(".Work").first)
    let name = path.dropFirst(4).prefix { $0 != ":" }
    try mail.rename(".Work/" + other, ".Work/cur/\(name):2,F")
    let store = try mail.synchronised()
    let (one, two) = (try row(store, "one"), try row(store, "two"))
    try tag(store, one.id, "a", comment: "one")
    let result = try store.move([one.id], to: store.folder(named: "Work"))
    #expect(result.moved == [one.id])
    #expect(try mail.names(".Work").count == 2)
    let fresh = try mail.synchronised()
    #expect(try fresh.differences() == [])
    #expect(try row(fresh, "one").tags == ["a"] && row(fresh, "one").id == one.id)
    #expect(try row(fresh, "two").tags == [] && row(fresh, "two").id == two.id)
    #expect(try fresh.message(path: "\(mail.root)/\(path)")?.id == one.id)
    // A path means the file that is there, whatever was there before.
    _ = try fresh.move([two.id], to: fresh.folder(named: "Inbox"))
    #expect(try fresh.message(path: "\(mail.root)/\(path)")?.id == two.id)
    #expect(try fresh.messageNumber(path: "\(mail.root)/\(path)") == two.id)
  }

  @Test func aMessageIsKnownByItsNewKeyAlsoWhenTheMoverDied() throws {
    let mail = try TestStore(folders: [".Work"])
    let path = try mail.deliver("one", flags: "S")
    let store = try mail.synchronised()
    let one = try row(store, "one")
    try tag(store, one.id, "a", comment: "c")
    try store.stateWriter().execute(
      "INSERT INTO rekeyed(key, message, old, folder, time) VALUES('1700000000.M1P1Q1.new', \(one.id), 'x', \(one.folder), unixepoch())"
    )
    try mail.rename(path, ".Work/cur/1700000000.M1P1Q1.new:2,S")
    let fresh = try mail.synchronised()
    #expect(try row(fresh, "one").id == one.id && row(fresh, "one").tags == ["a"])
    #expect(try fresh.differences() == [])
  }

  @Test func mbsyncsNumbersStayBehind() throws {
    let mail = try TestStore(folders: [".Work"])
    let path = try mail.deliver("x", flags: "S")
    let key = path.dropFirst(4).prefix { $0 != ":" }
    try mail.rename(path, "cur/\(key),U=7:2,S")
    let store = try mail.synchronised()
    _ = try store.move([row(store, "x").id], to: store.folder(named: "Work"))
    #expect(try mail.names(".Work") == ["cur/\(key):2,S"])
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func theLastMoveIsTakenBackAndAgain() throws {
    let mail = try TestStore(folders: [".A", ".B"])
    try mail.deliver("one", flags: "S")
    try mail.deliver("two", to: ".A", flags: "S")
    try mail.deliver("three", to: ".A", flags: "S")
    let store = try mail.synchronised()
    let ids = try ["one", "two", "three"].map { try row(store, $0).id }
    #expect(throws: StoreError.self) { try store.undoLastMove() }
    _ = try store.move(ids, to: store.folder(named: "B"))
    _ = try store.remove([ids[2]])
    let result = try store.undoLastMove()
    #expect(result.restored == ["A": 1, "Inbox": 1] && result.changed == 1)
    #expect(try mail.names().count == 1 && mail.names(".A").count == 1 && mail.names(".B").count == 0)
    _ = try store.undoLastMove()
    #expect(try mail.names(".B").count == 2)
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func aCopyHasItsOwnNumberAndTheSameTags() throws {
    let mail = try TestStore(folders: [".Work"])
    try mail.deliver("x", body: "platypus\n", flags: "FS")
    let store = try mail.synchronised()
    let x = try row(store, "x")
    try tag(store, x.id, "tax", comment: "mine")
    let result = try store.copy([x.id], to: store.folder(named: "Work"))
    let copy = try #require(result.copies.first)
    #expect(copy != x.id)
    let row = try #require(try store.message(id: copy))
    #expect(row.tags == ["tax"] && row.flags.contains(.flagged) && row.thread == x.thread)
    #expect(try store.comment(on: copy) == "mine")
    _ = try store.remove([x.id])
    #expect(try readFile(store.path(of: row)).count == Int(row.size))
    let fresh = try mail.synchronised()
    #expect(try fresh.differences() == [])
    #expect(try fresh.allRows().map(\.id) == [copy])
    let undone = try fresh.undoLastMove()
    #expect(undone.discarded == 1)
    #expect(try mail.names(".Trash").count == 1)
  }

  @Test func whatComesToTrashRemembersItsFolder() throws {
    let mail = try TestStore(folders: [".Work", ".Trash"])
    try mail.deliver("ours", to: ".Work", flags: "S")
    let foreign = try mail.deliver("foreign", to: ".Work", flags: "S")
    let store = try mail.synchronised()
    _ = try store.move([row(store, "ours").id], to: store.folder(named: "Trash"))
    try mail.rename(foreign, ".Trash/" + foreign.dropFirst(6))
    try store.synchronise()
    let state = try store.stateWriter()
    #expect(try state.integer("SELECT count(*) FROM trashed WHERE folder = 'Work'") == 2)
    #expect(try state.integer("SELECT count(*) FROM message WHERE since >= unixepoch() - 60") == 2)
    _ = try store.move([row(store, "ours").id], to: store.folder(named: "Inbox"))
    #expect(try state.integer("SELECT count(*) FROM trashed") == 1)
  }

  @Test func removedMessagesAreGoneForGood() throws {
    let mail = try TestStore()
    for number in 1...10 { try mail.deliver("m\(number)", flags: "S") }
    let store = try mail.synchronised()
    let ids = try store.allRows().map(\.id)
    let name = try #require(try mail.names().first)
    try mail.remove(name)
    let result = try store.remove(Array(ids.prefix(10)))
    #expect(result.removed == 9 && result.missing.count == 1)
    #expect(try mail.names() == [])
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func aReplacedMessageKeepsWhatTheOwnerSaidOfIt() throws {
    let mail = try TestStore()
    let path = try mail.deliver("x", id: "x@example.org", body: "platypus\n", flags: "FSa")
    let store = try mail.synchronised()
    try store.indexText()
    let x = try row(store, "x")
    try tag(store, x.id, "tax", comment: "mine")
    let bytes = Array("From: a@example.org\nSubject: x\nMessage-ID: <x@example.org>\n\nwombat\n".utf8)
    let new = try store.replace(x.id, with: bytes)
    #expect(new != x.id)
    let row = try #require(try store.message(path: "\(mail.root)/\(path)"))
    #expect(row.id == new && row.tags == ["tax"] && row.received == x.received && row.size == Int64(bytes.count))
    #expect(row.name.hasSuffix(":2,FSa"))
    #expect(try readFile(store.path(of: row)) == bytes)
    #expect(try mail.names().count == 1)
    let fresh = try mail.synchronised()
    #expect(try fresh.differences() == [])
    #expect(try fresh.comment(on: new) == "mine")
  }

  @Test(arguments: [false, true]) func aReplacementThatWasCutShortIsFinished(newIsThere: Bool) throws {
    let mail = try TestStore()
    let path = try mail.deliver("x", flags: "S")
    let store = try mail.synchronised()
    let x = try row(store, "x")
    let old = path.dropFirst(4).prefix { $0 != ":" }
    try store.stateWriter().execute(
      """
      INSERT INTO message(id, folder, key, uid, modseq) VALUES(50, \(x.folder), '1700000000.M1P1Q1.new', 50, 50);
      UPDATE meta SET value = 51 WHERE key = 'next_id';
      UPDATE meta SET value = value + 1 WHERE key = 'generation';
      INSERT INTO rekeyed(key, message, old, folder, time, is_pending)
        VALUES('1700000000.M1P1Q1.new', 50, '\(old)', \(x.folder), unixepoch(), 1);
      """)
    if newIsThere { try mail.link(path, "cur/1700000000.M1P1Q1.new:2,S") }
    let fresh = try mail.synchronised()
    #expect(try fresh.allRows().map(\.id) == [newIsThere ? 50 : x.id])
    #expect(try mail.names().count == 1)
    #expect(try fresh.differences() == [])
  }

  @Test func addedMessagesAreThereWithTheirTags() throws {
    let mail = try TestStore(folders: [".Work"])
    let store = try mail.synchronised()
    var messages: [NewMessage] = []
    for number in 1...20 {
      var message = NewMessage(bytes: Array("From: a@example.org\nSubject: m\(number)\n\nText\n".utf8))
      message.received = 1_500_000_000 + Int64(number)
      message.tags = ["tax", "t\(number % 2)"]
      message.flags = number % 2 == 0 ? [.seen, .flagged] : []
      message.isRecent = number == 1
      message.key = "1500000000.Irun\(number).host"
      if number == 20 { message.comment = "last" }
      messages.append(message)
    }
    let added = try store.add(messages, to: store.folder(named: "Work"))
    #expect(added.compactMap { $0 }.count == 20)
    #expect(try store.add(messages, to: store.folder(named: "Work")).allSatisfy { $0 == nil })
    let rows = try store.allRows { $0.sort = .received }
    #expect(rows.map(\.received) == (1...20).reversed().map { 1_500_000_000 + Int64($0) })
    #expect(rows[0].tags == ["t0", "tax"] && rows[0].flags.isSuperset(of: [.seen, .flagged, .commented]))
    #expect(rows[19].flags.contains(.recent))
    let fresh = try mail.synchronised()
    #expect(try fresh.differences() == [])
    #expect(try fresh.folder(named: "Work").total == 20 && fresh.folder(named: "Work").unread == 10)
  }

  @Test func aTimeBeyondAllFilesIsNoReasonToStop() throws {
    let mail = try TestStore()
    let store = try mail.synchronised()
    var message = NewMessage(bytes: Array("Subject: x\n\n".utf8))
    message.received = .max
    #expect(try store.add([message], to: store.folder(named: "Inbox")).count == 1)
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func anOlderStateIsBroughtToThePresentForm() throws {
    let mail = try TestStore()
    try mail.deliver("x", flags: "S")
    let state = try mail.synchronised().stateWriter()
    let tables = try state.prepare(
      """
      SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
        AND name NOT IN ('meta', 'folder', 'message', 'tag', 'message_tag', 'comment', 'saved_search')
      """)
    var later: [String] = []
    while try tables.step() { later.append(tables.text(0)) }
    try state.execute(later.map { "DROP TABLE IF EXISTS \"\($0)\";" }.joined())
    try state.execute("ALTER TABLE message DROP COLUMN since; PRAGMA user_version=1")
    let store = try mail.synchronised()
    let id = try row(store, "x").id
    #expect(try store.move([id], to: store.folder(named: "Trash")).moved == [id])
    #expect(try store.stateWriter().integer("PRAGMA user_version") ?? 0 > 1)
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func dovecotsLettersMeanTheSameInTheOtherFolder() throws {
    let mail = try TestStore(folders: [".Work"])
    try mail.deliver("x", flags: "Sabc")
    try mail.deliver("y", flags: "Sa")
    let write = { (path: String, text: String) in try replaceFile("\(mail.root)/\(path)", with: Array(text.utf8)) }
    try write("dovecot-keywords", "0 private\n1 shared\n2 $Forwarded\n")
    try write(".Work/dovecot-keywords", "0 public\n3 shared\n")
    let store = try mail.synchronised()
    let work = try store.folder(named: "Work")
    let (x, y) = (try row(store, "x").id, try row(store, "y").id)
    _ = try store.move([x], to: work)
    #expect(try mail.names(".Work").map { $0.drop { $0 != ":" } } == [":2,Sd"])
    #expect(try row(store, "x").tags == ["private", "shared"])
    let copies = try store.copy([y], to: work).copies
    #expect(try copies.map { try store.message(id: $0)?.tags } == [["private"]])
    #expect(try store.message(id: copies[0])?.name.hasSuffix(":2,S") == true)
    #expect(try mail.synchronised().differences() == [])
  }

  @Test(arguments: [".Work/new/998.other.host", ".Work/cur/998.other.host:2,S", "cur/998.other.host:2,S"])
  func whatIsRenamedByAnotherProgramKeepsItsTags(to path: String) throws {
    let mail = try TestStore(folders: [".Work"])
    let old = try mail.deliver("x", id: "x@example.org", flags: "S")
    let store = try mail.synchronised()
    try tag(store, try row(store, "x").id, "tax", comment: "mine")
    try mail.rename(old, path)
    try store.synchronise()
    let moved = try row(store, "x")
    #expect(moved.tags == ["tax"])
    #expect(try store.comment(on: moved.id) == "mine")
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func whatIsWrittenAgainBeforeOrAfterItGoesKeepsItsTags() throws {
    let mail = try TestStore(folders: [".Work"])
    let store = try mail.synchronised()
    for isFirst in [true, false] {
      let id = "x\(isFirst)@example.org"
      let old = try mail.deliver("x\(isFirst)", id: id, flags: "S")
      try store.synchronise()
      try tag(store, try row(store, "x\(isFirst)").id, "t\(isFirst)", comment: "mine")
      if !isFirst { try mail.remove(old) }
      try store.synchronise()
      try mail.deliver("x\(isFirst)", id: id, to: ".Work", flags: "S")
      try store.synchronise()
      if isFirst { try mail.remove(old) }
      try store.synchronise()
      #expect(try row(store, "x\(isFirst)").tags == ["t\(isFirst)"])
    }
    #expect(try store.differences() == [])
  }

  @Test func aDeliveryTakesNothingFromAMessageThatIsThere() throws {
    let mail = try TestStore(folders: [".Sent"])
    try mail.deliver("x", id: "x@example.org", to: ".Sent", flags: "S")
    let store = try mail.synchronised()
    try tag(store, try row(store, "x").id, "sent", comment: "mine")
    try mail.deliver("again", id: "x@example.org")
    try store.synchronise()
    #expect(try row(store, "again").tags == [])
    _ = try store.remove([row(store, "x").id])
    try mail.deliver("third", id: "x@example.org", flags: "S")
    try store.synchronise()
    #expect(try row(store, "third").tags == [])
  }

  @Test func lettersStayWhereNobodyKnowsThem() throws {
    let mail = try TestStore(folders: [".Work"])
    try mail.deliver("x", flags: "Sab")
    let store = try mail.synchronised()
    _ = try store.move([row(store, "x").id], to: store.folder(named: "Work"))
    #expect(try mail.names(".Work").map { $0.drop { $0 != ":" } } == [":2,Sab"])
    #expect(try row(store, "x").tags == [])
  }

  @Test func aMoveBackThatWasStoppedIsFinishedByTheNext() throws {
    let mail = try TestStore(folders: [".A", ".B", ".C"])
    try mail.deliver("one", to: ".A", flags: "S")
    try mail.deliver("two", to: ".B", flags: "S")
    let store = try mail.synchronised()
    let ids = try ["one", "two"].map { try row(store, $0).id }
    _ = try store.move(ids, to: store.folder(named: "C"))
    // As if the first half had been taken back.
    _ = try store.move([ids[0]], to: store.folder(named: "A"), undo: .takenBack)
    #expect(try store.undoLastMove().restored == ["B": 1])
    #expect(try mail.names(".A").count == 1 && mail.names(".B").count == 1)
  }

  @Test func flagsInNewAreKept() throws {
    let mail = try TestStore(folders: [".Work"])
    let path = try mail.deliver("x")
    try mail.rename(path, path + ":2,F")
    let store = try mail.synchronised()
    let (x, work) = (try row(store, "x").id, try store.folder(named: "Work"))
    let copy = try #require(try store.copy([x], to: work).copies.first)
    #expect(try mail.names(".Work").allSatisfy { $0.hasPrefix("new/") && $0.hasSuffix(":2,F") })
    _ = try store.remove([copy])
    _ = try store.move([x], to: work)
    #expect(try mail.names(".Work").map { $0.dropFirst(4) } == [path.dropFirst(4) + ":2,F"])
    _ = try store.replace(x, with: Array("Subject: x\n\n".utf8))
    #expect(try mail.names(".Work").allSatisfy { $0.hasPrefix("new/") && $0.hasSuffix(":2,F") })
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func aLinkBecomesAMessageWhereItComesTo() throws {
    let mail = try TestStore(folders: [".Work"])
    try replaceFile("\(mail.root)/elsewhere", with: Array("Subject: x\n\nText\n".utf8))
    try symbolicLink("\(mail.root)/cur/1600000000.M1P1.host:2,S", to: "../elsewhere")
    let store = try mail.synchronised()
    let x = try row(store, "x").id
    try tag(store, x, "tax", comment: "mine")
    #expect(try store.move([x], to: store.folder(named: "Work")).moved == [x])
    #expect(try mail.names() == [])
    let fresh = try mail.synchronised()
    let moved = try row(fresh, "x")
    #expect(moved.id == x && moved.tags == ["tax"])
    #expect(try readFile(fresh.path(of: moved)) == Array("Subject: x\n\nText\n".utf8))
    #expect(try fresh.differences() == [])
  }

  @Test(.enabled(if: isDirectory("/dev/shm"))) func aFolderMayLieOnAnotherFileSystem() throws {
    let mail = try TestStore()
    let other = "/dev/shm/postbag-\(UInt64.random(in: 0 ... .max))"
    try mail.makeMaildir(other)
    // A folder left behind there harms no test.
    defer { try? removeTree(other) }
    try symbolicLink("\(mail.root)/.Far", to: other)
    let path = try mail.deliver("x", flags: "FS")
    let store = try mail.synchronised()
    let x = try row(store, "x").id
    try tag(store, x, "tax", comment: "mine")
    let far = try store.folder(named: "Far")
    #expect(try store.move([x], to: far).moved == [x])
    #expect(try mail.names() == [] && mail.names(".Far").map { $0.suffix(5) } == [":2,FS"])
    let fresh = try mail.synchronised()
    #expect(try row(fresh, "x").id == x && row(fresh, "x").tags == ["tax"])
    #expect(try fresh.message(path: "\(mail.root)/\(path)")?.id == x)
    #expect(try directoryEntries(other + "/tmp") == [])
    #expect(try fresh.undoLastMove().restored == ["Inbox": 1])
    #expect(try mail.names().count == 1 && mail.names(".Far") == [])
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func messagesThatLayThereAlreadyAreNoMoveToTakeBack() throws {
    let mail = try TestStore(folders: [".A", ".B"])
    try mail.deliver("old", flags: "S")
    for number in 0..<3 { try mail.deliver("m\(number)", to: ".B", flags: "S") }
    let store = try mail.synchronised()
    let b = try store.folder(named: "B")
    _ = try store.move([row(store, "old").id], to: store.folder(named: "A"))
    let there = try store.allRows { $0.folders = [b] }.map(\.id)
    // A whole batch of which nothing moves, and then one that moves.
    let many = (0..<2000).flatMap { _ in there } + [try row(store, "old").id]
    #expect(try store.move(many, to: b).moved.count == 1)
    #expect(try store.undoLastMove().restored == ["A": 1])
    #expect(try mail.names(".A").count == 1 && mail.names().isEmpty)
  }

  @Test func anOldPathLeadsThroughTwoReplacements() throws {
    let mail = try TestStore()
    let path = try mail.deliver("x", flags: "S")
    let store = try mail.synchronised()
    let text = Array("Subject: x\n\nText\n".utf8)
    let last = try store.replace(store.replace(row(store, "x").id, with: text), with: text + text)
    #expect(try store.message(path: "\(mail.root)/\(path)")?.id == last)
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func oneKeyIsAddedOnce() throws {
    let mail = try TestStore()
    let store = try mail.synchronised()
    var message = NewMessage(bytes: Array("Subject: x\n\n".utf8))
    message.key = "1500000000.Irun1.host"
    let added = try store.add([message, message], to: store.folder(named: "Inbox"))
    #expect(added.map { $0 == nil } == [false, true])
    #expect(try mail.names().count == 1)
    #expect(try mail.synchronised().differences() == [])
  }

  @Test func aFolderThatWentWithoutTheIndexLeavesNoRows() throws {
    let mail = try TestStore(folders: [".Work"])
    try mail.deliver("x", to: ".Work", flags: "S")
    _ = try mail.synchronised()
    // The log may be gone already.
    for name in ["index.db", "index.db-wal", "index.db-shm"] { try? mail.remove("postbag/\(name)") }
    try removeTree("\(mail.root)/.Work")
    let state = try mail.synchronised().stateWriter()
    #expect(try state.integer("SELECT count(*) FROM message WHERE vanished IS NULL") == 0)
  }

  @Test func systemKeywordsStayWithTheMessageAndAreNoTags() throws {
    let mail = try TestStore(folders: [".Work"])
    try mail.deliver("x", flags: "S")
    let store = try mail.synchronised()
    let x = try row(store, "x").id
    #expect(try store.changeKeywords([x, 99], add: [.submitPending]) == 1)
    #expect(try store.changeKeywords([x], add: [.submitPending]) == 0)
    #expect(try store.changeKeywords([x], add: [.submitted, .mdnSent], remove: [.submitPending]) == 1)
    let work = try store.folder(named: "Work")
    _ = try store.move([x], to: work)
    #expect(try store.keywords(of: x) == [.submitted, .mdnSent])
    #expect(try row(store, "x").tags == [] && store.tags() == [])
    let copy = try #require(try store.copy([x], to: work).copies.first)
    let new = try store.replace(copy, with: Array("Subject: y\n\n".utf8))
    #expect(try mail.synchronised().keywords(of: new) == [.submitted, .mdnSent])
  }
}
