internal import MailBytes
internal import MailConfiguration
internal import MailMIME
internal import MailReports
internal import MailStore
internal import MailSystem
internal import Maildir

/// What the sender of a message is told of those whom it does not reach: a report in the Inbox. RFC 3464.
struct Undeliverable {
  let outbox: Outbox
  let entry: QueueEntry
  /// Seconds since 1970.
  let time: Int64

  init(_ outbox: Outbox, _ entry: QueueEntry, time: Int64) {
    self.outbox = outbox
    self.entry = entry
    self.time = time
  }

  /// Delivers a report on every recipient of whom the sender does not know yet, once.
  func deliver() throws(SendError) {
    let places = entry.state.unreported
    guard !places.isEmpty else { return }
    guard isWanted("failure") else { return try entry.note(.reported(places)) }
    guard let inbox = try inbox() else {
      // Nobody can be told: it stays where it is seen.
      outbox.notify("\(entry.id): can't be delivered, and there is no Inbox for a report; it is held")
      if !entry.state.isHeld { try entry.note(.held(at: time)) }
      return
    }
    // INVARIANT: the name is written down before the report is: whoever comes after this process looks for it first.
    let known = entry.state.reportKey
    let key = known ?? "\(time).R\(entry.id)Q\(entry.state.reported.count).\(escapedHost(hostName()))"
    if known == nil { try entry.note(.reporting(key: key), isDurable: true) }
    if known == nil || !isThere(key, inbox) {
      try write(try report(on: places, .failed, reason: nil), key: key, inbox: inbox)
    }
    try entry.note(.reported(places), isDurable: true)
  }

  /// Tells the sender that the message waits, and for how long it is tried.
  func warn(_ reason: String?) throws(SendError) {
    let places = entry.state.pending
    guard !places.isEmpty, isWanted("delay"), let inbox = try inbox() else { return }
    // Written down first: not to be told is better than to be told at each attempt.
    try entry.note(.warned(at: time))
    try write(
      try report(on: places, .delayed, reason: reason), key: "\(time).W\(entry.id).\(escapedHost(hostName()))",
      inbox: inbox)
  }

  /// Reports never answer reports, and nobody who has said "never". RFC 3464, section 2; RFC 3461, section 4.1.
  private func isWanted(_ occasion: String) -> Bool {
    let notify = entry.record.envelope.notify
    return !entry.record.envelope.sender.isEmpty && (notify.isEmpty || notify.contains(occasion))
  }

  // MARK: The report

  private func report(on places: [Int], _ action: DeliveryReport.Action, reason: String?) throws(SendError) -> [UInt8] {
    let record = entry.record
    let host = hostName()
    let recipients = places.map { recipient($0, action, reason: reason) }
    var report = DeliveryReport(reportingMTA: host, recipients: recipients)
    report.envelopeID = record.envelope.envelopeID
    report.arrival = date(record.created)
    let subject = record.message.subject.isEmpty ? nil : record.message.subject
    let letter = ReportLetter(
      from: Address(name: "Mail Delivery", address: "mailer-daemon@\(host)"),
      to: Address(address: record.envelope.sender), date: date(time),
      messageID: "\(entry.id).\(entry.state.reported.count).\(action.rawValue)@\(host)", subject: report.subject,
      text: report.explanation(host: host, subject: subject))
    let isFull = action == .failed && record.envelope.returns != "headers" && record.message.size <= 1 << 20
    return report.build(letter, original: try original(whole: isFull), returning: isFull ? .message : .header)
  }

  private func recipient(_ place: Int, _ action: DeliveryReport.Action, reason: String?) -> DeliveryReport.Recipient {
    let outcome = entry.state.outcomes[place]
    let category = action == .delayed ? 4 : 5
    let code = outcome.flatMap { StatusCode(parsing: $0.status) } ?? StatusCode(category, 0, 0)
    let status =
      code.category == category || code.category == 4 && code.subject == 4 ? code : StatusCode(category, 0, 0)
    var recipient = DeliveryReport.Recipient(
      ReportAddress(entry.record.envelope.recipients[place].address), action: action, status: status)
    if let outcome, !outcome.by.isEmpty, outcome.code > 0 { recipient.remoteMTA = outcome.by }
    if let text = outcome?.description ?? reason, !text.isEmpty {
      recipient.diagnostic = .init(type: (outcome?.code ?? 0) > 0 ? "smtp" : "x-unix", text: text)
    }
    recipient.lastAttempt = date(time)
    if action == .delayed {
      let start = max(entry.record.created, entry.record.notBefore)
      recipient.willRetryUntil = date(start + Int64(outbox.configuration.send.giveUpAfter))
    }
    return recipient
  }

  /// The message as it was to be sent, or its header.
  private func original(whole: Bool) throws(SendError) -> [UInt8] {
    if whole { return try entry.content.whole() }
    var bytes: [UInt8] = []
    var end: Int?
    try entry.content.forEachPiece { (piece) throws(SendError) in
      guard end == nil, bytes.count < Intake.headerLimit else { return }
      bytes += piece
      end = headerEnd(bytes.span, from: 0)
    }
    return Array(bytes[..<(end ?? bytes.count)])
  }

  private func date(_ seconds: Int64) -> MailDate {
    MailDate(seconds: seconds, offsetMinutes: MailSystem.LocalTime(seconds: seconds).offset / 60)
  }

  // MARK: The Inbox

  /// The directory of the Inbox; nil where there is no store.
  private func inbox() throws(SendError) -> String? {
    guard let store = entry.record.place.store ?? outbox.store, isDirectory(store) else { return nil }
    return try queued { () throws(SystemError) in
      let root = MaildirRoot(store)
      if root.layout == .maildirPlusPlus { return root.path }
      if let folder = try root.folder(named: FolderName.inbox) { return folder.path }
      return try root.createFolder(FolderName.inbox).path
    }
  }

  private func isThere(_ key: String, _ inbox: String) -> Bool {
    for half in ["new", "cur"] {
      // A directory that can't be read has no report that could be found.
      for name in (try? directoryEntries("\(inbox)/\(half)")) ?? [] where MessageName(name).key == key { return true }
    }
    return false
  }

  private func write(_ report: [UInt8], key: String, inbox: String) throws(SendError) {
    let bare = report.reduce(into: (count: Int64(0), last: UInt8(0))) { state, byte in
      if byte == 10, state.last != 13 { state.count += 1 }
      state.last = byte
    }
    let name = MessageName(key: key, size: Int64(report.count), wireSize: Int64(report.count) + bare.count)
    let temporary = "\(inbox)/tmp/\(key)"
    try queued { () throws(SystemError) in
      do throws(SystemError) {
        let file = try File(temporary, [.write, .create, .truncate])
        try file.write(report)
        try file.synchronise()
        try file.close()
        try renameFileExclusively(temporary, to: "\(inbox)/new/\(name.newFileName)")
      } catch {
        try? removeFile(temporary)  // the first error is the one to tell
        guard error.isExisting else { throw error }
      }
      try synchroniseDirectory("\(inbox)/new")
    }
  }
}
