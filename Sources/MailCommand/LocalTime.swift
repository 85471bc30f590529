internal import Glibc

/// Moments as dates and times of the local time zone, as lists need them: a hundred thousand in a few milliseconds.
public struct LocalTime {
  /// The parts of a date and time.
  public struct Parts: Equatable, Sendable {
    public var year: Int64
    public var month, day, hour, minute, second: Int
  }

  /// The zone's distance from UTC at the beginning and the end of a stretch of time, for some stretches.
  private var cache: [(stretch: Int64, offset: Int64)] = Array(repeating: (.min, 0), count: 64)
  /// Seconds in a stretch, as a power of two: 12 days, so that a zone changes its distance once in one at most.
  private let shift: Int64 = 20

  public init() { tzset() }

  /// The local date and time of `seconds` since 1970.
  public mutating func parts(of seconds: Int64) -> Parts {
    let seconds = min(max(seconds, -1 << 48), 1 << 48)
    return Self.parts(utc: seconds + offset(at: seconds))
  }

  /// The number of the local day that `seconds` lies in.
  public mutating func day(of seconds: Int64) -> Int64 {
    let seconds = min(max(seconds, -1 << 48), 1 << 48)
    return (seconds + offset(at: seconds)).flooredDivision(by: 86_400)
  }

  private mutating func offset(at seconds: Int64) -> Int64 {
    let stretch = seconds >> shift
    let slot = Int(truncatingIfNeeded: stretch & 63)
    if cache[slot].stretch == stretch { return cache[slot].offset }
    let offset = Self.systemOffset(at: stretch << shift)
    if offset == Self.systemOffset(at: (stretch + 1) << shift - 1) {
      cache[slot] = (stretch, offset)
      return offset
    }
    return Self.systemOffset(at: seconds)
  }

  /// The seconds that local time is ahead of UTC at a moment, as the system says; 0 for years that it can't express.
  public static func systemOffset(at seconds: Int64) -> Int64 {
    var time = time_t(seconds)
    var result = unsafe tm()
    guard unsafe localtime_r(&time, &result) != nil else { return 0 }
    return unsafe Int64(result.tm_gmtoff)
  }

  /// The date and time of `seconds` since 1970 in UTC, in the proleptic Gregorian calendar.
  public static func parts(utc seconds: Int64) -> Parts {
    let seconds = min(max(seconds, -1 << 49), 1 << 49)
    let days = seconds.flooredDivision(by: 86_400)
    let rest = Int(seconds - days * 86_400)
    // Days are counted from 1 March of year 0, so that the leap day is a year's last.
    let shifted = days + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return Parts(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: Int(month),
      day: Int(dayOfYear - (153 * march + 2) / 5 + 1),
      hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60)
  }
}

extension Int64 {
  func flooredDivision(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

private let monthNames: [StaticString] = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

extension ByteBuffer {
  /// Appends `2026-11-23`.
  mutating func append(date parts: LocalTime.Parts) {
    append(decimal: parts.year, width: 4, fill: UInt8(ascii: "0"))
    append(UInt8(ascii: "-"))
    append(digits: parts.month)
    append(UInt8(ascii: "-"))
    append(digits: parts.day)
  }

  /// Appends `14:02`.
  mutating func append(time parts: LocalTime.Parts) {
    append(digits: parts.hour)
    append(UInt8(ascii: ":"))
    append(digits: parts.minute)
  }

  /// Appends `23 Nov`.
  mutating func append(dayOfYear parts: LocalTime.Parts) {
    append(decimal: Int64(parts.day), width: 2)
    append(UInt8(ascii: " "))
    append(literal: monthNames[parts.month - 1])
  }

  /// Appends `2026-11-23T14:02:07Z`. RFC 3339, section 5.6.
  mutating func append(timestamp seconds: Int64) {
    let parts = LocalTime.parts(utc: seconds)
    append(date: parts)
    append(UInt8(ascii: "T"))
    append(time: parts)
    append(UInt8(ascii: ":"))
    append(digits: parts.second)
    append(UInt8(ascii: "Z"))
  }

  private mutating func append(digits number: Int) {
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  /// Appends a size as people read it, in five columns: `  310`, ` 4.2K`, `  27M`.
  mutating func append(size bytes: Int64) {
    let bytes = max(bytes, 0)
    if bytes < 1000 { return append(decimal: bytes, width: 5) }
    var unit = 0
    var tenths = bytes > .max / 16 ? bytes / 1024 * 10 : (bytes * 10 + 512) / 1024
    while tenths >= 9995, unit < 3 {
      tenths = (tenths + 512) / 1024
      unit += 1
    }
    if tenths < 100 {
      append(decimal: tenths / 10, width: 2)
      append(UInt8(ascii: "."))
      append(decimal: tenths % 10)
    } else {
      append(decimal: (tenths + 5) / 10, width: 4)
    }
    append(
      unit == 0 ? UInt8(ascii: "K") : unit == 1 ? UInt8(ascii: "M") : unit == 2 ? UInt8(ascii: "G") : UInt8(ascii: "T"))
  }
}
