import MailFormats
import MailMIME
import MailStore
import Testing

@testable import MailImport

@Suite struct FolderMapTests {
  private func name(_ path: String, base: String? = nil, role: FolderRole? = nil, isOurs: Bool = false) -> String {
    let parts = path.split(separator: "/").map(String.init)
    return FolderMap(base: base).name(for: SourceFolder(parts, role: role, isOurs: isOurs))
  }

  @Test func `system folders are known by the names they have elsewhere`() {
    for (foreign, own) in [
      ("Sent Items", "Sent"), ("Éléments envoyés", "Sent"), ("E\u{301}le\u{301}ments envoye\u{301}s", "Sent"),
      ("Gesendet", "Sent"), ("Papierkorb", "Trash"), ("Corbeille", "Trash"), ("Brouillons", "Drafts"),
      ("Entwürfe", "Drafts"), ("ENTWÜRFE", "Drafts"), ("Spam", "Junk"), ("Junk-E-Mail", "Junk"), ("INBOX", "Inbox"),
      ("Boîte de réception", "Inbox"), ("Posteingang", "Inbox"), ("Vorlagen", "Templates"), ("", "Inbox"),
      ("INBOX/Sent", "Sent"), ("[Gmail]/Trash", "Trash"), ("[Gmail]/All Mail", "[Gmail]/All Mail"),
    ] {
      #expect(name(foreign) == own)
    }
  }

  @Test func `other folders keep their names`() {
    #expect(name("Work/Projects") == "Work/Projects")
    #expect(name("INBOX/Lists") == "Inbox/Lists")
    #expect(name("Papierkorb/Alt") == "Trash/Alt")
    #expect(name("Work/Sent") == "Work/Sent")
  }

  @Test func `there are no folders below Sent and Junk`() {
    #expect(name("Gesendet/2019") == "Gesendet 2019")
    #expect(name("Spam/a/b") == "Spam a b")
  }

  @Test func `below another folder nothing is a system folder`() {
    #expect(name("", base: "Old") == "Old")
    #expect(name("INBOX", base: "Old") == "Old")
    #expect(name("Sent Items/x", base: "Old/A") == "Old/A/Sent Items/x")
  }

  @Test func `our own archives say what a folder is for`() {
    #expect(name("Spam", isOurs: true) == "Spam")
    #expect(name("Envoyés", role: .sent, isOurs: true) == "Sent")
  }

  @Test func `every name can be one of a folder`() {
    #expect(name("../..") == "_/_")
    #expect(name("a\u{1}b/ c /\n") == "a_b/c/_")
    #expect(name(String(repeating: "x", count: 400)).utf8.count < 256)
    #expect(!name(String(repeating: "é", count: 400) + "/b").isEmpty)
    #expect(name("a\u{202E}b/\u{A0}c\u{2003}/\u{2067}") == "ab/c")
  }
}

@Suite struct ArrivalTests {
  private func time(_ line: String, _ header: String) -> Int64? {
    arrival(FromLine(line.utf8.span), MailboxFields(header.utf8.span, to: header.utf8.count))
  }
  private let received = "Received: from a by b; Mon, 4 Mar 2024 10:00:03 +0000\n\n"

  @Test func `the From line counts`() {
    #expect(time("From a Mon Mar  4 10:00:00 2024", "Subject: a\n\n") == 1_709_546_400)
    #expect(time("From a Tue Mar  5 22:30:00 2024", received) == 1_709_677_800)
  }

  @Test func `local time in it is known by the Received field`() {
    #expect(time("From a Mon Mar  4 11:00:00 2024", received) == 1_709_546_400)
    #expect(time("From a Mon Mar  4 02:00:00 2024", received) == 1_709_546_400)
    #expect(time("From a Mon Mar  4 15:30:10 2024", received) == 1_709_546_410)
    #expect(time("From a Mon Mar  4 11:00:00 +0000 2024", received) == 1_709_550_000)
  }

  @Test func `without it the fields of the message count`() {
    #expect(time("From a@b", received) == 1_709_546_403)
    #expect(time("From a@b", "Subject: a\n\n") == nil)
    #expect(time("From a@b", "Date: Mon, 4 Mar 1901 10:00:00 +0000\n\n") == nil)
  }
}

@Suite struct KeyTests {
  private let run = ImportRun(number: 7, started: 1_700_000_000_123_456_000, host: "example")

  private func message(_ text: String, order: Int64 = 0, identity: String = "") -> FoundMessage {
    FoundMessage(bytes: Array(text.utf8), folder: SourceFolder(), name: "", order: order, identity: identity)
  }

  @Test func `the same message of the same run has the same key, every other another`() {
    var flagged = message("a")
    flagged.flags = .seen
    #expect(run.key(of: message("a"), source: 0) == run.key(of: flagged, source: 0))
    let keys = [
      run.key(of: message("a"), source: 0), run.key(of: message("b"), source: 0),
      run.key(of: message("a", order: 1), source: 0), run.key(of: message("a", identity: "x"), source: 0),
      run.key(of: message("a"), source: 1), ImportRun().key(of: message("a"), source: 0),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(keys.allSatisfy { !$0.contains(",") && !$0.contains(":") && !$0.contains("/") })
  }

  @Test func `keys ascend with places and sources`() {
    let places: [Int64] = [0, 9, 10, 255, 256, 70_000, 1 << 40]
    let keys = places.map { run.key(of: message("a", order: $0), source: 2) }
    #expect(keys == keys.sorted())
    #expect(keys[6] < run.key(of: message("a"), source: 3))
  }
}

/// A target that keeps what it gets, and knows its keys.
private final class Kept: ImportTarget {
  var folders: [String: [NewMessage]] = [:]
  var batches: [Int] = []
  var keys: Set<String> = []

  func name(of role: FolderRole) -> String { role == .sent ? "Gesendet" : role.standardName }
  func folder(for name: String) throws -> (name: String, isNew: Bool) { (name, folders[name] == nil) }
  func contains(_ message: FoundMessage) throws -> Bool { false }
  func setColours(_ colours: [String: String]) throws {}

  func add(_ messages: [NewMessage], to folder: String) throws -> (messages: Int, bytes: Int64) {
    batches.append(messages.count)
    let new = messages.filter { keys.insert($0.key ?? "").inserted }
    folders[folder, default: []] += new
    return (new.count, new.reduce(0) { $0 + Int64($1.bytes.count) })
  }
}

@Suite struct ImporterTests {
  private func importer(_ target: Kept, _ change: (inout ImportOptions) -> Void = { _ in }) -> Importer {
    var options = ImportOptions()
    change(&options)
    return Importer(target, options: options, run: ImportRun(), event: { _ in })
  }

  private func mbox(_ count: Int, size: Int = 10) -> [UInt8] {
    var text: [UInt8] = []
    for number in 0..<count {
      text += Array("From a@b Mon Mar  4 10:00:00 2024\nSubject: \(number)\n\n".utf8)
      text += [UInt8](repeating: 0x78, count: size) + [10, 10]
    }
    return text
  }

  private func read(_ bytes: [UInt8], _ importer: Importer) throws {
    _ = try MboxSource(name: "m", variant: nil, folder: SourceFolder()).read(ByteWindow(bytes), importer)
    try importer.finish()
  }

  @Test func `a batch is limited by messages and by bytes`() throws {
    let many = Kept()
    try read(mbox(9_000), importer(many))
    #expect(many.batches == [4_000, 4_000, 1_000])
    #expect(many.folders["Inbox"]?.count == 9_000)
    let large = Kept()
    try read(mbox(5, size: 10 << 20), importer(large))
    #expect(large.batches == [2, 2, 1])
  }

  @Test func `an import that is begun again adds what is missing`() throws {
    let target = Kept()
    let again = importer(target)
    try read(mbox(50), again)
    for key in target.keys.sorted().suffix(20) { target.keys.remove(key) }
    try read(mbox(50), again)
    #expect(target.folders["Inbox"]?.count == 70 && again.summary.done == 30)
  }

  @Test func `tags and flags are added to those of the message`() throws {
    let target = Kept()
    let importer = importer(target) {
      $0.tags = ["all", "work"]
      $0.add = .flagged
      $0.remove = .seen
    }
    try read(
      Array("From a@b Mon Mar  4 10:00:00 2024\nStatus: RO\nX-Status: A\nX-Keywords: work\n\nx\n".utf8), importer)
    #expect(target.folders["Inbox"]?.first?.flags == [.flagged, .answered])
    #expect(target.folders["Inbox"]?.first?.tags == ["work", "all"])
  }

  @Test func `folders get the names the target has for them`() throws {
    let target = Kept()
    let importer = importer(target)
    for name in ["Sent Items", "Work"] {
      try importer.take(FoundMessage(bytes: [1], folder: SourceFolder([name]), name: "", order: 0))
    }
    try importer.finish()
    #expect(target.folders.keys.sorted() == ["Gesendet", "Work"])
    #expect(importer.summary.folders.map(\.name) == ["Gesendet", "Work"])
  }
}

@Suite struct SequenceTests {
  @Test func `sequences of MH become flags`() {
    let sequences = MHSequences(parsing: "unseen: 3 7-9\nflagged: 8\nreplied:\ncur: 9\nforwarded: 1-2\n")
    #expect(sequences.flags(of: "8") == .flagged)
    #expect(sequences.flags(of: "2") == [.seen, .forwarded])
    #expect(sequences.flags(of: "a") == nil)
  }
}
