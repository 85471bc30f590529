import MailStore
import Testing

@testable import MailArchive

@Suite struct EntryNameTests {
  @Test(arguments: [
    ("Re: Budget 2024/25?", "Re Budget 2024_25_"), ("a<b>c\"d|e*f\\g", "a_b_c_d_e_f_g"), ("", "_"), ("   ", "_"),
    ("...", "_"), (" .hidden. ", "hidden"), ("tab\tand\nline\r\u{0}\u{1B}[31m", "tab and line[31m"),
    ("CON", "_CON"), ("con.txt", "_con.txt"), ("Com1", "_Com1"), ("COM¹", "_COM¹"), ("LPT9.", "_LPT9"),
    ("COM10", "COM10"), ("CONTRACT", "CONTRACT"), ("nul", "_nul"), ("Ünïcode 図書館 😀", "Ünïcode 図書館 😀"),
    ("\u{202E}gpj.exe", "gpj.exe"), ("x\u{FFFD}y", "x_y"),
  ])
  func everySystemCanHaveTheNames(text: String, name: String) {
    #expect(EntryNames.component(text, limit: 60) == name)
  }

  @Test func namesAreOfLimitedLength() {
    #expect(EntryNames.component(String(repeating: "a", count: 500), limit: 60).count == 60)
    let wide = EntryNames.component(String(repeating: "😀", count: 500), limit: 60)
    #expect(wide.utf8.count <= 200)
    #expect(!wide.isEmpty)
    // A cut doesn't leave a space at the end.
    #expect(EntryNames.component(String(repeating: "a", count: 59) + " b", limit: 60).hasSuffix("a"))
  }

  @Test func noTwoMessagesHaveTheSameName() {
    let folders = [
      Folder(name: "INBOX", role: .inbox), Folder(name: "Work/A", role: nil), Folder(name: "work/a", role: nil),
      Folder(name: "Work/A?", role: nil), Folder(name: "Work/A*", role: nil), Folder(name: "postbag.json", role: nil),
    ]
    var names = EntryNames(folders: folders)
    #expect(
      names.directories == ["Inbox", "Work/A", "work/a-2", "Work/A_", "Work/A_-2", "postbag.json-2"])
    let first = names.name(folder: 0, date: 1_710_489_600, subject: "Hello", checksum: 0x00AB_CDEF)
    #expect(first == "Inbox/2024-03-15 Hello 00abcdef.eml")
    let second = names.name(folder: 0, date: 1_710_489_600, subject: "HELLO", checksum: 0x00AB_CDEF)
    #expect(second == "Inbox/2024-03-15 HELLO 00abcdef-2.eml")
    #expect(names.name(folder: 0, date: -62_135_596_801, subject: "", checksum: 1) == "Inbox/0001-01-01 00000001.eml")
    #expect(names.name(folder: 0, date: .max, subject: "..", checksum: 1) == "Inbox/9999-12-31 00000001.eml")
  }

  @Test func theNameTellsTheForm() {
    #expect(ArchiveTarget(path: "a.ZIP", form: nil)?.form == .zip)
    #expect(ArchiveTarget(path: "a.mbox", form: nil)?.form == .mbox)
    #expect(ArchiveTarget(path: "a/", form: nil)?.form == .maildir)
    #expect(ArchiveTarget(path: "old-Maildir", form: nil)?.form == .maildir)
    #expect(ArchiveTarget(path: "a.eml", form: nil) == nil)
    #expect(ArchiveTarget(path: "a.eml", form: .zip)?.path == "a.eml")
    #expect(ArchiveTarget(path: nil, form: .mbox)?.path.hasSuffix(".mbox") == true)
    #expect(ArchiveTarget(path: nil, form: nil)?.form == .zip)
  }
}

@Suite struct MboxTests {
  private func item(_ flags: MessageFlags = [], tags: [String] = [], sender: String = "ada@example.org") -> ArchiveItem
  {
    ArchiveItem(
      id: 1, folder: 0, name: "cur/1.a:2,S", flags: flags, date: 0, received: 1_709_546_400, size: 0, subject: "",
      senderAddress: sender, tags: tags)
  }

  private func text(_ message: String, _ item: ArchiveItem) -> String {
    String(decoding: mboxRecord(Array(message.utf8), of: item), as: UTF8.self)
  }

  @Test func aMessageHasALineInFrontAndAnEmptyOneBehind() {
    #expect(
      text("Subject: x\n\nbody\n", item())
        == "From ada@example.org Mon Mar  4 10:00:00 2024\nStatus: O\nSubject: x\n\nbody\n\n")
    #expect(text("a: b", item(.recent)).hasSuffix("Status: \na: b\n\n"))
  }

  @Test func flagsAndTagsAreFields() {
    let message = text("a: b\r\n\r\n", item([.seen, .answered, .flagged, .draft, .trashed, .forwarded], tags: ["tax"]))
    #expect(message.hasSuffix("Status: RO\r\nX-Status: AFTD\r\nX-Keywords: $Forwarded tax\r\na: b\r\n\r\n\n"))
  }

  @Test func linesThatLookLikeTheLineInFrontAreQuoted() {
    let message = text("a: b\n\nFrom here\n>From there\n From\nFromage\n>>From", item())
    #expect(message.hasSuffix("\n\n>From here\n>>From there\n From\nFromage\n>>From\n\n"))
    #expect(text("From x\na: b\n\n", item()).contains("\nStatus: O\n>From x\na: b\n"))
  }

  @Test func aSenderCannotBreakTheLine() {
    #expect(text("a: b\n", item(sender: "a b\n\r\u{7F}c")).hasPrefix("From abc Mon"))
    #expect(text("a: b\n", item(sender: "")).hasPrefix("From MAILER-DAEMON Mon"))
  }
}
