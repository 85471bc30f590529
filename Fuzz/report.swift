// Reports on messages: what was read can be written, and is read again as the same.
import MailMIME
import MailReports

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReport(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let message = Message(parsing: bytes)
  let letter = ReportLetter(
    from: Address(address: "a@example.org"), to: Address(address: "b@example.org"), date: MailDate(seconds: 0),
    messageID: "c@example.org", subject: "", text: "")
  if let report = DeliveryReport(parsing: message) {
    precondition(!report.recipients.isEmpty)
    _ = report.explanation(host: "h", subject: report.originalSubject)
    let again = DeliveryReport(parsing: Message(parsing: report.build(letter, original: bytes)))
    precondition(again?.recipients.map(\.action) == report.recipients.map(\.action))
    precondition(again?.recipients.map(\.status) == report.recipients.map(\.status))
  }
  if let receipt = DispositionNotification(parsing: message) {
    let again = DispositionNotification(parsing: Message(parsing: receipt.build(letter, original: bytes)))
    precondition(again?.disposition.kind == receipt.disposition.kind)
  }
  if let request = ReceiptRequest(message, ownAddresses: ["b@example.org"]) { precondition(!request.addresses.isEmpty) }
  return 0
}
