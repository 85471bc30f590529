import MailSQLite
import MailStore
import MailSystem
import Maildir
import Testing

@Suite struct TrashTests {
  private let day: Int64 = 86_400
  private var today: Int64 { now() / 1_000_000_000 }

  private func id(_ store: Store, _ subject: String) throws -> Int64 {
    try #require(try store.allRows { $0.folders = try store.folders() }.first { $0.subject == subject }).id
  }

  private func age(_ store: Store, _ subject: String, days: Int64) throws {
    try store.stateWriter().execute(
      "UPDATE message SET since = \(today - days * day) WHERE id = \(id(store, subject))")
  }

  @Test func whatGoesToTrashComesBackToWhereItWas() throws {
    let mail = try TestStore(folders: [".Work"])
    try mail.deliver("x", flags: "S")
    try mail.deliver("y", to: ".Work", flags: "F")
    let store = try mail.synchronised()
    let ids = [try id(store, "x"), try id(store, "y")]
    #expect(try store.trash(ids).moved == ids)
    #expect(try store.trash(ids).unchanged == 2)
    #expect(try store.folder(named: "Trash").total == 2)
    let result = try store.restore(ids)
    #expect(result.restored == ["Inbox": 1, "Work": 1])
    #expect(result.remade == [] && result.lost == [] && result.withoutOrigin == 0 && result.missing == 0)
    #expect(try store.restore(ids).unchanged == 2)
    #expect(try mail.names(".Work").count == 1)
    #expect(try store.differences() == [])
  }

  @Test func aMoveOfAnotherProgramIntoTrashIsRemembered() throws {
    let mail = try TestStore(folders: [".Work", ".Trash"])
    let path = try mail.deliver("x", to: ".Work", flags: "S")
    let store = try mail.synchronised()
    try mail.rename(path, ".Trash/" + path.dropFirst(".Work/".count))
    try store.synchronise()
    #expect(try store.restore([id(store, "x")]).restored == ["Work": 1])
  }

  @Test func aMessageInADeletedFolderGoesWhereThatWas() throws {
    let mail = try TestStore(folders: [".Work", ".Work.Old"])
    try mail.deliver("x", to: ".Work.Old", flags: "S")
    let store = try mail.synchronised()
    _ = try store.deleteFolder("Work")
    let result = try store.restore([id(store, "x")])
    #expect(result.restored == ["Work/Old": 1] && result.remade == ["Work/Old"])
  }

  @Test func onlyWhatIsOldEnoughExpires() throws {
    let mail = try TestStore(folders: [".Trash", ".Junk", ".Lists"])
    for (folder, name) in [(".Trash", "t"), (".Junk", "j"), (".Lists", "l")] {
      for age in ["old", "new"] { try mail.deliver("\(name) \(age)", to: folder, flags: "S") }
      try mail.deliver("\(name) flagged", to: folder, flags: "FS")
    }
    let store = try mail.synchronised()
    for name in ["t", "j", "l"] {
      for age in ["old", "flagged"] { try self.age(store, "\(name) \(age)", days: 10) }
      try age(store, "\(name) new", days: 9)
    }
    let plan = try store.planExpiry { _ in 10 * day }
    #expect(plan.expiries.map(\.folder.name).sorted() == ["Junk", "Lists", "Trash"])
    #expect(plan.count == 4, "flagged messages stay but in Trash")
    #expect(plan.expiries.map(\.isForGood).filter { !$0 }.count == 1)
    let result = try store.expire(plan)
    #expect(result.messages == 3 && result.moved == 1)
    #expect(try store.expire(plan).messages == 0, "twice harms nothing")
    #expect(try store.folder(named: "Trash").total == 2)
    #expect(try store.folder(named: "Lists").total == 2)
    #expect(try store.planExpiry { _ in nil }.isEmpty)
    #expect(try store.differences() == [])
  }

  @Test func whatWasRestoredMeanwhileStays() throws {
    let mail = try TestStore()
    try mail.deliver("x", flags: "S")
    let store = try mail.synchronised()
    let x = try id(store, "x")
    _ = try store.trash([x])
    let plan = try store.planEmptying()
    #expect(plan.count == 1)
    _ = try mail.synchronised().restore([x])
    #expect(try store.expire(plan).messages == 0)
    #expect(try mail.names().count == 1)
  }

  @Test func anUnknownArrivalIsTheTimeOfTheFileAndKept() throws {
    let mail = try TestStore(folders: [".Trash"])
    try mail.deliver("x", to: ".Trash", flags: "S")
    let store = try mail.synchronised()
    let statement = "SELECT since FROM message"
    #expect(try store.stateWriter().integer(statement) == nil)
    _ = try store.expire(store.planExpiry { _ in day })
    let since = try #require(try store.stateWriter().integer(statement))
    #expect(abs(since - today) < 60)
    #expect(try store.planExpiry(at: today + 2 * day) { _ in day }.count == 1)
  }

  @Test func roomIsMadeByTheOldestFirst() throws {
    let mail = try TestStore(folders: [".Trash"])
    for name in ["a", "b", "c"] { try mail.deliver(name, body: "Text\n", to: ".Trash", flags: "S") }
    let store = try mail.synchronised()
    for (name, days) in [("a", Int64(1)), ("b", 3), ("c", 2)] { try age(store, name, days: days) }
    let room = try TrashRoom(of: MaildirRoot(mail.root))
    #expect(room.usage.messages == 3)
    #expect(try room.free(MailUsage()) == MailUsage())
    let freed = try room.free(MailUsage(bytes: room.usage.bytes / 3 + 1, messages: 1))
    #expect(freed.messages == 2)
    try store.synchronise()
    #expect(try store.allRows { $0.folders = try store.folders() }.map(\.subject) == ["a"])
    #expect(try room.free(MailUsage(bytes: 1, messages: 1)).messages == 1, "what is gone already counts for nothing")
  }

  @Test func manyAreRemovedInSeveralPieces() throws {
    let mail = try TestStore(folders: [".Trash"])
    for number in 0..<600 { try mail.deliver("\(number)", to: ".Trash", flags: number % 2 == 0 ? "S" : nil) }
    let store = try mail.synchronised()
    let plan = try store.planEmptying()
    try mail.remove(".Trash/" + plan.expiries[0].names[5])
    let result = try store.expire(plan)
    #expect(result.messages == 599)
    #expect(try mail.names(".Trash") == [])
    #expect(try store.differences() == [])
  }
}
