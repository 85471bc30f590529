// A part taken out of a message: refused, or what is left is read as the same message with a trace in that place.
import MailMIME

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRemoval(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let message = Message(parsing: Array(UnsafeBufferPointer(start: data, count: count)))
  let parts = message.allParts
  for part in parts.prefix(8) {
    guard let bytes = message.removing([part], at: MailDate(seconds: 0)), bytes != message.bytes else { continue }
    let result = Message(parsing: bytes)
    precondition(result.allParts.contains { $0.trace != nil })
    precondition(bytes.count <= count + 20_000)
  }
  if let bytes = message.removing(parts, at: MailDate(seconds: 0)) {
    let again = Message(parsing: bytes)
    precondition(again.removing(again.allParts, at: MailDate(seconds: 0)) == bytes)
  }
  return 0
}
