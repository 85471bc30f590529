import MailSystem
import Testing

@testable import Maildir

@Suite struct SubscriptionsTests {
  private let folder = TemporaryFolder()

  private func root(_ layout: MaildirRoot.Layout = .maildirPlusPlus) throws -> MaildirRoot {
    try createMaildir(layout == .tree ? "\(folder.path)/Inbox" : folder.path)
    return MaildirRoot(folder.path)
  }

  private func write(_ text: String, _ name: String = "subscriptions") throws {
    try replaceFile("\(folder.path)/\(name)", with: Array(text.utf8))
  }

  private func contents() throws -> String {
    String(decoding: try readFile("\(folder.path)/subscriptions"), as: UTF8.self)
  }

  @Test(arguments: [
    ("V\t2\n\nINBOX\nWork\tProjects\nEntw&APw-rfe\n", ["Inbox", "Work/Projects", "Entwürfe"]),
    ("INBOX\nWork.Projects\nEntw&APw-rfe\n", ["Inbox", "Work/Projects", "Entwürfe"]),
    ("INBOX\nWork/Projects\n", ["Inbox", "Work/Projects"]),
    ("", []), ("V\t2\n\n", []), ("V\t2\n\na\t\tb\n\nc\nc", ["a..b", "c"]),
  ])
  func everyFormIsRead(text: String, names: [String]) throws {
    let root = try root()
    try write(text)
    #expect(try Subscriptions.read(from: root).names == names)
  }

  @Test func couriersFileCountsOnlyWhereThereIsNoOther() throws {
    let root = try root()
    try write("INBOX\nINBOX.Work.Projects\n", "courierimapsubscribed")
    #expect(try Subscriptions.read(from: root).names == ["Inbox", "Work/Projects"])
    try Subscriptions.update(in: root) { $0.insert("Neu") }
    #expect(try contents() == "V\t2\n\nINBOX\nWork\tProjects\nNeu\n")
    try Subscriptions.update(in: root) { $0.remove("Work/Projects") }
    #expect(try Subscriptions.read(from: root).names == ["Inbox", "Neu"])
  }

  @Test func aFileKeepsItsForm() throws {
    let root = try root()
    try write("Work.Projects\n")
    try Subscriptions.update(in: root) { $0.insert("a.b/Entwürfe") }
    #expect(try contents() == "Work.Projects\na&AC4-b.Entw&APw-rfe\n")
    try write("V\t2\n\nWork\n")
    try Subscriptions.update(in: root) { $0.insert("a.b/Entwürfe") }
    #expect(try contents() == "V\t2\n\nWork\na&AC4-b\tEntw&APw-rfe\n")
  }

  @Test func linesThatMeanNothingStayAsTheyAre() throws {
    let root = try root()
    try replaceFile("\(folder.path)/subscriptions", with: Array("V\t2\n\nx&y\n".utf8) + [0xFF, 0x0A])
    try Subscriptions.update(in: root) { $0.insert("Neu") }
    #expect(
      try readFile("\(folder.path)/subscriptions") == Array("V\t2\n\nx&y\n".utf8) + [0xFF, 0x0A] + Array("Neu\n".utf8))
  }

  @Test func aFolderOfATreeMayHaveTheNameOfTheFile() throws {
    let root = try root(.tree)
    try createMaildir("\(folder.path)/subscriptions")
    #expect(try Subscriptions.read(from: root).names == [])
  }

  @Test func namesOfATreeAreWrittenAsTheyAre() throws {
    let root = try root(.tree)
    try Subscriptions.update(in: root) { $0.insert("Work/v1.2") }
    #expect(try contents() == "V\t2\n\nWork\tv1.2\n")
    #expect(try Subscriptions.read(from: root).names == ["Work/v1.2"])
  }

  @Test func whatIsNotChangedIsNotWritten() throws {
    let root = try root()
    try write("Work\n")
    let before = try fileStatus("\(folder.path)/subscriptions").inode
    try Subscriptions.update(in: root) { $0.insert("Work") }
    #expect(try fileStatus("\(folder.path)/subscriptions").inode == before)
  }

  @Test func anotherProgramsLockIsWaitedFor() throws {
    let root = try root()
    try write("", "subscriptions.lock")
    #expect(throws: SystemError.self) {
      try Subscriptions.update(in: root, patience: 100_000_000) { $0.insert("Work") }
    }
    #expect(try directoryEntries(folder.path).contains("subscriptions.lock"))
    try setModificationTime("\(folder.path)/subscriptions.lock", to: now() - 60_000_000_000)
    try Subscriptions.update(in: root, patience: 100_000_000) { $0.insert("Work") }
    #expect(try Subscriptions.read(from: root).names == ["Work"])
    #expect(try directoryEntries(folder.path).sorted() == ["cur", "new", "subscriptions", "tmp"])
  }

  @Test func aLockThatWeLeftBehindIsTakenAway() throws {
    let root = try root()
    try write("V\t2\n", "subscriptions.postbag")
    try linkFile("\(folder.path)/subscriptions.postbag", to: "\(folder.path)/subscriptions.lock")
    try Subscriptions.update(in: root, patience: 100_000_000) { $0.insert("Work") }
    #expect(try directoryEntries(folder.path).sorted() == ["cur", "new", "subscriptions", "tmp"])
  }
}
