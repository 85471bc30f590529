internal import MailBytes
public import MailMIME

extension DispositionNotification {
  /// The notification as a message with LF at the ends of its lines, in `letter`; `original` is the message, in LF or CRLF,
  /// whose header goes along unless `content` says otherwise. The envelope of a notification has no sender. RFC 8098,
  /// section 3.
  public func build(
    _ letter: ReportLetter, original: [UInt8], returning content: ReturnedContent = .header
  ) -> [UInt8] {
    let isGlobal =
      !isASCII(finalRecipient.address.utf8.span) || !isASCII((originalRecipient?.address ?? "").utf8.span)
    var writer = FieldWriter(isGlobal: isGlobal)
    writer.add("Reporting-UA", reportingUA)
    writer.add("Original-Recipient", originalRecipient?.fieldText(isGlobal: isGlobal))
    writer.add("Final-Recipient", finalRecipient.fieldText(isGlobal: isGlobal))
    writer.add("Original-Message-ID", originalMessageID.map { "<\($0)>" })
    writer.add("Disposition", disposition.fieldText)
    for error in errors { writer.add("Error", error) }
    return ReportWriter(kind: "disposition-notification", fields: writer.output, isGlobal: isGlobal)
      .build(letter, original: original, returning: content)
  }

  /// What the notification says, for people. `subject` and `date` are those of the message.
  public func explanation(subject: String?, date: MailDate?) -> String {
    let title = subject.map { trimmed(clean($0)) } ?? ""
    var text = "This is a receipt for the message\n\n"
    if !title.isEmpty { text += "  \(title)\n" }
    if let date { text += "  of \(date.rfc5322)\n" }
    text += "  to \(clean((originalRecipient ?? finalRecipient).address))\n\n"
    switch disposition.kind {
    case .displayed: text += "It was displayed. That is no promise that it was read or understood.\n"
    case .dispatched: text += "It was sent on or put elsewhere; it may not have been read.\n"
    case .processed: text += "A program has worked on it; nobody need have seen it.\n"
    case .deleted: text += "It was deleted; it may not have been read.\n"
    }
    return text
  }
}
