// An address field: what was read and is written anew is read as the same.
import MailBytes
import MailMIME

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAddress(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let field = Array("To: ".utf8) + Array(UnsafeBufferPointer(start: data, count: count)).map { $0 == 0x0A ? 0x20 : $0 }
  let entries = Message(parsing: field).headers.addressList("To")
  var total = 0
  for address in entries.flatMap({ $0.addresses }) {
    total += address.display.utf8.count + address.localPart.utf8.count + address.domain.utf8.count
  }
  let named = entries.flatMap { $0.addresses }.compactMap { $0.name }.filter { !$0.isEmpty }
    .map { Address(name: $0, address: "a@example.org") }
  var builder = MessageBuilder(body: .text(""))
  builder.add("To", addresses: named)
  let written = Message(parsing: builder.build())
  precondition(written.headers.addresses("To") == named)
  return total < 0 ? 1 : 0
}
