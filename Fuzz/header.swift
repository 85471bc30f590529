// One header: every field as text, as an envelope, as parameters; and a subject is read back as it was written.
import MailBytes
import MailMIME

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHeader(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let message = Message(parsingHeaderOf: bytes)
  var total = Envelope(headerOf: message).subject.utf8.count
  for field in message.headers.fields.prefix(100) {
    total += (message.headers.text(field.name) ?? "").utf8.count + message.headers.messageIDs(field.name).count
  }
  total += message.root.contentType.parameters.count + (message.root.filename ?? "").utf8.count
  total += FlowedText.paragraphs(of: string(bytes.span)).count

  let subject = string(bytes.span)
  var builder = MessageBuilder(body: .text(""))
  builder.add("Subject", text: subject)
  let written = Message(parsing: builder.build())
  precondition(written.defects.isEmpty && written.headers.fields.count <= 3)
  precondition(written.headers.text("Subject") ?? "" == subject)
  return total < 0 ? 1 : 0
}
