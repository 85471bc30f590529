public import MailMIME

extension DeliveryReport {
  /// The delivery report that `message` is; nil when it is none, or says nothing of any recipient. Never fails: what can't
  /// be understood is left out. RFC 3464, section 2.
  public init?(parsing message: Message) {
    guard let parts = ReportParts(message, kind: "delivery-status"), let first = parts.blocks.first else { return nil }
    let recipients = parts.blocks.compactMap { Recipient($0) }
    guard !recipients.isEmpty else { return nil }
    self.init(reportingMTA: first.text("Reporting-MTA").map(typedName) ?? "", recipients: recipients)
    envelopeID = first.text("Original-Envelope-Id").map(trimmed)
    receivedFromMTA = first.text("Received-From-MTA").map(typedName)
    arrival = first.date("Arrival-Date")
    let subject = ReportSubject(parts, report: message.headers, named: nil)
    // Our own envelopes bear the Message-ID, so that a report without the message can be told as well.
    originalMessageID = subject.messageID ?? envelopeID.flatMap { $0.utf8.contains(0x40) ? $0 : nil }
    originalSubject = subject.subject
  }
}

extension DeliveryReport.Recipient {
  /// What a block of fields says of a recipient; nil when it names none or says nothing that was done.
  init?(_ fields: Headers) {
    let original = fields.text("Original-Recipient").flatMap { ReportAddress(parsing: $0) }
    guard let final = fields.text("Final-Recipient").flatMap({ ReportAddress(parsing: $0) }) ?? original else {
      return nil
    }
    let status = fields.text("Status").flatMap { StatusCode(parsing: $0) }
    let word = fields.text("Action").map { firstWord($0).lowercased() } ?? ""
    guard let action = DeliveryReport.Action(word: word) ?? status.map(\.usualAction) else { return nil }
    self.init(final, action: action, status: status ?? action.usualStatus)
    self.original = original
    remoteMTA = fields.text("Remote-MTA").map(typedName)
    if let text = fields.text("Diagnostic-Code") {
      let (type, words) = splitTyped(text)
      diagnostic =
        words.isEmpty ? .init(type: "x-unknown", text: type) : .init(type: type.lowercased(), text: words)
    }
    lastAttempt = fields.date("Last-Attempt-Date")
    willRetryUntil = fields.date("Will-Retry-Until")
  }
}

extension StatusCode {
  fileprivate var usualAction: DeliveryReport.Action { category == 2 ? .delivered : category == 4 ? .delayed : .failed }
}

extension DeliveryReport.Action {
  /// QUIRK: `failure` and other forms of the words are written by real mail servers.
  fileprivate init?(word: String) {
    if let exact = DeliveryReport.Action(rawValue: word) {
      self = exact
      return
    }
    let stems: [(String, DeliveryReport.Action)] = [
      ("fail", .failed), ("delay", .delayed), ("deliver", .delivered), ("relay", .relayed), ("expan", .expanded),
    ]
    guard let stem = stems.first(where: { word.hasPrefix($0.0) }) else { return nil }
    self = stem.1
  }

  fileprivate var usualStatus: StatusCode {
    switch self {
    case .failed: StatusCode(5, 0, 0)
    case .delayed: StatusCode(4, 0, 0)
    case .delivered, .relayed, .expanded: StatusCode(2, 0, 0)
    }
  }
}

/// The name in `dns; mx.example.org`, or all of it when there is no type.
func typedName(_ text: String) -> String {
  let (type, name) = splitTyped(text)
  return name.isEmpty ? type : name
}

/// The first word of `text`, up to a space or a comment.
func firstWord(_ text: String) -> String {
  String(trimmed(text).prefix { $0 != " " && $0 != "\t" && $0 != "(" })
}
