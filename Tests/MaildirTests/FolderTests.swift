import MailSystem
import Testing

@testable import Maildir

@Suite struct FolderTests {
  private let folder = TemporaryFolder()

  @Test(arguments: [
    ("Work/Projects", ".Work.Projects"), ("Entwürfe", ".Entw&APw-rfe"), ("a.b", ".a&AC4-b"), ("R&D", ".R&-D"),
    ("日本語", ".&ZeVnLIqe-"), ("Sent", ".Sent"),
  ])
  func folderNamesBecomeDirectoriesAndBack(name: String, directory: String) {
    #expect(FolderName.directoryName(of: name) == directory)
    #expect(FolderName.name(ofDirectory: directory) == name)
  }

  @Test func directoriesThatAreNotModifiedUTF7AreTakenAsTheyAre() {
    #expect(FolderName.name(ofDirectory: ".Entwürfe") == "Entwürfe")
    #expect(FolderName.name(ofDirectory: ".a&b") == "a&b")
    #expect(FolderName.name(ofDirectory: ".a&AC8-b") == "a&AC8-b")
    #expect(FolderName.name(ofDirectory: ".a..b") == "a..b")
  }

  @Test(arguments: ["", "/", "a//b", "/a", "a/", "..", "a/../b", "a\nb", "a\u{0}", String(repeating: "x", count: 256)])
  func someNamesCannotBeFolders(name: String) {
    #expect(FolderName.problem(with: name) != nil)
    #expect(throws: SystemError.self) { try MaildirRoot(folder.path).createFolder(name) }
  }

  @Test(arguments: [" a", "a ", "a/ b", "\u{A0}a", "a\u{3000}", "a\u{202E}b", "\u{2066}a", "a\u{FEFF}", "a\u{2028}b"])
  func noNewFolderGetsANameThatCanNotBeSeen(name: String) {
    #expect(FolderName.problem(with: name) == nil)
    #expect(FolderName.problem(withNew: name) != nil)
  }

  @Test func namesCountAsTheyAreOnDisk() {
    #expect(FolderName.problem(with: String(repeating: "x", count: 254)) == nil)
    #expect(FolderName.problem(with: String(repeating: "ü", count: 100)) != nil)
    #expect(FolderName.problem(with: String(repeating: "a.", count: 60)) != nil)
  }

  @Test func namesHaveLevels() {
    #expect(FolderName.isBelow("Work/Projects", "Work"))
    #expect(!FolderName.isBelow("Work", "Work"))
    #expect(!FolderName.isBelow("Workshop/x", "Work"))
    #expect(!FolderName.isBelow("Work/", "Work"))
    #expect(FolderName.lastPart(of: "a/b/c") == "c")
    #expect(FolderName.lastPart(of: "a") == "a")
    #expect(FolderName.ancestors(of: "a/b/c") == ["a", "a/b"])
    #expect(FolderName.ancestors(of: "a") == [])
  }

  @Test func theInboxIsSpelledInOneWay() throws {
    try createMaildir(folder.path)
    try createMaildir("\(folder.path)/.INBOX.Sent")
    let root = MaildirRoot(folder.path)
    #expect(try root.folders().map(\.name) == ["INBOX", "Inbox/Sent"])
    #expect(try root.folder(named: "inbox/Sent")?.path == "\(folder.path)/.INBOX.Sent")
    #expect(try root.createFolder("INBOX/Sent").path == "\(folder.path)/.INBOX.Sent")
    #expect(try root.createFolder("INBOX/New").path == "\(folder.path)/.Inbox.New")
  }

  @Test func belowTheInboxOfATreeIsItsDirectory() throws {
    try createMaildir("\(folder.path)/Inbox")
    let root = MaildirRoot(folder.path)
    #expect(try root.createFolder("inbox/New").path == "\(folder.path)/Inbox/New")
    #expect(try root.folders().map(\.name) == ["INBOX", "INBOX/New"])
  }

  @Test func filesOfNoMailProgramAreFound() throws {
    try createMaildir(folder.path)
    for name in ["dovecot.index.log", "maildirfolder", ".uidvalidity", "courierimapuiddb"] {
      try File("\(folder.path)/\(name)", [.write, .create]).close()
    }
    try createMaildir("\(folder.path)/Child")
    #expect(try unknownFile(inMaildir: folder.path) == nil)
    try createDirectory("\(folder.path)/cur/odd")
    #expect(try unknownFile(inMaildir: folder.path) == "cur/odd")
    try File("\(folder.path)/notes.txt", [.write, .create]).close()
    #expect(try unknownFile(inMaildir: folder.path) == "notes.txt")
  }

  @Test func aNewStoreIsAMaildirPlusPlus() throws {
    let root = MaildirRoot("\(folder.path)/Maildir")
    #expect(root.layout == .maildirPlusPlus)
    #expect(try root.createFolder("Work/Projects").path == "\(root.path)/.Work.Projects")
    #expect(try root.folders().map(\.name) == ["INBOX", "Work/Projects"])
    for part in ["", "/cur", "/new", "/tmp", "/.Work.Projects/cur"] {
      #expect(try fileStatus(root.path + part).permissions == 0o700)
    }
    #expect(try fileStatus("\(root.path)/.Work.Projects/maildirfolder").size == 0)
  }

  @Test func aRootWithoutCurIsATree() throws {
    for name in ["account/INBOX", "account/Work", "account/Work/2024", "other/Inbox"] {
      try createMaildir("\(folder.path)/\(name)")
    }
    try createDirectories("\(folder.path)/postbag/cur")
    let root = MaildirRoot(folder.path)
    #expect(root.layout == .tree)
    #expect(
      try root.folders().map(\.name) == ["account/INBOX", "account/Work", "account/Work/2024", "other/Inbox"])
    #expect(try root.folder(named: "account/Work/2024")?.path == "\(folder.path)/account/Work/2024")
    #expect(try root.createFolder("account/Neu").path == "\(folder.path)/account/Neu")
  }

  @Test func theInboxOfATreeIsFoundInAnyCase() throws {
    try createMaildir("\(folder.path)/Inbox")
    let root = MaildirRoot(folder.path)
    #expect(root.layout == .tree)
    #expect(try root.folder(named: "INBOX") == .init(name: "INBOX", path: "\(folder.path)/Inbox"))
    #expect(try root.folders().map(\.name) == ["INBOX"])
  }

  @Test func halfAMaildirIsCompleted() throws {
    try createDirectory("\(folder.path)/tmp")
    let root = MaildirRoot(folder.path)
    #expect(root.layout == .maildirPlusPlus)
    try createMaildir(root.path)
    #expect(try directoryEntries(root.path).sorted() == ["cur", "new", "tmp"])
  }

  @Test func foldersOfForeignSpellingAreFoundByName() throws {
    try createMaildir(folder.path)
    try createMaildir("\(folder.path)/.Entwürfe")
    let root = MaildirRoot(folder.path)
    #expect(try root.folder(named: "Entwürfe")?.path == "\(folder.path)/.Entwürfe")
    #expect(try root.folder(named: "Nirgends") == nil)
    #expect(try root.createFolder("Entwürfe").path == "\(folder.path)/.Entwürfe")
  }

  @Test func messagesAreListedWithoutDirectoriesAndHiddenFiles() throws {
    try createMaildir(folder.path)
    for name in ["new/1.a", "cur/2.b:2,S", "cur/.hidden"] {
      try File("\(folder.path)/\(name)", [.write, .create]).close()
    }
    try createDirectory("\(folder.path)/cur/directory")
    var found: [String] = []
    try forEachMessage(inFolder: folder.path) { name, subdirectory in
      let text = unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
      found.append("\(subdirectory.rawValue)/\(text)")
    }
    #expect(found == ["new/1.a", "cur/2.b:2,S"])
  }

  @Test func onlyOldTemporaryFilesAreRemoved() throws {
    try createMaildir(folder.path)
    let time = now()
    let old = time / 1_000_000_000 - 40 * 3600
    for name in ["\(old).M1P1Q1.host", "\(old).M2P1Q1.host", "\(time / 1_000_000_000).M1P1Q1.host", "odd"] {
      try File("\(folder.path)/tmp/\(name)", [.write, .create]).close()
    }
    // Still being written to, although it was begun long ago.
    try setModificationTime("\(folder.path)/tmp/\(old).M1P1Q1.host", to: old * 1_000_000_000)
    #expect(try removeStaleTemporaryFiles(inFolder: folder.path) == 1)
    #expect(try directoryEntries("\(folder.path)/tmp").count == 3)
    #expect(try removeStaleTemporaryFiles(inFolder: folder.path, at: time + 2 * temporaryFileLifetime) == 3)
  }
}
