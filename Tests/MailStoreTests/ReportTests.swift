import MailStore
import MailSystem
import Testing

private let receipt = """
  Content-Type: multipart/report; report-type=disposition-notification; boundary=x

  --x

  Read.
  --x
  Content-Type: message/disposition-notification

  Final-Recipient: rfc822;ben@example.com
  Original-Message-ID: <one@example.org>
  Disposition: manual-action/MDN-sent-manually; displayed
  --x--
  """

private func bounce(_ action: String, _ status: String, of id: String = "one@example.org") -> String {
  """
  Content-Type: multipart/report; report-type=delivery-status; boundary=x

  --x

  Not delivered.
  --x
  Content-Type: message/delivery-status

  Reporting-MTA: dns; mx.example.com

  Final-Recipient: rfc822;eve@example.com
  Action: \(action)
  Status: \(status)
  Diagnostic-Code: smtp; 550 no such user
  --x
  Content-Type: text/rfc822-headers

  Message-ID: <\(id)>
  --x--
  """
}

extension TestStore {
  @discardableResult
  fileprivate func deliver(report: String, to folder: String = "") throws -> String {
    let halves = report.split(separator: "\n\n", maxSplits: 1)
    return try deliver(
      "Report", id: "report\(UInt64.random(in: 0 ... .max))@example.com",
      body: halves.count > 1 ? String(halves[1]) : "", to: folder,
      headers: String(halves[0]) + "\n")
  }
}

@Suite struct ReportTests {
  private func marks(_ store: Store, _ id: String = "one@example.org") throws -> MessageFlags {
    try store.messages(messageID: id).first?.flags.intersection(.fromReports) ?? []
  }

  @Test func `a receipt marks the message, whichever came first`() throws {
    for receiptFirst in [false, true] {
      let maildir = try TestStore(folders: [".Sent"])
      if receiptFirst { try maildir.deliver(report: receipt) }
      if receiptFirst { _ = try maildir.synchronised() }
      try maildir.deliver("Plan", id: "one@example.org", to: ".Sent", flags: "S")
      var store = try maildir.synchronised()
      if !receiptFirst {
        #expect(try marks(store) == [])
        try maildir.deliver(report: receipt)
        store = try maildir.synchronised()
      }
      #expect(try marks(store) == .wasRead)
      let row = try #require(try store.messages(messageID: "one@example.org").first)
      let reports = try store.reports(on: row)
      #expect(reports.map(\.kind) == [.displayed] && reports[0].recipient == "ben@example.com")
      #expect(row.flags.contains(.seen))
    }
  }

  @Test(arguments: [
    ("failed", "5.1.1", MessageFlags.notDelivered), ("delayed", "4.4.1", .delayed), ("delivered", "2.0.0", .delivered),
    ("relayed", "2.0.0", .delivered),
  ]) func `delivery reports mark the message`(_ action: String, _ status: String, _ mark: MessageFlags) throws {
    let maildir = try TestStore()
    try maildir.deliver("Plan", id: "one@example.org")
    try maildir.deliver("Other", id: "two@example.org")
    try maildir.deliver(report: bounce(action, status))
    let store = try maildir.synchronised()
    #expect(try marks(store) == mark)
    #expect(try marks(store, "two@example.org") == [])
    let row = try #require(try store.messages(messageID: "one@example.org").first)
    let report = try #require(try store.reports(on: row).first)
    #expect(report.status == status && report.words == "550 no such user" && report.recipient == "eve@example.com")
  }

  @Test func `what reports said is forgotten with them, and what others say stays`() throws {
    let maildir = try TestStore()
    try maildir.deliver("Plan", id: "one@example.org")
    let first = try maildir.deliver(report: receipt)
    let second = try maildir.deliver(report: receipt)
    let third = try maildir.deliver(report: bounce("failed", "5.1.1"))
    #expect(try marks(maildir.synchronised()) == [.wasRead, .notDelivered])
    try removeFile("\(maildir.root)/\(first)")
    #expect(try marks(maildir.synchronised()) == [.wasRead, .notDelivered])
    try removeFile("\(maildir.root)/\(second)")
    #expect(try marks(maildir.synchronised()) == [.notDelivered])
    try removeFile("\(maildir.root)/\(third)")
    #expect(try marks(maildir.synchronised()) == [])
  }

  @Test func `marks stay through moves, flags, copies and a new index`() throws {
    let maildir = try TestStore(folders: [".Sent"])
    try maildir.deliver("Plan", id: "one@example.org")
    try maildir.deliver(report: receipt)
    var store = try maildir.synchronised()
    let ids = try store.messages(messageID: "one@example.org").map(\.id)
    _ = try store.setFlags(ids, add: .flagged, remove: []) { _ in }
    #expect(try marks(store) == .wasRead)
    for file in ["index.db", "index.db-wal", "index.db-shm"] { try? removeFile("\(maildir.root)/postbag/\(file)") }
    store = try maildir.synchronised()
    #expect(try marks(store) == .wasRead)
  }

  @Test func `damaged and endless reports do no harm`() throws {
    let maildir = try TestStore()
    try maildir.deliver("Plan", id: "one@example.org")
    try maildir.deliver(report: "Content-Type: multipart/report; boundary=x\n\n--x")
    try maildir.deliver(report: "Content-Type: multipart/report; boundary=x\n\n")
    let block = "Final-Recipient: rfc822;a@example.com\nAction: failed\nStatus: 5.0.0\n\n"
    try maildir.deliver(
      report: "Content-Type: multipart/report; boundary=x\nIn-Reply-To: <one@example.org>\n\n--x\n"
        + "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n" + String(repeating: block, count: 30_000)
    )
    let store = try maildir.synchronised()
    let row = try #require(try store.messages(messageID: "one@example.org").first)
    #expect(row.flags.contains(.notDelivered))
    #expect(try store.reports(on: row).count == 1)
    #expect(try store.list(ListRequest(), { _ in }) == ())
  }

  @Test func `who asks for a receipt is known until there was an answer`() throws {
    let maildir = try TestStore(folders: [".Junk", ".Sent"])
    let ask = "Disposition-Notification-To: Ann <ann@example.org>\n"
    try maildir.deliver("One", id: "a@example.org", headers: ask)
    try maildir.deliver("Two", id: "b@example.org")
    try maildir.deliver("Junk", id: "c@example.org", to: ".Junk", headers: ask)
    try maildir.deliver("Sent", id: "d@example.org", to: ".Sent", headers: ask)
    try maildir.deliver("Empty", id: "e@example.org", headers: "Disposition-Notification-To:\n")
    let store = try maildir.synchronised()
    let asking = try store.receiptRequests()
    #expect(asking.map(\.messageID) == ["a@example.org"])
    #expect(try store.changeKeywords(asking.map(\.id), add: [.mdnSent]) == 1)
    #expect(try store.receiptRequests().isEmpty)
    #expect(try store.changeKeywords(asking.map(\.id), add: [.mdnSent]) == 0)
  }
}

@Suite struct ForeignReceiptTests {
  @Test func `what a client of Dovecot has answered is answered`() throws {
    let maildir = try TestStore()
    let ask = "Disposition-Notification-To: Ann <ann@example.org>\n"
    try maildir.deliver("One", id: "a@example.org", flags: "Sb", headers: ask)
    try maildir.deliver("Two", id: "b@example.org", flags: "Sa", headers: ask)
    let file = try File("\(maildir.root)/dovecot-keywords", [.write, .create])
    try file.write(Array("0 Work\n1 $MDNSent\n".utf8))
    try file.close()
    #expect(try maildir.synchronised().receiptRequests().map(\.messageID) == ["b@example.org"])
  }
}
