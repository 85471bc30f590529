internal import MailQuery
internal import MailSystem

/// The moment that `text`, the value of `option`, begins at, in seconds since 1970: a date as mail-query(7) has it, of the
/// local time zone.
public func startOfDate(_ text: String, option: String) throws(Failure) -> Int64 {
  let context = QueryContext(now: now() / 1_000_000_000, utcOffset: { LocalTime.systemOffset(at: $0) })
  do throws(QueryError) {
    let range = try parseDate(text, in: context)
    return range.start ?? range.end ?? 0
  } catch {
    throw .usage("\(option) \(text): \(error)", hint: "mail-query(7) describes dates.")
  }
}
