// A message of Apple Mail: the message lies in the file, behind the line with its length.
import MailBytes
import MailFormats
import MailMIME

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEMLX(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  _ = FileKind(bytes.span)
  if let mail = EMLX(bytes) { precondition(mail.bytes.count < bytes.count) }
  return 0
}
