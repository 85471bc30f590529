public import MailQuery
internal import MailSystem

extension QueryContext {
  /// The present moment in the local time zone, and the searches that `saved` keeps.
  public static func local(saved: SavedSearches) -> QueryContext {
    QueryContext(
      now: MailSystem.now() / 1_000_000_000,
      utcOffset: { Int64(LocalTime(seconds: $0).offset) },
      // A table that can't be read fails the search itself right after.
      savedSearch: { name in try? saved.query(named: name) })
  }
}

/// `2024-03-01 00:00:00` in the local time zone.
func localDescription(ofTime seconds: Int64) -> String {
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let time = LocalTime(seconds: seconds)
  return "\(time.year)-\(two(time.month))-\(two(time.day)) \(two(time.hour)):\(two(time.minute)):\(two(time.second))"
}
