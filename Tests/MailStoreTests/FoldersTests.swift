import MailSQLite
import MailSystem
import Testing

@testable import MailStore

@Suite struct FoldersTests {
  private let test: TestStore

  init() throws { test = try TestStore(folders: [".Work", ".Work.Projects", ".Work.Projects.Old"]) }

  private func names(_ store: Store) throws -> [String] { try store.folders().map(\.name) }

  /// A store with a tree of folders, in each of which lies a message of the folder's name.
  private func tree() throws -> Store {
    for folder in ["", ".Work", ".Work.Projects", ".Work.Projects.Old"] {
      try test.deliver("in \(folder)", to: folder, flags: "")
    }
    return try test.synchronised()
  }

  private func whereabouts(_ store: Store) throws -> [String: Int64] {
    Dictionary(
      try store.allRows { $0.folders = try store.folders() }.map { ($0.subject, $0.id) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func `A folder is renamed with all below it, and no message is read again`() throws {
    let store = try tree()
    let before = try whereabouts(store)
    let listed = try store.index().integer("SELECT sum(listed) FROM main.folder")
    try store.renameFolder("Work", to: "Arbeit/2026")
    #expect(try names(store) == ["Inbox", "Arbeit/2026", "Arbeit/2026/Projects", "Arbeit/2026/Projects/Old"])
    #expect(try whereabouts(store) == before)
    #expect(try store.index().integer("SELECT sum(listed) FROM main.folder") == listed)
    #expect(try store.differences() == [])
    #expect(
      try directoryEntries(test.root).sorted().filter { $0.hasPrefix(".") } == [
        ".Arbeit.2026", ".Arbeit.2026.Projects", ".Arbeit.2026.Projects.Old",
      ])
  }

  @Test func `A folder may take the place of the one it lies in`() throws {
    let test = try TestStore(folders: [".A.B", ".A.B.B"])
    try test.deliver("outer", to: ".A.B")
    try test.deliver("inner", to: ".A.B.B")
    let store = try test.synchronised()
    let before = try whereabouts(store)
    try store.setSubscribed("A/B", true)
    try store.renameFolder("A/B", to: "A")
    #expect(try names(store) == ["Inbox", "A", "A/B"])
    #expect(try whereabouts(store) == before)
    #expect(try store.subscriptions() == ["A"])
  }

  @Test func `An announced rename is finished by whoever comes next`() throws {
    let store = try tree()
    let before = try whereabouts(store)
    try store.setSubscribed("Work", true)
    let steps = try store.renameSteps(from: "Work", to: "Arbeit")
    for taken in 0...steps.count {
      let state = try store.stateWriter()
      try state.transaction {
        for (number, step) in steps.enumerated() {
          try state.execute(
            """
            INSERT INTO folder_rename VALUES(\(number), \(step.folder ?? 0), '\(step.name)', '\(step.newName)',
              '\(step.path)', '\(step.newPath)', \(step.inode), \(step.isSubscribed ? 1 : 0))
            """)
        }
        try state.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
      }
      for step in steps.prefix(taken) { try test.rename(step.path, step.newPath) }
      let next = try test.synchronised()
      #expect(try names(next) == ["Inbox", "Arbeit", "Arbeit/Projects", "Arbeit/Projects/Old"])
      #expect(try whereabouts(next) == before)
      #expect(try next.subscriptions() == ["Arbeit"])
      #expect(try next.differences() == [])
      try next.renameFolder("Arbeit", to: "Work")
      try store.synchronise()
    }
  }

  @Test func `A rename that can not be finished leaves the folder where it is`() throws {
    let store = try tree()
    let before = try whereabouts(store)
    let step = try store.renameSteps(from: "Work/Projects/Old", to: "Alt")[0]
    try store.stateWriter().execute(
      """
      INSERT INTO folder_rename VALUES(0, \(step.folder ?? 0), '\(step.name)', '\(step.newName)', '\(step.path)',
        '\(step.newPath)', \(step.inode), 0);
      UPDATE meta SET value = value + 1 WHERE key = 'generation';
      """)
    try test.makeMaildir("\(test.root)/.Alt")
    let next = try test.synchronised()
    #expect(try names(next) == ["Inbox", "Alt", "Work", "Work/Projects", "Work/Projects/Old"])
    #expect(try whereabouts(next) == before)
    #expect(try next.differences() == [])
  }

  @Test func `A rename that fails half way is taken back`() throws {
    let store = try tree()
    let before = try whereabouts(store)
    var steps = try store.renameSteps(from: "Work", to: "Arbeit")
    steps[2].newPath = "missing/directory"
    #expect(throws: (any Error).self) { try store.perform { steps } }
    #expect(
      try directoryEntries(test.root).sorted().filter { $0.hasPrefix(".") } == [
        ".Work", ".Work.Projects", ".Work.Projects.Old",
      ])
    let next = try test.synchronised()
    #expect(try names(next) == ["Inbox", "Work", "Work/Projects", "Work/Projects/Old"])
    #expect(try whereabouts(next) == before)
    #expect(try next.stateWriter().integer("SELECT count(*) FROM retired_folder") == 0)
  }

  @Test func `What other programs keep under a folder's name comes along`() throws {
    let store = try tree()
    try createDirectories("\(test.root)/.Work.index/dovecot")
    try store.renameFolder("Work", to: "Arbeit")
    #expect(isDirectory("\(test.root)/.Arbeit.index/dovecot"))
    #expect(!isDirectory("\(test.root)/.Work.index"))
  }

  @Test func `Messages of Trash go back to where their folder is now`() throws {
    let store = try tree()
    let id = try #require(try whereabouts(store)["in .Work"])
    _ = try store.move([id], to: store.folder(named: "Trash"))
    try store.renameFolder("Work", to: "Arbeit")
    #expect(try store.stateWriter().integer("SELECT 1 FROM trashed WHERE folder = 'Arbeit'") == 1)
    try store.deleteFolder("Arbeit")
    #expect(try store.stateWriter().integer("SELECT 1 FROM trashed WHERE folder = 'Arbeit'") == 1)
  }

  @Test func `A deleted tree comes back whole, or a part of it`() throws {
    let store = try tree()
    let before = try whereabouts(store)
    try store.deleteFolder("Work")
    #expect(try store.deletedFolders().map(\.origin) == ["Work"])
    #expect(try store.restoreFolder("Trash/Work/Projects").new == "Work/Projects")
    #expect(try names(store) == ["Inbox", "Trash", "Trash/Work", "Work/Projects", "Work/Projects/Old"])
    try store.restoreFolder("Work")
    #expect(try names(store) == ["Inbox", "Trash", "Work", "Work/Projects", "Work/Projects/Old"])
    #expect(try store.deletedFolders() == [])
    #expect(try whereabouts(store) == before)
  }

  @Test func `A long name is shortened in Trash, and comes back as it was`() throws {
    let name = String(repeating: "x", count: 254)
    let store = try tree()
    _ = try store.createFolder(name)
    let deleted = try store.deleteFolder(name).new
    #expect(deleted.utf8.count == 6 + 248)
    #expect(try store.restoreFolder(name).new == name)
  }

  @Test func `Memory of a folder follows it through Trash, and ends outside`() throws {
    let store = try tree()
    try store.deleteFolder("Work/Projects")
    try store.renameFolder("Trash/Projects", to: "Trash/Other")
    #expect(try store.deletedFolders().map(\.name) == ["Trash/Other"])
    try store.renameFolder("Trash/Other", to: "Out")
    #expect(try store.deletedFolderRows(in: store.stateWriter()) == [])
  }

  @Test func `A folder is removed with its messages, and the text of none is left to be found`() throws {
    let store = try tree()
    let before = try whereabouts(store)
    try store.deleteFolder("Work")
    let result = try store.removeFolder("Trash/Work")
    #expect(result.removed == 3)
    #expect(try whereabouts(store) == before.filter { $0.key == "in" })
    #expect(try store.differences() == [])
    #expect(!isDirectory("\(test.root)/postbag/removed"))
    #expect(try store.stateWriter().integer("SELECT count(*) FROM folder") == 2)
  }

  @Test func `Files of an unfinished removal are removed with the next one, or when asked for`() throws {
    let store = try tree()
    try test.makeMaildir("\(test.root)/postbag/removed/1-0")
    try store.deleteFolder("Work/Projects/Old")
    try store.removeFolder("Trash/Old")
    #expect(!isDirectory("\(test.root)/postbag/removed"))
    try test.makeMaildir("\(test.root)/postbag/removed/1-0")
    try store.removeLeftovers()
    #expect(!isDirectory("\(test.root)/postbag/removed"))
  }

  @Test func `The first folder of those configured has the role`() throws {
    let test = try TestStore(folders: [".INBOX.Sent", ".Gesendet", ".SPAM", ".Sent"])
    var options = Store.Options()
    options.roles = [.sent: ["Sent Items", ".INBOX.Sent", "Gesendet"], .junk: ["Spam"], .trash: ["Papierkorb"]]
    let store = try Store.open(test.root, options: options)
    try store.synchronise()
    let roles = try store.foldersWithMissing().filter { $0.role != nil }.map(\.name)
    #expect(roles == ["Inbox", "Inbox/Sent", "Drafts", "Templates", "Papierkorb", "SPAM"])
    #expect(try store.folder(named: "trash").name == "Papierkorb")
    #expect(try store.folder(named: "Sent").role == nil)
    try store.renameFolder("Gesendet", to: "Sent Items")
    #expect(try store.folders().first { $0.role == .sent }?.name == "Sent Items")
    #expect(throws: StoreError.self) { try store.deleteFolder("Sent Items") }
    try store.deleteFolder("Inbox/Sent")
    #expect(try store.deletedFolders().map(\.name) == ["Papierkorb/Sent"])
  }

  @Test func `A system folder holds the folders above it`() throws {
    let test = try TestStore(folders: [".Mail", ".Mail.Out"])
    var options = Store.Options()
    options.roles = [.sent: ["Mail/Out"]]
    let store = try Store.open(test.root, options: options)
    #expect(throws: StoreError.self) { try store.renameFolder("Mail", to: "Post") }
    #expect(throws: StoreError.self) { try store.createFolder("Mail/Out/x") }
    #expect(try store.createFolder("Mail/In").name == "Mail/In")
  }
}
