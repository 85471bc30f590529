internal import Glibc

/// `seconds` as nanoseconds; a time that no file can have becomes the nearest one before the year 2242 or after 1697.
public func nanoseconds(ofSeconds seconds: Int64) -> Int64 {
  min(max(seconds, -(1 << 33)), 1 << 33) * 1_000_000_000
}

/// The time, in nanoseconds since 1970.
public func now() -> Int64 { clock(CLOCK_REALTIME) }

/// A clock that never steps back, in nanoseconds since some time.
public func monotonicNow() -> Int64 { clock(CLOCK_MONOTONIC) }

private func clock(_ id: clockid_t) -> Int64 {
  var time = timespec()
  _ = unsafe clock_gettime(id, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// Does nothing for a while; a signal may end it early.
public func sleep(nanoseconds: Int64) {
  var time = timespec(
    tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  _ = unsafe nanosleep(&time, nil)
}

/// A moment as a calendar in the local time zone shows it.
public struct LocalTime: Sendable, Equatable {
  public let year: Int
  /// 1 to 12.
  public let month: Int
  public let day: Int
  public let hour: Int
  public let minute: Int
  public let second: Int
  /// 0 is Sunday.
  public let weekday: Int
  /// How far local time is ahead of UTC, in seconds.
  public let offset: Int

  /// The local time at `seconds` since 1970. Years beyond what the C library can count give the epoch.
  public init(seconds: Int64) {
    var time = time_t(seconds)
    var fields = unsafe tm()
    if unsafe localtime_r(&time, &fields) == nil {
      time = 0
      _ = unsafe localtime_r(&time, &fields)
    }
    year = unsafe Int(fields.tm_year) + 1900
    month = unsafe Int(fields.tm_mon) + 1
    day = unsafe Int(fields.tm_mday)
    hour = unsafe Int(fields.tm_hour)
    minute = unsafe Int(fields.tm_min)
    second = unsafe Int(fields.tm_sec)
    weekday = unsafe Int(fields.tm_wday)
    offset = unsafe fields.tm_gmtoff
  }
}
