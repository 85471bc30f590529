import Glibc
import MailSQLite
import MailStore
import MailSystem
import Testing

@Suite struct SynchroniseTests {
  @Test func deliveredMailIsListedNewestFirst() throws {
    let mail = try TestStore()
    try mail.deliver("old", date: "Mon, 06 Jan 2020 10:00:00 +0000")
    try mail.deliver("new", date: "Tue, 07 Jan 2020 10:00:00 +0000")
    let store = try mail.synchronised()
    #expect(try store.subjects() == ["new", "old"])
    #expect(try store.subjects { $0.reverse = true } == ["old", "new"])
    let inbox = try store.folder(named: "inbox")
    #expect(inbox.total == 2 && inbox.unread == 2 && inbox.role == .inbox)
    #expect(try store.differences() == [])
  }

  @Test func aSecondLookSeesWhatCameMeanwhile() throws {
    let mail = try TestStore()
    let store = try mail.synchronised()
    #expect(try store.subjects() == [])
    for number in 1...5 {
      try mail.deliver("m\(number)")
      try store.synchronise()
      #expect(try store.subjects().count == number)
    }
    #expect(try store.differences() == [])
  }

  @Test func flagsThatOthersSetAreSeenAndIdentityStays() throws {
    let mail = try TestStore()
    let path = try mail.deliver("x")
    let store = try mail.synchronised()
    let id = try #require(try store.allRows().first?.id)
    let name = path.dropFirst(4)
    try mail.rename(path, "cur/\(name):2,FS")
    try store.synchronise()
    var row = try #require(try store.allRows().first)
    #expect(row.id == id && row.flags.isSuperset(of: [.flagged, .seen]) && !row.flags.contains(.recent))
    #expect(try store.folder(named: "Inbox").unread == 0)
    try mail.rename("cur/\(name):2,FS", "cur/\(name):2,R")
    try store.synchronise()
    row = try #require(try store.allRows().first)
    #expect(row.id == id && row.flags == .answered)
    #expect(try store.folder(named: "Inbox").unread == 1)
    #expect(try store.differences() == [])
  }

  @Test func aMessageThatOthersDeleteIsGone() throws {
    let mail = try TestStore()
    let first = try mail.deliver("first")
    try mail.deliver("second")
    let store = try mail.synchronised()
    try mail.remove(first)
    try store.synchronise()
    #expect(try store.subjects() == ["second"])
    #expect(try store.folder(named: "Inbox").total == 1)
    #expect(try store.differences() == [])
  }

  @Test func aMoveBetweenFoldersKeepsTheIdentity() throws {
    let mail = try TestStore(folders: [".Work", ".Work.Old"])
    let path = try mail.deliver("x", flags: "S")
    let store = try mail.synchronised()
    let before = try #require(try store.allRows().first)
    try mail.rename(path, ".Work.Old/" + path)
    try store.synchronise()
    let after = try #require(try store.allRows().first)
    #expect(after.id == before.id)
    #expect(try store.folder(named: "Work/Old").id == after.folder)
    #expect(try store.folder(named: "Inbox").total == 0)
    #expect(try store.differences() == [])
  }

  @Test func aMoveSeenInTwoStepsKeepsTheIdentityAndTags() throws {
    let mail = try TestStore(folders: [".Work"])
    let path = try mail.deliver("x", flags: "S")
    let store = try mail.synchronised()
    let id = try #require(try store.allRows().first?.id)
    let state = try store.stateWriter()
    try state.execute("INSERT INTO tag(name) VALUES('tax'); INSERT INTO message_tag VALUES(\(id), 1)")
    try mail.rename(path, "tmp/away")
    try store.synchronise()
    #expect(try store.allRows().isEmpty)
    try mail.rename("tmp/away", ".Work/" + path)
    try store.synchronise()
    let row = try #require(try store.allRows().first)
    #expect(row.id == id && row.tags == ["tax"])
    #expect(try store.differences() == [])
  }

  @Test func aCopyIsAnotherMessageWithTheSameTags() throws {
    let mail = try TestStore(folders: [".Work"])
    let path = try mail.deliver("x", flags: "S")
    let store = try mail.synchronised()
    let id = try #require(try store.allRows().first?.id)
    try store.stateWriter().execute("INSERT INTO tag(name) VALUES('tax'); INSERT INTO message_tag VALUES(\(id), 1)")
    try mail.link(path, ".Work/" + path)
    try store.synchronise()
    let rows = try store.allRows()
    #expect(rows.count == 2 && Set(rows.map(\.id)).count == 2)
    #expect(rows.allSatisfy { $0.tags == ["tax"] })
  }

  @Test func aRenamedFolderTakesItsMessagesAlong() throws {
    let mail = try TestStore(folders: [".Old"])
    for number in 1...20 { try mail.deliver("m\(number)", to: ".Old", flags: "S") }
    let store = try mail.synchronised()
    let ids = Set(try store.allRows().map(\.id))
    try mail.rename(".Old", ".New")
    try store.synchronise()
    #expect(Set(try store.allRows().map(\.id)) == ids)
    #expect(try store.folder(named: "New").total == 20)
    #expect(throws: StoreError.self) { try store.folder(named: "Old") }
    #expect(try store.differences() == [])
  }

  @Test func oneMessageUnderTwoNamesIsListedOnce() throws {
    let mail = try TestStore()
    let path = try mail.deliver("x")
    try mail.link(path, "cur/" + path.dropFirst(4) + ":2,S")
    let store = try mail.synchronised()
    #expect(try store.subjects() == ["x"])
  }

  @Test func filesThatAreNoMessagesAreLeftOut() throws {
    let mail = try TestStore()
    for name in [".hidden", "new/.dot"] {
      let file = try File("\(mail.root)/\(name)", [.write, .create])
      try file.close()
    }
    try createDirectories("\(mail.root)/cur/directory")
    try mail.deliver("x")
    #expect(try mail.synchronised().subjects() == ["x"])
  }

  @Test func aNameThatIsNotUTF8IsLeftOutAndReported() throws {
    let mail = try TestStore()
    try mail.deliver("x")
    let bytes = Array("\(mail.root)/new/1.bad".utf8) + [0xff, 0]
    let descriptor = unsafe bytes.withUnsafeBytes { buffer in
      unsafe open(buffer.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
    }
    #expect(descriptor >= 0)
    close(descriptor)
    let store = try mail.synchronised()
    #expect(try store.subjects() == ["x"])
    #expect(try store.differences().contains { $0.contains("not UTF-8") })
    // The folder is removed by names that are Strings.
    _ = unsafe bytes.withUnsafeBytes { buffer in
      unsafe unlink(buffer.baseAddress!.assumingMemoryBound(to: CChar.self))
    }
  }

  @Test func linksThatLeadNowhereOrToAPipeAreNoMessages() throws {
    let mail = try TestStore()
    try mail.deliver("x")
    #expect(unsafe symlink("nowhere", "\(mail.root)/cur/1.nowhere:2,S") == 0)
    #expect(unsafe mkfifo("\(mail.root)/tmp/pipe", 0o600) == 0)
    #expect(unsafe symlink("../tmp/pipe", "\(mail.root)/cur/2.pipe:2,S") == 0)
    let store = try mail.synchronised()
    #expect(try store.subjects() == ["x"])
  }

  @Test func aFileTimeBeyondTheYear2262IsNoTrouble() throws {
    let mail = try TestStore()
    let path = try mail.deliver("x")
    var times = [timespec(tv_sec: 10_413_792_000, tv_nsec: 0), timespec(tv_sec: 10_413_792_000, tv_nsec: 0)]
    #expect(unsafe utimensat(AT_FDCWD, "\(mail.root)/\(path)", &times, 0) == 0)
    #expect(unsafe utimensat(AT_FDCWD, "\(mail.root)/cur", &times, 0) == 0)
    let store = try mail.synchronised()
    #expect(try store.subjects() == ["x"])
    try store.synchronise()
  }

  @Test func aLostStateMeansNewNumbersAndNoMessageLess() throws {
    let mail = try TestStore()
    for number in 1...5 { try mail.deliver("old \(number)") }
    _ = try mail.synchronised()
    for suffix in ["", "-wal", "-shm"] { try? mail.remove("postbag/state.db\(suffix)") }
    for number in 1...2 { try mail.deliver("new \(number)") }
    let store = try mail.synchronised()
    #expect(try store.subjects().count == 7)
    #expect(!store.notices.isEmpty)
    #expect(try store.differences() == [])
  }

  @Test func aDamagedPageOfTheStateIsRepairedFromTheBackup() throws {
    let mail = try TestStore()
    for number in 1...200 { try mail.deliver("m \(number)") }
    do {
      let store = try mail.synchronised()
      _ = try store.stateWriter().integer("PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let path = "\(mail.root)/postbag/state.db"
    var bytes = try readFile(path)
    for index in 4096 * 3..<bytes.count { bytes[index] = 0x5A }
    for suffix in ["-wal", "-shm"] { try? mail.remove("postbag/state.db\(suffix)") }
    try replaceFile(path, with: bytes)
    try mail.deliver("late")
    let store = try mail.synchronised()
    #expect(try store.subjects().count == 201)
    #expect(try store.differences() == [])
  }

  @Test func marksFromTheTextComeBackWithTheMessage() throws {
    let mail = try TestStore()
    let path = try mail.deliver(
      "signed", body: "--b\n\ntext\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n",
      headers: "Content-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"\n")
    let store = try mail.synchronised()
    try store.indexText()
    #expect(try store.allRows().first?.flags.contains(.signed) == true)
    try mail.rename(path, "tmp/away")
    try store.synchronise()
    try mail.rename("tmp/away", path)
    try store.synchronise()
    #expect(try store.allRows().first?.flags.contains(.signed) == true)
  }

  @Test func aMessageThatVanishedBeforeItsTextWasReadIsFoundWhenItIsBack() throws {
    let mail = try TestStore()
    try mail.deliver("other")
    let path = try mail.deliver("x", body: "needle\n")
    let store = try mail.synchronised()
    for _ in 0..<2 {
      try mail.rename(path, "tmp/away")
      try store.synchronise()
      try store.indexText()
      try mail.rename("tmp/away", path)
      try store.synchronise()
    }
    try store.indexText()
    #expect(
      try store.index().integer(
        "SELECT count(*) FROM text JOIN message ON message.id = text.rowid WHERE text MATCH 'needle'") == 1)
  }

  @Test func twoDirectoriesOfOneNameAreTwoFolders() throws {
    let mail = try TestStore(folders: [".Entw&APw-rfe", ".Entwürfe", ".INBOX"])
    for folder in ["", ".Entw&APw-rfe", ".Entwürfe", ".INBOX"] { try mail.deliver("in \(folder)", to: folder) }
    let store = try mail.synchronised()
    let rows = try store.allRows()
    #expect(rows.count == 4)
    for row in rows { #expect(try fileStatus(store.path(of: row)).isRegular) }
    #expect(try store.differences() == [])
  }

  @Test func anEmptyFileIsAMessageWithoutSubject() throws {
    let mail = try TestStore()
    let file = try File("\(mail.root)/new/1.a.b", [.write, .create])
    try file.close()
    let store = try mail.synchronised()
    try store.indexText()
    #expect(try store.subjects() == [""])
    #expect(try store.differences() == [])
  }

  @Test func withoutIndexEverythingComesBackAsItWas() throws {
    let mail = try TestStore(folders: [".Work"])
    for number in 1...10 { try mail.deliver("m\(number)", to: number % 2 == 0 ? ".Work" : "", flags: "F") }
    var store = try mail.synchronised()
    let before = try store.allRows { $0.sort = .size }.map { [$0.id, $0.folder] }
    for suffix in ["", "-wal", "-shm"] { try? mail.remove("postbag/index.db\(suffix)") }
    store = try mail.synchronised()
    #expect(try store.allRows { $0.sort = .size }.map { [$0.id, $0.folder] } == before)
    #expect(try store.differences() == [])
  }

  @Test func aDamagedIndexIsMadeAnewUnasked() throws {
    let mail = try TestStore()
    try mail.deliver("x")
    _ = try mail.synchronised()
    for garbage in [[UInt8](repeating: 0x41, count: 5000), [], Array("SQLite format 3\u{0}".utf8)] {
      for suffix in ["-wal", "-shm"] { try? mail.remove("postbag/index.db\(suffix)") }
      try replaceFile("\(mail.root)/postbag/index.db", with: garbage)
      let store = try mail.synchronised()
      #expect(try store.subjects() == ["x"])
    }
  }

  @Test func aDamagedStateIsReplacedByItsBackup() throws {
    let mail = try TestStore()
    try mail.deliver("x")
    var store = try mail.synchronised()
    let id = try #require(try store.allRows().first?.id)
    let oldValidity = try store.stateWriter().integer("SELECT uidvalidity FROM folder")
    try mail.remove("postbag/state.backup.db")
    try store.stateWriter().execute("INSERT INTO tag(name) VALUES('tax'); INSERT INTO message_tag VALUES(\(id), 1)")
    try mail.deliver("y")
    try store.synchronise()
    for suffix in ["-wal", "-shm"] { try? mail.remove("postbag/state.db\(suffix)") }
    try replaceFile("\(mail.root)/postbag/state.db", with: [UInt8](repeating: 7, count: 9000))
    store = try mail.synchronised()
    #expect(store.notices.contains { $0.contains("state.db was damaged") })
    let rows = try store.allRows { $0.reverse = true }
    #expect(rows.map(\.subject) == ["x", "y"])
    #expect(rows.first?.tags == ["tax"])
    #expect(try store.stateWriter().integer("SELECT uidvalidity FROM folder") != oldValidity)
    #expect(try store.differences() == [])
  }

  @Test func uidsAscendAndAreNeverUsedTwice() throws {
    let mail = try TestStore()
    let store = try mail.synchronised()
    var highest: Int64 = 0
    for round in 1...5 {
      let path = try mail.deliver("m\(round)")
      try store.synchronise()
      let uid = try #require(try store.stateWriter().integer("SELECT max(uid) FROM message WHERE vanished IS NULL"))
      #expect(uid > highest)
      highest = uid
      if round % 2 == 0 {
        try mail.remove(path)
        try store.synchronise()
      }
    }
  }

  @Test func anUnfinishedRunIsFoundByTheNext() throws {
    let mail = try TestStore()
    try mail.deliver("x")
    let store = try mail.synchronised()
    // As if the process had died after state.db committed: the generations differ, a row has no file.
    let state = try store.stateWriter()
    try state.execute(
      """
      UPDATE meta SET value = value + 1 WHERE key = 'generation';
      INSERT INTO message(id, folder, key, uid, modseq) VALUES(99, 1, 'never.came', 99, 99);
      UPDATE meta SET value = 100 WHERE key = 'next_id';
      """)
    #expect(try store.differences() != [])
    try mail.deliver("y")
    let again = try mail.synchronised()
    #expect(try again.subjects().sorted() == ["x", "y"])
    #expect(try again.differences() == [])
  }

  @Test func aTreeOfMaildirsIsAStoreToo() throws {
    let mail = try TestStore()
    let tree = mail.root + "-tree"
    defer { try? removeTree(tree) }
    for name in ["account/INBOX", "account/Lists/swift", "archive"] { try mail.makeMaildir("\(tree)/\(name)") }
    let path = try mail.deliver("x")
    try renameFile("\(mail.root)/\(path)", to: "\(tree)/account/Lists/swift/\(path)")
    let store = try Store.open(tree)
    try store.synchronise()
    #expect(try store.folders().map(\.name).sorted() == ["account/INBOX", "account/Lists/swift", "archive"])
    #expect(try store.subjects() == ["x"])
    #expect(try store.folder(named: "account/Lists/swift").total == 1)
  }
}
