/// Reads the times of `date:` and `received:`: `2024`, `2024-03`, `2024-03-15`, `2024-03-15T09:30`, `yesterday`, `2w`,
/// and ranges of them with `..`.
struct DateExpression {
  let context: QueryContext
  private let today: Int

  static let expected = """
    a date like 2024, 2024-03, 2024-03-15, today, yesterday, monday, last-week, or an age like 3d, 2w, 6m, 1y, or a \
    range of them like 2024-03..2024-06 or 2w..
    """

  init(context: QueryContext) {
    self.context = context
    let local = context.now &+ context.utcOffset(context.now)
    today = Int(floorDivide(local, 86_400))
  }

  /// A stretch of local time, in seconds since 1970 as if it were UTC.
  struct Period {
    var start: Int64
    var end: Int64
    /// It was written as an age (`2w`): alone it means "since then".
    var isAge = false
  }

  /// The range that `text` means. Offsets of errors count from `offset`.
  func range(_ text: String, offset: Int) throws(QueryError) -> TimeRange {
    let bytes = Array(text.utf8)
    guard let dots = DateExpression.dots(in: bytes) else {
      let period = try self.period(bytes[...], offset: offset)
      return TimeRange(start: utc(period.start), end: period.isAge ? nil : utc(period.end))
    }
    let first = bytes[..<dots]
    let last = bytes[(dots + 2)...]
    guard !first.isEmpty || !last.isEmpty else { throw QueryError(.badDate(DateExpression.expected), at: offset) }
    let start: Int64? = first.isEmpty ? nil : try period(first, offset: offset).start
    let end: Int64? = last.isEmpty ? nil : try period(last, offset: offset + last.startIndex).end
    if let start, let end, start >= end { throw QueryError(.emptyRange, at: offset) }
    return TimeRange(start: start.map(utc), end: end.map(utc))
  }

  /// Where the two dots of a range stand.
  static func dots(in bytes: [UInt8]) -> Int? {
    var index = 0
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "."), bytes[index + 1] == UInt8(ascii: ".") { return index }
      index += 1
    }
    return nil
  }

  /// Seconds since 1970 of a local time. A time that a clock change skips or repeats is near the change.
  private func utc(_ local: Int64) -> Int64 {
    let guess = local - context.utcOffset(local)
    return local - context.utcOffset(guess)
  }

  private func period(_ text: ArraySlice<UInt8>, offset: Int) throws(QueryError) -> Period {
    guard let first = text.first else { throw QueryError(.badDate(DateExpression.expected), at: offset) }
    if isDigit(first) {
      if let age = age(text) { return age }
      return try calendarPeriod(text, offset: offset)
    }
    if let named = namedPeriod(String(decoding: text, as: UTF8.self).lowercased()) { return named }
    throw QueryError(.badDate(DateExpression.expected), at: offset)
  }

  private func days(_ first: Int, _ afterLast: Int) -> Period {
    Period(start: Int64(first) * 86_400, end: Int64(afterLast) * 86_400)
  }

  // MARK: 2w

  /// Digits and a unit: hours, days, weeks, months, years ago. Days and longer mean whole days, hours a moment.
  private func age(_ text: ArraySlice<UInt8>) -> Period? {
    guard let unit = text.last, !isDigit(unit), text.count <= 6 else { return nil }
    var count = 0
    for byte in text.dropLast() {
      guard isDigit(byte) else { return nil }
      count = count * 10 + Int(byte - UInt8(ascii: "0"))
    }
    let date = CivilDate(dayNumber: today)
    let day: Int
    switch unit | 0x20 {
    case UInt8(ascii: "h"):
      let start = context.now &+ context.utcOffset(context.now) - Int64(count) * 3_600
      return Period(start: start, end: start, isAge: true)
    case UInt8(ascii: "d"): day = today - count
    case UInt8(ascii: "w"): day = today - 7 * count
    case UInt8(ascii: "m"): day = date.monthsEarlier(count).dayNumber
    case UInt8(ascii: "y"): day = date.monthsEarlier(12 * count).dayNumber
    default: return nil
    }
    var period = days(day, day + 1)
    period.isAge = true
    return period
  }

  // MARK: yesterday

  private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

  private func namedPeriod(_ name: String) -> Period? {
    let date = CivilDate(dayNumber: today)
    let monday = today - CivilDate.weekday(ofDay: today)
    func months(_ first: Int, _ count: Int) -> Period {
      days(
        CivilDate(year: date.year, month: first, day: 1).dayNumber,
        CivilDate(year: date.year, month: first + count, day: 1).dayNumber)
    }
    switch name {
    case "today": return days(today, today + 1)
    case "yesterday": return days(today - 1, today)
    case "now":
      let now = context.now &+ context.utcOffset(context.now)
      return Period(start: now, end: now + 1)
    case "this-week": return days(monday, monday + 7)
    case "last-week": return days(monday - 7, monday)
    case "this-month": return months(date.month, 1)
    case "last-month": return months(date.month - 1, 1)
    case "this-year": return months(1, 12)
    case "last-year": return months(-11, 12)
    default:
      guard let weekday = DateExpression.weekdays.firstIndex(of: name) else { return nil }
      let back = (CivilDate.weekday(ofDay: today) - weekday + 7) % 7
      return days(today - back, today - back + 1)
    }
  }

  // MARK: 2024-03-15

  /// ISO 8601: a year, a month, a day, or a minute or second of a day.
  private func calendarPeriod(_ text: ArraySlice<UInt8>, offset: Int) throws(QueryError) -> Period {
    var rest = text
    // Where the number that was read last begins.
    var place = text.startIndex
    func wrong(_ expected: String) -> QueryError {
      QueryError(.badDate(expected), at: offset + place - text.startIndex)
    }
    func number(digits: Int) -> Int? {
      place = rest.startIndex
      guard rest.count >= digits else { return nil }
      var value = 0
      for byte in rest.prefix(digits) {
        guard isDigit(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      rest = rest.dropFirst(digits)
      return value
    }
    func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard let year = number(digits: 4), year >= 1 else { throw wrong(DateExpression.expected) }
    if rest.isEmpty {
      return days(
        CivilDate(year: year, month: 1, day: 1).dayNumber, CivilDate(year: year + 1, month: 1, day: 1).dayNumber)
    }
    guard take(UInt8(ascii: "-")) else { throw wrong(DateExpression.expected) }
    guard let month = number(digits: 2), 1...12 ~= month else { throw wrong("a month from 01 to 12") }
    if rest.isEmpty {
      return days(
        CivilDate(year: year, month: month, day: 1).dayNumber, CivilDate(year: year, month: month + 1, day: 1).dayNumber
      )
    }
    let length = CivilDate.days(in: month, of: year)
    guard take(UInt8(ascii: "-")), let day = number(digits: 2), 1...length ~= day else {
      throw wrong("a day from 01 to \(length)")
    }
    let midnight = CivilDate(year: year, month: month, day: day).dayNumber
    if rest.isEmpty { return days(midnight, midnight + 1) }
    guard take(UInt8(ascii: "T")) || take(UInt8(ascii: "t")), let hour = number(digits: 2), hour < 24 else {
      throw wrong("a time like T09:30")
    }
    var start = Int64(midnight) * 86_400 + Int64(hour) * 3_600
    if rest.isEmpty { return Period(start: start, end: start + 3_600) }
    guard take(UInt8(ascii: ":")), let minute = number(digits: 2), minute < 60 else {
      throw wrong("minutes from 00 to 59")
    }
    start += Int64(minute) * 60
    if rest.isEmpty { return Period(start: start, end: start + 60) }
    guard take(UInt8(ascii: ":")), let second = number(digits: 2), second < 60, rest.isEmpty else {
      throw wrong("seconds from 00 to 59")
    }
    return Period(start: start + Int64(second), end: start + Int64(second) + 1)
  }
}

func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

/// Division that rounds down, also below zero.
func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}
