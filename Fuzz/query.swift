// A query: understood, or refused with a place inside it; and what is handed to the full-text index holds no syntax.
import MailQuery

private func check(_ query: Query) {
  switch query {
  case .all(let parts), .any(let parts): parts.forEach(check)
  case .not(let part): check(part)
  case .text(let term), .comment(let term):
    precondition(!term.words.isEmpty && !term.words.utf8.contains { $0 == 0x22 || $0 == 0 })
  default: break
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzQuery(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
  let context = QueryContext(
    now: 1_700_000_000, utcOffset: { $0 & 1 == 0 ? 3_600 : 7_200 }, savedSearch: { $0 == "saved" ? "a OR @saved" : nil }
  )
  do {
    let query = try parseQuery(text, in: context)
    check(query)
    precondition(!query.description.isEmpty && !query.explanation { "\($0)" }.isEmpty)
  } catch {
    precondition(0...text.utf8.count ~= error.offset && !error.description.isEmpty)
  }
  return 0
}
