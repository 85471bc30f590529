// A whole message: its parts lie inside each other and inside the message, and everything in it can be asked for.
import MailMIME

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMIME(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let message = Message(parsing: Array(UnsafeBufferPointer(start: data, count: count)))
  var total = message.defects.count
  for part in message.allParts {
    let range = part.bodyRange
    precondition(range.upperBound <= count)
    if let parent = part.parent {
      precondition(parent.bodyRange.lowerBound <= range.lowerBound && range.upperBound <= parent.bodyRange.upperBound)
    }
    total += part.rawHeader.count + part.headers.fields.count + part.decodedBody(limit: 5_000).count
    total += part.text(limit: 5_000).utf8.count + (part.filename ?? "").utf8.count + (part.isAttachment ? 1 : 0)
    if !part.number.isEmpty { precondition(message.part(part.number) != nil) }
  }
  total += indexText(of: message, limit: 10_000).body.count
  for section in ["", "HEADER", "TEXT", "1", "1.MIME", "1.HEADER", "2.1.TEXT"] {
    total += message.section(section)?.count ?? 0
  }
  return total < 0 ? 1 : 0
}
