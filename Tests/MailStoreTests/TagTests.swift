import MailSQLite
import Testing

@testable import MailStore

@Suite struct TagTests {
  private func store(_ count: Int = 3) throws -> (TestStore, Store, [Int64]) {
    let mail = try TestStore(folders: [".Work", ".Trash"])
    for number in 1...count {
      try mail.deliver("m\(number)", id: "m\(number)@example.org", to: number == 3 ? ".Work" : "", flags: "")
    }
    let store = try mail.synchronised()
    return (mail, store, try store.listIDs(ListRequest()).sorted())
  }

  private func tags(_ store: Store, _ id: Int64) throws -> [String] { try store.message(id: id)?.tags ?? ["gone"] }

  private func modseq(_ store: Store, _ sql: String) throws -> Int64 { try store.stateWriter().integer(sql) ?? -1 }

  @Test func `Tags are put on and taken off, and made with the first message`() throws {
    let (_, store, ids) = try store()
    let change = try store.changeTags([ids[0], ids[1]], add: ["todo", "Work"], remove: ["none"])
    #expect(change == TagChange(changed: 2, missing: [], made: ["todo", "Work"], unknown: ["none"]))
    #expect(try tags(store, ids[0]) == ["todo", "Work"])
    let other = try store.changeTags([ids[0]], add: [], remove: ["TODO"])
    #expect(other == TagChange(changed: 1, missing: [], made: [], unknown: []))
    #expect(try tags(store, ids[0]) == ["Work"])
    #expect(try store.tags().map(\.name) == ["todo", "Work"])
    #expect(try store.tags().map(\.total) == [1, 2])
  }

  @Test func `No message, no tag`() throws {
    let (_, store, _) = try store()
    #expect(try store.changeTags([], add: ["todo"], remove: []).made == [])
    #expect(try store.changeTags([4711], add: ["todo"], remove: []).missing == [4711])
    #expect(try store.tags() == [])
  }

  @Test func `Differing case is the same tag, also beyond ASCII, and the first spelling stays`() throws {
    let (_, store, ids) = try store()
    _ = try store.changeTags([ids[0]], add: ["Été"], remove: [])
    let change = try store.changeTags(ids, add: ["éTÉ", "E\u{301}te\u{301}"], remove: [])
    #expect(change.changed == 2 && change.made == [])
    #expect(try tags(store, ids[2]) == ["Été"])
    #expect(throws: StoreError.self) { try store.createTag("ÉTÉ") }
  }

  @Test func `All tags are taken off before others are put on`() throws {
    let (_, store, ids) = try store()
    _ = try store.changeTags(ids, add: ["a", "b", "c"], remove: [])
    let change = try store.changeTags([ids[0], ids[1]], add: ["c", "d"], remove: [], removesAll: true)
    #expect(change.changed == 2)
    #expect(try tags(store, ids[0]) == ["c", "d"])
    #expect(try store.changeTags([ids[0]], add: ["C", "D"], remove: [], removesAll: true).changed == 0)
    #expect(try tags(store, ids[2]) == ["a", "b", "c"])
  }

  @Test func `The modification sequence goes up with each change and only then`() throws {
    let (_, store, ids) = try store()
    let inbox = "SELECT modseq FROM folder WHERE name = 'INBOX' COLLATE NOCASE"
    let work = "SELECT modseq FROM folder WHERE name = 'Work'"
    let (first, second) = (try modseq(store, inbox), try modseq(store, work))
    _ = try store.changeTags(ids, add: ["x"], remove: [])
    #expect(try modseq(store, inbox) == first + 1)
    #expect(try modseq(store, work) == second + 1)
    #expect(try modseq(store, "SELECT min(modseq) FROM message WHERE id = \(ids[0])") == first + 1)
    _ = try store.changeTags(ids, add: ["x"], remove: ["y"])
    #expect(try modseq(store, inbox) == first + 1)
    _ = try store.changeTags([ids[0]], add: [], remove: ["x"])
    #expect(try modseq(store, inbox) == first + 2)
    #expect(try modseq(store, work) == second + 1)
    #expect(try store.deleteTag("X") == 2)
    #expect(try modseq(store, inbox) == first + 3)
    #expect(try modseq(store, work) == second + 2)
  }

  @Test func `Nothing is written for messages that have the tag`() throws {
    let (_, store, ids) = try store()
    _ = try store.changeTags(ids, add: ["x"], remove: [])
    let before = try modseq(store, "SELECT total_changes()")
    _ = try store.changeTags(ids, add: ["x"], remove: ["y"])
    #expect(try modseq(store, "SELECT total_changes()") == before)
  }

  @Test func `Thousands are tagged in several transactions, each message once`() throws {
    let (_, store, ids) = try store()
    var seen: [Int] = []
    let many = Array(repeating: ids, count: 3000).flatMap { $0 } + (1000..<10_000).map { Int64($0) }
    let change = try store.changeTags(many, add: ["x"], remove: []) { seen.append($0) }
    #expect(change.changed == 3)
    #expect(change.missing.count == 9000)
    #expect(seen.last == 9003 && seen.count > 1)
  }

  @Test func `A deleted tag is off all messages and can be made again`() throws {
    let (_, store, ids) = try store()
    _ = try store.changeTags(ids, add: ["x", "y"], remove: [])
    #expect(try store.deleteTag("x") == 3)
    #expect(try tags(store, ids[0]) == ["y"])
    #expect(throws: StoreError.self) { try store.deleteTag("x") }
    try store.createTag("X", colour: TagColour("red"))
    #expect(try store.tags().map(\.name) == ["X", "y"])
    #expect(try tags(store, ids[0]) == ["y"])
    #expect(try store.tagColours() == ["X": TagColour("red")])
    try store.setColour(nil, ofTag: "x")
    #expect(try store.tagColours() == [:])
    #expect(throws: StoreError.self) { try store.setColour(nil, ofTag: "none") }
  }

  @Test func `Counts leave out Trash and know what is unread`() throws {
    let (mail, store, ids) = try store()
    _ = try store.changeTags(ids, add: ["x"], remove: [])
    try store.setFlags([ids[0]], add: .seen, remove: [])
    let name = try mail.names(".Work")[0]
    try mail.rename(".Work/\(name)", ".Trash/\(name)")
    try store.synchronise()
    #expect(try store.tags().map { [$0.total, $0.unread] } == [[2, 1]])
  }

  @Test func `Tags and comments stay with a message that another program moves or marks`() throws {
    let (mail, store, ids) = try store()
    _ = try store.changeTags([ids[0]], add: ["x"], remove: [])
    try store.setComment([ids[0]], "call back")
    let name = try mail.names()[0]
    try mail.rename(name, ".Work/\(name)FS")
    try store.synchronise()
    let row = try #require(try store.message(id: ids[0]))
    #expect(row.tags == ["x"])
    #expect(row.comment == "call back")
    #expect(row.flags.isSuperset(of: [.commented, .flagged, .seen]))
  }

  @Test func `Lists want one tag of each group`() throws {
    let (_, store, ids) = try store()
    _ = try store.changeTags([ids[0], ids[1]], add: ["a"], remove: [])
    _ = try store.changeTags([ids[1], ids[2]], add: ["b"], remove: [])
    let numbers = Dictionary(uniqueKeysWithValues: try store.tagNames().map { ($0.name, $0.id) })
    let (a, b) = (try #require(numbers["a"]), try #require(numbers["b"]))
    #expect(try store.subjects { $0.tags = [[a]] }.sorted() == ["m1", "m2"])
    #expect(try store.subjects { $0.tags = [[a], [b]] } == ["m2"])
    #expect(try store.subjects { $0.tags = [[a, b]] }.sorted() == ["m1", "m2", "m3"])
    #expect(try store.subjects { $0.tags = [[]] } == [])
    #expect(try store.subjects { ($0.ids, $0.tags) = ([ids[2], ids[0]], [[a]]) } == ["m1"])
  }

  @Test func `Comments are written, replaced and taken away`() throws {
    let (_, store, ids) = try store()
    #expect(try store.setComment(ids, "one\ntwo é") == 3)
    #expect(try store.setComment(ids, "one\ntwo é") == 0)
    #expect(try store.setComment([ids[0], 4711], "other") == 1)
    #expect(try store.comment(on: ids[0]) == "other")
    #expect(try store.allRows().filter { $0.flags.contains(.commented) }.count == 3)
    #expect(try store.setComment(ids, nil) == 3)
    #expect(try store.comment(on: ids[1]) == nil)
    #expect(throws: StoreError.self) {
      try store.setComment(ids, String(repeating: "x", count: Store.longestComment + 1))
    }
    #expect(try store.setComment(ids, String(repeating: "x", count: Store.longestComment)) == 3)
  }

  @Test func `A whole conversation is meant by each of its messages, once`() throws {
    let mail = try TestStore()
    try mail.deliver("a", id: "a@x", date: "1 Mar 2021 12:00:00 +0000")
    try mail.deliver("b", id: "b@x", references: ["a@x"], date: "2 Mar 2021 12:00:00 +0000")
    try mail.deliver("c", id: "c@x", date: "3 Mar 2021 12:00:00 +0000")
    let store = try mail.synchronised()
    let ids = try store.listIDs(ListRequest()).sorted()
    #expect(try store.withConversations(of: [ids[1], ids[0]]) == [ids[0], ids[1]])
    #expect(try store.withConversations(of: [ids[2], ids[1], ids[2]]) == [ids[2], ids[0], ids[1]])
    #expect(try store.withConversations(of: []) == [])
  }
}
