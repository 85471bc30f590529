import Testing

@testable import MailCommand
@testable import MailStore

@Suite struct TableTests {
  static let now: Int64 = 1_764_000_000  // 2025-11-24 16:00 UTC

  static func row(
    _ flags: MessageFlags = .seen, date: Int64 = now - 7200, sender: String = "Ada Example",
    subject: String = "Budget for next year", tags: [String] = []
  ) -> MessageRow {
    MessageRow(
      id: 12, folder: 1, name: "cur/1764.M1P2Q3.host,S=4300:2,S", flags: flags, date: date, received: date, size: 4300,
      thread: 5, sender: sender, senderAddress: "ada@example.org", recipients: "Ben Example, Cy <cy@example.com>",
      subject: subject, messageID: "x@example.org", tags: tags)
  }

  static let inbox = Folder(id: 1, name: "INBOX", path: "/m", role: .inbox, total: 3, unread: 1, bytes: 9)
  static let sent = Folder(id: 2, name: "Sent", path: "/m/.Sent", role: .sent, total: 3, unread: 0, bytes: 9)

  private func line(
    _ row: MessageRow, columns: Int? = 80, colour: Bool = false, folder: Folder = inbox, branch: Branch? = nil,
    _ change: (inout PrinterOptions) -> Void = { _ in }
  ) -> String {
    var options = PrinterOptions()
    options.now = Self.now
    change(&options)
    let terminal = Terminal(isTerminal: true, columns: columns, rows: 24, hasColour: colour)
    var table = MessageTable(options: options, terminal: terminal)
    return text { table.append(row, number: 7, folder: folder, branch: branch, to: &$0) }
  }

  @Test func `A line has number, marks, date, sender, size and subject`() {
    #expect(
      line(Self.row(date: 1_709_546_400))
        == "  7         2024-03-04 Ada Example         4.2K Budget for next year\n")
  }

  @Test func `Every mark has its own column`() {
    let marks: MessageFlags = [.answered, .forwarded, .flagged, .attachment, .highPriority, .commented]
    #expect(line(Self.row(marks)).hasPrefix("  7 Nrf*@!\" "))
    #expect(line(Self.row([.seen, .lowPriority])).hasPrefix("  7      v  "))
    #expect(line(Self.row([.seen, .draft])).hasPrefix("  7 D       "))
    #expect(line(Self.row([.trashed])).hasPrefix("  7 T       "))
  }

  @Test func `Lines fit the terminal whatever the text`() {
    for subject in ["", String(repeating: "long ", count: 60), String(repeating: "日本", count: 60), "e\u{301}\u{1B}[2J"]
    {
      for columns in 20...160 {
        for layout in PrinterOptions.Layout.allCases {
          let lines = line(Self.row(sender: subject, subject: subject, tags: ["work", "tax"]), columns: columns) {
            $0.layout = layout
            $0.showsFolder = columns % 2 == 0
            $0.fullDates = columns % 3 == 0
          }
          for line in lines.split(separator: "\n") {
            #expect(displayWidth(String(line)) <= columns)
          }
        }
      }
    }
  }

  @Test func `Tags leave room for the subject`() {
    let tags = ["one", "a very long name of a tag", "three", "four"]
    let text = line(Self.row(subject: String(repeating: "long ", count: 60), tags: tags), columns: 80)
    #expect(text.contains(" [one] +3 long long"), "\(text)")
    #expect(
      line(Self.row(subject: String(repeating: "long ", count: 60), tags: tags), columns: 120)
        .contains(" [one] [a very long name of…] +2 long long"))
    #expect(line(Self.row(tags: ["one"]), columns: 80).contains(" [one] Budget"))
    #expect(
      line(Self.row(tags: tags), columns: nil).contains("[one] [a very long name of a tag] [three] [four] Budget"))
  }

  @Test func `Without a terminal nothing is cut`() {
    let subject = String(repeating: "long ", count: 60)
    #expect(line(Self.row(subject: subject), columns: nil).contains(subject))
  }

  @Test func `Full dates have year and time`() {
    #expect(line(Self.row(date: 1_709_546_400)) { $0.fullDates = true }.contains(" 2024-03-04 10:00 "))
  }

  @Test func `Two lines have the address and the subject of their own`() {
    let lines = line(Self.row(subject: "Budget", tags: ["tax"])) { $0.layout = .normal }.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains("Ada Example <ada@example.org>"))
    #expect(lines[0].hasSuffix(" 4.2K"))
    #expect(lines[1] == "                       [tax] Budget")
  }

  @Test func `Tags stand before the subject`() {
    #expect(line(Self.row(subject: "Budget", tags: ["tax", "2025"])).hasSuffix(" [tax] [2025] Budget\n"))
  }

  @Test func `Tags have their colours`() {
    let terminal = Terminal(isTerminal: true, columns: 120, rows: 24, hasColour: true)
    var table = MessageTable(
      options: PrinterOptions(), terminal: terminal,
      tagColours: ["tax": TagColour("red"), "x": TagColour("mauve")].compactMapValues { $0 })
    let row = Self.row(tags: ["tax", "x"])
    let line = text { table.append(row, number: 1, folder: Self.inbox, to: &$0) }
    #expect(line.contains("\u{1B}[31m[tax]\u{1B}[0m"))
    #expect(line.contains("\u{1B}[35m[x]\u{1B}[0m"))
  }

  @Test func `Own mail shows to whom it went`() {
    #expect(line(Self.row(), folder: Self.sent).contains(" To Ben Example, C… "))
  }

  @Test func `A message without subject says so`() {
    #expect(line(Self.row(subject: "")).hasSuffix(" (no subject)\n"))
  }

  @Test func `Colours are only for terminals that have them`() {
    #expect(!line(Self.row([])).contains("\u{1B}"))
    #expect(line(Self.row([]), colour: true).contains("\u{1B}[32mN\u{1B}[0m"))
  }

  @Test func `A conversation begins with its numbers`() {
    var branch = Branch()
    branch.count = 3
    branch.unread = 1
    #expect(line(Self.row(subject: "Re: x"), branch: branch).hasSuffix("(3, 1 unread) Re: x\n"))
    branch.unread = 0
    #expect(line(Self.row(subject: "Re: x"), branch: branch).hasSuffix("(3) Re: x\n"))
    branch.count = 1
    #expect(line(Self.row(subject: "Re: x"), branch: branch).hasSuffix("K Re: x\n"))
  }

  @Test func `JSON has all keys`() {
    let line = text { $0.append(json: Self.row([.seen, .attachment], tags: ["tax"]), number: 7, folder: Self.inbox) }
    #expect(
      line == """
        {"number":7,"id":12,"message_id":"x@example.org","path":"/m/cur/1764.M1P2Q3.host,S=4300:2,S","folder":"INBOX",\
        "from":"Ada Example","from_address":"ada@example.org","to":"Ben Example, Cy <cy@example.com>",\
        "subject":"Budget for next year","date":"2025-11-24T14:00:00Z","time":1763992800,"received":1763992800,\
        "size":4300,"flags":["seen","attachment"],"tags":["tax"],"thread":5}

        """)
  }
}

@Suite struct FolderTreeTests {
  private func folder(_ name: String, role: FolderRole? = nil, unread: Int = 0) -> Folder {
    Folder(id: 1, name: name, path: "/m/" + name, role: role, total: 5, unread: unread, bytes: 0)
  }

  private func tree(_ folders: [Folder]) -> [String] {
    folderTree(folders.map { FolderSummary($0) }).map {
      String(repeating: "  ", count: $0.depth) + $0.name + ($0.total == nil ? " -" : "")
        + ($0.hasUnreadBelow ? " +" : "")
    }
  }

  @Test func `System folders come first, the others by name under their parents`() {
    let folders = [
      folder("work/b"), folder("Zoo"), folder("Junk", role: .junk), folder("Work"), folder("INBOX", role: .inbox),
      folder("a"), folder("Work/A"),
    ]
    #expect(tree(folders) == ["INBOX", "Junk", "a", "Work", "  A", "work -", "  b", "Zoo"])
  }

  @Test func `A parent shows that a child has unread mail, and only then`() {
    let folders = [folder("A"), folder("A/B"), folder("A/B/C", unread: 2), folder("D", unread: 1), folder("D/E")]
    #expect(tree(folders) == ["A +", "  B +", "    C", "D", "  E"])
  }

  @Test func `A parent that is no folder has a line without counts`() {
    #expect(tree([folder("X/Y/Z"), folder("X/Q")]) == ["X -", "  Q", "  Y -", "    Z"])
  }

  @Test func `A subfolder of a system folder stays under it`() {
    let folders = [
      folder("Archive"), folder("Trash/Old"), folder("Trash", role: .trash), folder("INBOX", role: .inbox),
    ]
    #expect(tree(folders) == ["INBOX", "Trash", "  Old", "Archive"])
  }
}
