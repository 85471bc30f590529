// A date: what was read and is written is read as the same.
import MailMIME

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDate(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  guard let date = MailDate(parsing: bytes.span) else { return 0 }
  precondition((1...12).contains(date.components.month) && (1...31).contains(date.components.day))
  guard (1900...9999).contains(date.components.year) else { return 0 }
  precondition(MailDate(parsing: date.rfc5322) == date)
  return 0
}
