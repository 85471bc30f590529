// Encodings and charsets: what is encoded decodes to itself, and any octets decode to something.
import MailBytes

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEncoding(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  precondition(Base64.decode(Base64.encode(bytes.span, lineLength: 76).span) == bytes)
  let limit = count > 0 ? Int(bytes[0]) : 0
  precondition(Base64.decode(bytes.span, limit: limit).count <= limit)
  precondition(QuotedPrintable.decode(bytes.span, limit: limit).count <= limit)
  var text = bytes.filter { $0 != 0x0D }
  precondition(QuotedPrintable.decode(QuotedPrintable.encode(text.span).span) == text)
  text = QuotedPrintable.decodeWord(bytes.span)
  let name = string(bytes.span)
  precondition(ModifiedUTF7.decode(ModifiedUTF7.encode(name)) == name)
  _ = ModifiedUTF7.decode(name)
  _ = Punycode.unicodeDomain(name)
  let names = Charset.allNames
  if count > 0, let charset = Charset(label: names[Int(bytes[0]) % names.count]) {
    precondition(isValidUTF8(Array(charset.decode(bytes).utf8).span))
  }
  var bigrams: [UInt8] = []
  appendCJKBigrams(of: bytes.span, to: &bigrams)
  return 0
}
