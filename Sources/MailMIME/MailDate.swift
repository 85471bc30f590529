internal import MailBytes

/// A point in time with the zone of who wrote it. RFC 5322, section 3.3.
public struct MailDate: Sendable, Hashable {
  /// Seconds since 1970-01-01 00:00 UTC.
  public var seconds: Int64
  /// Minutes east of UTC.
  public var offsetMinutes: Int
  /// The zone is missing, `-0000`, or a name that nobody knows; `seconds` is then reckoned as UTC.
  public var hasUnknownZone: Bool

  /// The point in time `seconds`, written in the zone `offsetMinutes` east of UTC.
  public init(seconds: Int64, offsetMinutes: Int = 0, hasUnknownZone: Bool = false) {
    self.seconds = seconds
    self.offsetMinutes = offsetMinutes
    self.hasUnknownZone = hasUnknownZone
  }

  /// The date in `text`; nil when there is no day, month and year, or one out of range.
  public init?(parsing text: String) { self.init(parsing: text.utf8.span) }

  /// The date in the octets `text`: RFC 5322 with its obsolete forms, ctime, ISO 8601, and what lies between them.
  public init?(parsing text: Span<UInt8>) {
    var parser = DateParser()
    parser.parse(text)
    guard let date = parser.date else { return nil }
    self = date
  }

  /// The parts of the date in its own zone.
  public var components: DateComponents { DateComponents(seconds: seconds + Int64(offsetMinutes) * 60) }

  /// The date as a Date field has it, such as `Thu, 05 Sep 2024 10:11:12 +0200`.
  public var rfc5322: String {
    let parts = components
    let offset = abs(offsetMinutes)
    let zone =
      hasUnknownZone ? "-0000" : "\(offsetMinutes < 0 ? "-" : "+")\(twoDigits(offset / 60))\(twoDigits(offset % 60))"
    let day = "\(dayNames[parts.weekday]), \(twoDigits(parts.day)) \(monthNames[parts.month - 1])"
    let year = String(parts.year)
    let padded = String(repeating: "0", count: max(0, 4 - year.utf8.count)) + year
    return "\(day) \(padded) \(twoDigits(parts.hour)):\(twoDigits(parts.minute)):\(twoDigits(parts.second)) \(zone)"
  }
}

/// A point in time as a calendar has it (Gregorian, also before 1582).
public struct DateComponents: Sendable, Hashable {
  /// The year.
  public var year: Int
  /// The month, 1–12.
  public var month: Int
  /// The day of the month, 1–31.
  public var day: Int
  /// The hour, 0–23.
  public var hour: Int
  /// The minute, 0–59.
  public var minute: Int
  /// The second, 0–59.
  public var second: Int
  /// The day of the week, 0 for Sunday.
  public var weekday: Int

  /// The parts of the time `seconds` after 1970-01-01 00:00.
  public init(seconds: Int64) {
    let seconds = Int(seconds)
    let days = (seconds - floored(seconds, 86_400)) / 86_400
    let time = floored(seconds, 86_400)
    let shifted = days + 719_468
    let era = (shifted - floored(shifted, 146_097)) / 146_097
    let dayOfEra = floored(shifted, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = time / 3_600
    minute = time / 60 % 60
    second = time % 60
    weekday = floored(days + 4, 7)
  }
}

/// The days from 1970-01-01 to a date; a day past the end of its month runs into the next.
func daysSince1970(year: Int, month: Int, day: Int) -> Int {
  let year = month <= 2 ? year - 1 : year
  let era = (year - floored(year, 400)) / 400
  let yearOfEra = floored(year, 400)
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

private func floored(_ value: Int, _ divisor: Int) -> Int {
  let rest = value % divisor
  return rest < 0 ? rest + divisor : rest
}

private func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }

private let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
