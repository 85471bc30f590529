// A mailbox file: what is read in one piece is read in pieces of seven bytes too, and no message is longer than the file.
import MailBytes
import MailFormats
import MailMIME

private func messages(_ bytes: [UInt8], _ variant: MboxVariant?, step: Int) -> [MboxMessage] {
  var given = 0
  var reader = MboxReader(
    ByteWindow { buffer in
      let end = min(given + step, bytes.count)
      buffer += bytes[given..<end]
      defer { given = end }
      return given < end
    }, variant: variant)
  var found: [MboxMessage] = []
  // Reading from memory can't fail.
  while let message = try? reader.next() { found.append(message) }
  return found
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMbox(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  _ = FileKind(bytes.span)
  for variant in [nil, MboxVariant.mboxo, .mboxrd, .mboxcl, .mboxcl2] {
    let whole = messages(bytes, variant, step: 1 << 20)
    precondition(whole.reduce(0) { $0 + $1.bytes.count } <= bytes.count)
    precondition(messages(bytes, variant, step: 7).map(\.bytes) == whole.map(\.bytes))
  }
  return 0
}
