import MailSQLite
import MailStore
import MailSystem
import Testing

@Suite struct StoreTests {
  @Test func sortingIsByTheFieldAskedFor() throws {
    let mail = try TestStore()
    try mail.deliver("Re: banana", date: "1 Mar 2021 12:00:00 +0000", from: "Zoe <z@example.org>")
    try mail.deliver("cherry", date: "3 Mar 2021 12:00:00 +0000", body: "a long text\n", from: "adam <a@example.org>")
    try mail.deliver("Apple", date: "2 Mar 2021 12:00:00 +0000", from: "Mia <m@example.org>")
    let store = try mail.synchronised()
    #expect(try store.subjects { $0.sort = .date } == ["cherry", "Apple", "Re: banana"])
    #expect(try store.subjects { $0.sort = .subject } == ["Apple", "Re: banana", "cherry"])
    #expect(try store.subjects { $0.sort = .from } == ["cherry", "Apple", "Re: banana"])
    #expect(try store.subjects { $0.sort = .size }.first == "cherry")
    #expect(try store.subjects { ($0.sort, $0.limit) = (.date, 1) } == ["cherry"])
  }

  @Test func aDateThatCannotBeIsTheDayOfArrival() throws {
    let mail = try TestStore()
    try mail.deliver("future", date: "1 Jan 2099 00:00:00 +0000")
    try mail.deliver("garbage", date: "yesterday, I think")
    try mail.deliver("year 99999", date: "1 Jan 99999 00:00:00 +0000")
    let rows = try mail.synchronised().allRows()
    #expect(rows.count == 3)
    #expect(rows.allSatisfy { $0.date == $0.received })
  }

  @Test func flagsSetHereAreOnDiskAndInTheIndex() throws {
    let mail = try TestStore()
    try mail.deliver("a")
    try mail.deliver("b", flags: "Sx")
    let store = try mail.synchronised()
    let ids = try store.allRows { $0.sort = .subject }.map(\.id)
    try store.setFlags(ids, add: [.flagged, .seen], remove: [])
    #expect(try mail.names().map { $0.split(separator: ":").last ?? "" } == ["2,FS", "2,FSx"])
    #expect(try store.differences() == [])
    #expect(try store.folder(named: "Inbox").unread == 0)
    try store.setFlags(ids, add: [], remove: [.seen])
    #expect(try store.folder(named: "Inbox").unread == 2)
    try store.synchronise()
    #expect(try store.differences() == [])
    #expect(try store.subjects { $0.required = .flagged }.count == 2)
  }

  @Test func flagsReachAMessageThatWasMovedMeanwhile() throws {
    let mail = try TestStore(folders: [".Work"])
    let path = try mail.deliver("a", flags: "")
    let store = try mail.synchronised()
    let id = try #require(try store.allRows().first?.id)
    try mail.rename(path, ".Work/" + path)
    try store.setFlags([id], add: .answered, remove: [])
    #expect(try mail.names(".Work").first?.hasSuffix(":2,R") == true)
    #expect(try store.differences() == [])
  }

  @Test func aPathFindsItsMessageAfterItMoved() throws {
    let mail = try TestStore(folders: [".Work"])
    let path = try mail.deliver("a")
    let store = try mail.synchronised()
    let old = store.root + "/" + path
    let id = try #require(try store.message(path: old)?.id)
    try mail.rename(path, ".Work/cur/" + path.dropFirst(4) + ":2,S")
    try store.synchronise()
    let row = try #require(try store.message(path: old))
    #expect(row.id == id)
    #expect(try store.path(of: row).hasSuffix("/.Work/cur/" + path.dropFirst(4) + ":2,S"))
    #expect(try store.message(path: "/etc/passwd") == nil)
    #expect(try store.message(path: store.root + "/cur/unknown") == nil)
  }

  @Test func messagesAreFoundByTheirMessageID() throws {
    let mail = try TestStore()
    try mail.deliver("a", id: "one@example.org")
    try mail.deliver("b", id: "two@example.org")
    let store = try mail.synchronised()
    #expect(try store.messages(messageID: "two@example.org").map(\.subject) == ["b"])
    #expect(try store.messages(messageID: "three@example.org").isEmpty)
  }

  @Test func trashAndJunkAreLeftOutUnlessNamed() throws {
    let mail = try TestStore(folders: [".Trash", ".Junk", ".Work"])
    for folder in ["", ".Trash", ".Junk", ".Work"] { try mail.deliver("in \(folder)", to: folder) }
    let store = try mail.synchronised()
    #expect(try store.subjects().sorted() == ["in", "in .Work"])
    #expect(try store.subjects { $0.folders = [try store.folder(named: "Trash")] } == ["in .Trash"])
  }

  @Test func foldersAreMadeAndBadNamesRefused() throws {
    let mail = try TestStore()
    let store = try mail.synchronised()
    let folder = try store.createFolder("Work/Übung & Co")
    #expect(folder.path.hasSuffix("/.Work.&ANw-bung &- Co"))
    #expect(try store.folder(named: "Work/Übung & Co").total == 0)
    #expect(throws: StoreError.self) { try store.createFolder("work/übung & co") }
    for name in ["", "a//b", "/a", "a/", "../b", "bell\u{7}", "Sent/x", "Junk/x", String(repeating: "ä", count: 300)] {
      #expect(throws: StoreError.self, "\(name)") { try store.createFolder(name) }
    }
  }

  @Test func systemFoldersAreAlwaysThere() throws {
    let store = try TestStore().synchronised()
    let names = try store.foldersWithMissing().map(\.name)
    #expect(names == ["Inbox", "Sent", "Drafts", "Templates", "Trash", "Junk"])
  }

  @Test func aStoreOfOthersOrForOthersIsRefused() throws {
    let mail = try TestStore()
    try setPermissions(mail.root, to: 0o777)
    #expect(throws: StoreError.self) { try mail.open() }
    try setPermissions(mail.root, to: 0o700)
    #expect(throws: StoreError.self) { try Store.open(mail.root + "/nothing") }
    #expect(throws: StoreError.self) { try Store.open("/etc/passwd") }
  }

  @Test func aDirectoryThatIsNoMaildirIsNotTouched() throws {
    let mail = try TestStore()
    let other = mail.root + "-other"
    try createDirectories(other + "/something")
    defer { try? removeTree(other) }
    let store = try Store.open(other)
    #expect(throws: StoreError.self) { try store.synchronise() }
    #expect(try directoryEntries(other) == ["something"])
  }

  @Test func theTextOfAllMessagesIsIndexedOnce() throws {
    let mail = try TestStore()
    try mail.deliver("first", body: "the purple elephant\n")
    let store = try mail.synchronised()
    try store.indexText()
    try mail.deliver("second", body: "an elephant\n")
    try store.synchronise()
    try store.indexText()
    try store.indexText()
    let index = try store.index()
    #expect(try index.integer("SELECT count(*) FROM text WHERE text MATCH 'elephant'") == 2)
    #expect(try index.integer("SELECT count(*) FROM text WHERE text MATCH 'purple'") == 1)
    #expect(try index.integer("SELECT value FROM main.meta WHERE key = 'text_through'") == 2)
    #expect(
      try index.integer(
        """
        SELECT count(*) FROM correspondent c JOIN address a ON a.id = c.address
        WHERE a.address = 'ann@example.org' AND c.role = 1
        """) == 2)
  }

  @Test func manyDeletionsMakeTheTextAnew() throws {
    let mail = try TestStore()
    var paths: [String] = []
    for number in 0..<1200 { paths.append(try mail.deliver("m\(number)", body: "word\n")) }
    let store = try mail.synchronised()
    try store.indexText()
    for path in paths.dropFirst(5) { try mail.remove(path) }
    try store.synchronise()
    try store.indexText()
    let index = try store.index()
    #expect(try index.integer("SELECT count(*) FROM tombstone") == 0)
    #expect(try index.integer("SELECT count(*) FROM text WHERE text MATCH 'word'") == 5)
    #expect(try store.differences() == [])
  }

  @Test func aMessageThatComesBackIsFoundAgain() throws {
    let mail = try TestStore()
    let path = try mail.deliver("x", body: "needle\n")
    let store = try mail.synchronised()
    try store.indexText()
    try mail.rename(path, "tmp/away")
    try store.synchronise()
    try mail.rename("tmp/away", path)
    try store.synchronise()
    try store.indexText()
    let found = try store.index().integer(
      "SELECT count(*) FROM text JOIN message ON message.id = text.rowid WHERE text MATCH 'needle'")
    #expect(found == 1)
  }

  @Test func aHugeMessageIsIndexedWithoutBeingHeld() throws {
    let mail = try TestStore()
    try mail.deliver("huge", body: "needle at the top\n" + String(repeating: "filler line\n", count: 100))
    let path = "\(mail.root)/\(try mail.names()[0])"
    let file = try File(path, [.write, .append])
    try file.truncate(to: 200 << 20)
    try file.close()
    let store = try mail.synchronised()
    try store.indexText()
    #expect(try store.allRows().first?.size == 200 << 20)
    #expect(try store.index().integer("SELECT count(*) FROM text WHERE text MATCH 'needle'") == 1)
  }
}
