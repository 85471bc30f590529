// A zip file: whatever is in it, every entry can be asked for, and what is read is as long as claimed.
import MailSystem
import MailZip

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzZip(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var limits = ZipLimits()
  limits.entryBytes = 1 << 20
  limits.freeBytes = 1 << 24
  guard let reader = try? ZipReader(Array(UnsafeBufferPointer(start: data, count: count)), path: "zip", limits: limits)
  else { return 0 }
  var total: Int64 = 0
  for entry in reader.entries {
    precondition(entry.size >= 0 && entry.packedSize >= 0 && entry.packedSize <= count)
    if entry.problem == nil {
      precondition(entry.name.utf8.first != UInt8(ascii: "/") && !entry.name.split(separator: "/").contains(".."))
    }
    guard let bytes = try? reader.read(entry) else { continue }
    precondition(entry.problem == nil && bytes.count == entry.size)
    total += entry.size
  }
  precondition(total <= limits.freeBytes + limits.ratio * Int64(count))
  return 0
}
