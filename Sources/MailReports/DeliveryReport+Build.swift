internal import MailBytes
internal import MailMIME

extension DeliveryReport {
  /// The report as a message with LF at the ends of its lines, in `letter`; `original` is the message that is reported
  /// on, in LF or CRLF, and `content` says how much of it goes back. The envelope of a report has no sender. RFC 3464,
  /// section 2; RFC 3461, section 6.
  public func build(
    _ letter: ReportLetter, original: [UInt8], returning content: ReturnedContent = .header
  ) -> [UInt8] {
    let isGlobal = recipients.contains {
      !isASCII($0.final.address.utf8.span) || !isASCII(($0.original?.address ?? "").utf8.span)
    }
    var writer = FieldWriter(isGlobal: isGlobal)
    writer.add("Original-Envelope-Id", envelopeID)
    writer.add("Reporting-MTA", "dns; \(reportingMTA.isEmpty ? "localhost" : reportingMTA)")
    writer.add("Received-From-MTA", receivedFromMTA.map { "dns; \($0)" })
    writer.add("Arrival-Date", arrival?.rfc5322)
    for recipient in recipients {
      writer.endBlock()
      writer.add("Original-Recipient", recipient.original?.fieldText(isGlobal: isGlobal))
      writer.add("Final-Recipient", recipient.final.fieldText(isGlobal: isGlobal))
      writer.add("Action", recipient.action.rawValue)
      writer.add("Status", recipient.status.description)
      writer.add("Remote-MTA", recipient.remoteMTA.map { "dns; \($0)" })
      writer.add("Diagnostic-Code", recipient.diagnostic.map { "\($0.type); \($0.text)" })
      writer.add("Last-Attempt-Date", recipient.lastAttempt?.rfc5322)
      writer.add("Will-Retry-Until", recipient.willRetryUntil?.rfc5322)
    }
    return ReportWriter(kind: "delivery-status", fields: writer.output, isGlobal: isGlobal)
      .build(letter, original: original, returning: content)
  }

  /// A subject for the report: what happened, to whom.
  public var subject: String {
    let failed = recipients.filter { $0.action == .failed }
    let delayed = recipients.filter { $0.action == .delayed }
    switch (failed.isEmpty, delayed.isEmpty) {
    case (false, _): return "Not delivered: \(names(failed))"
    case (true, false): return "Not delivered yet: \(names(delayed))"
    case (true, true): return "Delivered: \(names(recipients))"
    }
  }

  /// What the report says, for people: each recipient, and why. `host` is who writes; `subject` that of the message.
  public func explanation(host: String, subject: String?) -> String {
    let title = subject.map { clean($0) } ?? ""
    let message = title.isEmpty ? "Your message" : "Your message \"\(title)\""
    var text = ""
    let sections: [(Action, String)] = [
      (.failed, "could not be delivered, and is not tried again:"),
      (.delayed, "could not be delivered yet. It is tried again, and you need not send it once more:"),
      (.delivered, "was delivered:"),
      (.relayed, "went on to a system that does not tell what becomes of it:"),
      (.expanded, "went on to the members of a list:"),
    ]
    for (action, words) in sections {
      let those = recipients.filter { $0.action == action }
      if those.isEmpty { continue }
      text += text.isEmpty ? "\(message) \(words)\n\n" : "\nIt \(words)\n\n"
      for recipient in those { text += recipient.explanation }
    }
    return text + "\n-- \nThe mail system of \(clean(host))\n"
  }

  private func names(_ recipients: [Recipient]) -> String {
    guard let first = recipients.first else { return "" }
    let name = clean((first.original ?? first.final).address)
    return recipients.count == 1 ? name : "\(name) and \(recipients.count - 1) more"
  }
}

extension DeliveryReport.Recipient {
  fileprivate var explanation: String {
    var text = "  \(clean((original ?? final).address))\n"
    if let diagnostic {
      let who = remoteMTA.map { "\(clean($0)) answered: " } ?? ""
      text += "    \(who)\(clean(diagnostic.text))\n"
    } else if action == .failed || action == .delayed {
      text += "    \(status)\n"
    }
    if let willRetryUntil { text += "    Tried until \(willRetryUntil.rfc5322)\n" }
    return text
  }
}
