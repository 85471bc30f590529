internal import MailBytes
public import MailMIME

extension DispositionNotification {
  /// The notification that `message` is; nil when it is none, or doesn't say what was done. Never fails: what can't be
  /// understood is left out. RFC 8098, section 3.2.
  public init?(parsing message: Message) {
    guard let parts = ReportParts(message, kind: "disposition-notification"), let fields = parts.blocks.first,
      let disposition = fields.text("Disposition").flatMap({ Disposition(parsing: $0) })
    else { return nil }
    let original = fields.text("Original-Recipient").flatMap { ReportAddress(parsing: $0) }
    // QUIRK: a notification without Final-Recipient is its author's.
    let author = message.headers.addresses("From").first.map { ReportAddress($0.address) }
    guard let final = fields.text("Final-Recipient").flatMap({ ReportAddress(parsing: $0) }) ?? original ?? author
    else { return nil }
    self.init(finalRecipient: final, disposition: disposition)
    originalRecipient = original
    reportingUA = fields.text("Reporting-UA")
    errors = fields.fields.filter { ["error", "failure"].contains($0.name.lowercased()) }.map { fields.text(of: $0) }
    let subject = ReportSubject(
      parts, report: message.headers, named: fields.messageIDs("Original-Message-ID").first)
    originalMessageID = subject.messageID
    originalSubject = subject.subject
  }
}

extension DispositionNotification.Disposition {
  /// `manual-action/MDN-sent-manually; displayed/error`. RFC 8098, section 3.2.6.
  init?(parsing text: String) {
    let (modes, types) = splitTyped(text)
    // QUIRK: some programs leave the modes out.
    let type = types.isEmpty ? modes : types
    let words = type.utf8.split(separator: 0x2F, maxSplits: 1).map { trimmed(String(Substring($0))).lowercased() }
    guard let first = words.first, let kind = DispositionNotification.Kind(word: firstWord(first)) else { return nil }
    let mode = types.isEmpty ? "" : modes.lowercased()
    self.init(
      kind, isAutomaticAction: mode.hasPrefix("automatic"), isSentAutomatically: mode.hasSuffix("automatically"))
    if words.count > 1 {
      modifiers = words[1].utf8.split(separator: 0x2C).map { trimmed(String(Substring($0))) }.filter { !$0.isEmpty }
    }
  }

  /// The text of the field.
  var fieldText: String {
    let action = isAutomaticAction ? "automatic-action" : "manual-action"
    let sending = isSentAutomatically ? "MDN-sent-automatically" : "MDN-sent-manually"
    let behind = modifiers.isEmpty ? "" : "/" + modifiers.joined(separator: ",")
    return "\(action)/\(sending); \(kind.rawValue)\(behind)"
  }
}

extension DispositionNotification.Kind {
  /// QUIRK: `read` is what older programs say for displayed; `denied` and `failed` of RFC 2298 say that nothing is told.
  fileprivate init?(word: String) {
    if word == "read" { self = .displayed } else { self.init(rawValue: word) }
  }
}
