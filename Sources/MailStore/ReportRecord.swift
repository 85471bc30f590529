internal import MailMIME
internal import MailReports
internal import MailSystem

/// What a report says of a message for one recipient, as the index keeps it.
struct ReportRecord: Sendable {
  /// The Message-ID of the message that the report is about.
  var original: String
  var kind: MessageReport.Kind
  var recipient: String
  var status = ""
  var words = ""

  /// Of a longer report only the first bytes are read, and no more than so many recipients are kept.
  private static let sizeLimit = 1 << 20
  private static let recipientLimit = 500
  private static let wordLimit = 500

  /// What the report in the file `path`, whose envelope is `record`, says; nothing when it is a report of another kind.
  static func reports(in path: String, of record: EnvelopeRecord) throws(SystemError) -> [ReportRecord] {
    let message = Message(parsing: try readFile(path, limit: sizeLimit))
    if let receipt = DispositionNotification(parsing: message) {
      guard let original = receipt.originalMessageID, original != record.messageID,
        let kind = MessageReport.Kind(rawValue: receipt.disposition.kind.rawValue)
      else { return [] }
      let recipient = (receipt.originalRecipient ?? receipt.finalRecipient).address
      return [
        ReportRecord(
          original: original, kind: kind, recipient: cut(recipient),
          words: cut(receipt.errors.joined(separator: "; ")))
      ]
    }
    guard let report = DeliveryReport(parsing: message), let original = report.originalMessageID,
      original != record.messageID
    else { return [] }
    return report.recipients.prefix(recipientLimit).compactMap { recipient in
      guard let kind = MessageReport.Kind(rawValue: recipient.action.rawValue) else { return nil }
      return ReportRecord(
        original: original, kind: kind, recipient: cut((recipient.original ?? recipient.final).address),
        status: recipient.status.description, words: cut(recipient.diagnostic?.text ?? ""))
    }
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count <= wordLimit ? text : String(text.unicodeScalars.prefix(wordLimit))
  }
}
