import MailQuery
import Testing

@Suite struct DatesOfQueries {
  /// What `date:text` means, as ISO times in UTC.
  private func range(_ text: String, utcOffset: Int64 = 0) throws -> String {
    guard case .time(_, let range) = try parse(text, utcOffset: utcOffset) else { return "no time" }
    return "\(range.start.map(iso) ?? "")..\(range.end.map(iso) ?? "")"
  }

  /// Counted year by year and month by month, apart from the code under test.
  private func iso(_ seconds: Int64) -> String {
    var days = Int(seconds / 86_400)
    let rest = Int(seconds % 86_400)
    var year = 1970
    func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    while days >= (isLeap(year) ? 366 : 365) {
      days -= isLeap(year) ? 366 : 365
      year += 1
    }
    var month = 0
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    while days >= lengths[month] {
      days -= lengths[month]
      month += 1
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(year)-\(two(month + 1))-\(two(days + 1))"
    return rest == 0 ? date : date + "T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
  }

  @Test(arguments: [
    ("date:2024", "2024-01-01..2025-01-01"),
    ("date:2024-02", "2024-02-01..2024-03-01"),
    ("date:2024-12", "2024-12-01..2025-01-01"),
    ("date:2024-02-29", "2024-02-29..2024-03-01"),
    ("date:2024-03-15T09", "2024-03-15T09:00:00..2024-03-15T10:00:00"),
    ("date:2024-03-15T09:30", "2024-03-15T09:30:00..2024-03-15T09:31:00"),
    ("date:2024-03-15T09:30:15", "2024-03-15T09:30:15..2024-03-15T09:30:16"),
    ("date:2024..2026", "2024-01-01..2027-01-01"),
    ("date:2024-03..2024-06", "2024-03-01..2024-07-01"),
    ("date:2024..", "2024-01-01.."),
    ("date:..2024", "..2025-01-01"),
    ("2024..2026", "2024-01-01..2027-01-01"),
    ("2024-03..", "2024-03-01.."),
    ("..2024-03-15", "..2024-03-16"),
    ("2w..", "2026-11-09.."),
    ("date:2w", "2026-11-09.."),
    ("date:2w..1w", "2026-11-09..2026-11-17"),
    ("date:3d..", "2026-11-20.."),
    ("date:1m..", "2026-10-23.."),
    ("date:9m..", "2026-02-23.."),
    ("date:2y..", "2024-11-23.."),
    ("date:6h..", "2026-11-23T06:00:00.."),
    ("date:6h", "2026-11-23T06:00:00.."),
    ("date:3h..1h", "2026-11-23T09:00:00..2026-11-23T11:00:00"),
    ("date:..1h", "..2026-11-23T11:00:00"),
    ("before:1h", "..2026-11-23T11:00:00"),
    ("date:today", "2026-11-23..2026-11-24"),
    ("date:Yesterday", "2026-11-22..2026-11-23"),
    ("date:yesterday..", "2026-11-22.."),
    ("yesterday..today", "2026-11-22..2026-11-24"),
    ("date:monday", "2026-11-23..2026-11-24"),
    ("date:sunday", "2026-11-22..2026-11-23"),
    ("date:last-week", "2026-11-16..2026-11-23"),
    ("date:this-week", "2026-11-23..2026-11-30"),
    ("date:last-month", "2026-10-01..2026-11-01"),
    ("date:this-month", "2026-11-01..2026-12-01"),
    ("date:last-year", "2025-01-01..2026-01-01"),
    ("date:this-year", "2026-01-01..2027-01-01"),
    ("before:2024-03", "..2024-03-01"),
    ("since:2024-03", "2024-03-01.."),
    ("after:yesterday", "2026-11-22.."),
    ("received:2024", "2024-01-01..2025-01-01"),
  ])
  func `plain dates, ages and ranges`(text: String, expected: String) throws {
    #expect(try range(text) == expected)
  }

  @Test func `dates are local`() throws {
    #expect(try range("date:2024", utcOffset: 7_200) == "2023-12-31T22:00:00..2024-12-31T22:00:00")
    // It is tomorrow already thirteen hours east of noon.
    #expect(try range("date:today", utcOffset: 46_800) == "2026-11-23T11:00:00..2026-11-24T11:00:00")
  }

  @Test func `a day on which the clocks change has its own length`() throws {
    // An hour is lost on 2024-03-31 at 01:00 UTC.
    let change: Int64 = 1_711_846_800
    let query = try parseQuery(
      "date:2024-03-31", in: QueryContext(now: noon, utcOffset: { $0 < change ? 3_600 : 7_200 }))
    #expect(query == .time(.date, TimeRange(start: 1_711_839_600, end: 1_711_839_600 + 23 * 3_600)))
  }

  @Test func `the last day of a shorter month stands for a day that it lacks`() throws {
    let march31: Int64 = 1_711_843_200
    let query = try parseQuery("date:1m..", in: QueryContext(now: march31))
    #expect(query == .time(.date, TimeRange(start: 1_709_164_800, end: nil)))
  }

  @Test func `a range without a field that is no date is text`() throws {
    #expect(try meaning("wait..2024") == "\"wait..2024\"")
    #expect(try meaning("x ...") == "x")
    #expect(try meaning("\"2024..2025\"") == "\"2024..2025\"")
  }
}
