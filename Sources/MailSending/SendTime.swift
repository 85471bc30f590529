internal import MailMIME

/// Reads a point in time as people write one. Pure.
///
///     2026-11-25 09:00      2026-11-25T09:00+01:00      Wed, 25 Nov 2026 09:00:00 +0100
///     09:00                 tomorrow 9:00               friday 14:30
///     +90min                in 2 hours                  @1795600000
public struct SendTime {
  /// Seconds since 1970.
  let now: Int64
  /// How far local time is ahead of UTC, in seconds, at a time.
  let zone: (Int64) -> Int

  /// A reader for somebody whose clock shows `now` and whose local time is `zone` seconds ahead of UTC.
  public init(now: Int64, zone: @escaping (Int64) -> Int) {
    self.now = now
    self.zone = zone
  }

  /// The time that `text` names, in seconds since 1970; without a zone it is local time. A time of day alone is the next
  /// one. Throws `badTime` for what is no time, and for what has passed.
  public func parse(_ text: String) throws(SendError) -> Int64 {
    let words = text.lowercased().split(separator: " ").map(String.init)
    guard !words.isEmpty, let time = moment(words, text) else {
      throw .badTime(text, reason: "is no time; write \"2026-11-25 09:00\", \"tomorrow 9:00\" or \"+2h\"")
    }
    guard time > now - 60 else { throw .badTime(text, reason: "has passed") }
    guard time < now + 366 * 86_400 else { throw .badTime(text, reason: "is more than a year away") }
    return time
  }

  private func moment(_ words: [String], _ text: String) -> Int64? {
    if let first = words.first, first.hasPrefix("@") { return words.count == 1 ? Int64(first.dropFirst()) : nil }
    if words[0] == "now" { return words.count == 1 ? now : nil }
    if words[0].hasPrefix("+") || words[0] == "in" { return after(words) }
    if let time = onDay(words) { return time }
    guard let date = MailDate(parsing: text), text.utf8.contains(where: { (0x30...0x39).contains($0) }) else {
      return nil
    }
    // A date alone doesn't say when.
    guard text.utf8.contains(0x3A) else { return nil }
    return date.hasUnknownZone ? local(date.seconds) : date.seconds
  }

  /// "+2h", "+ 90 minutes", "in 2 hours 30 minutes".
  private func after(_ words: [String]) -> Int64? {
    var text = words.joined()
    text = String(text.dropFirst(text.hasPrefix("in") ? 2 : 1))
    var total: Int64 = 0
    var rest = text[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int64(digits), number < 1_000_000 else { return nil }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      let seconds: Int64
      switch unit {
      case "s", "sec", "second", "seconds": seconds = 1
      case "m", "min", "minute", "minutes": seconds = 60
      case "h", "hour", "hours": seconds = 3600
      case "d", "day", "days": seconds = 86_400
      case "w", "week", "weeks": seconds = 604_800
      default: return nil
      }
      total += number * seconds
    }
    return now + total
  }

  /// "9:00", "tomorrow 9:00", "friday at 14:30", "9pm".
  private func onDay(_ words: [String]) -> Int64? {
    var words = words
    let today = LocalDay(now + Int64(zone(now)))
    var day: Int64?
    // A time that has passed means that many days later.
    var period: Int64 = 1
    switch words[0] {
    case "today": (day, period) = (0, 0)
    case "tomorrow": (day, period) = (1, 0)
    default:
      if let place = weekdays.firstIndex(where: { words[0] == $0 || words[0] == $0.prefix(3) }) {
        (day, period) = (Int64((place - today.weekday + 7) % 7), 7)
      }
    }
    if day != nil { words.removeFirst() }
    if words.first == "at" { words.removeFirst() }
    let clock: Int64
    if words.isEmpty, day != nil {
      // Without a time of day it is nine in the morning.
      clock = 9 * 3600
    } else {
      guard words.count == 1, let time = timeOfDay(words[0]) else { return nil }
      clock = time
    }
    let time = local(today.start + (day ?? 0) * 86_400 + clock)
    return time > now ? time : local(today.start + ((day ?? 0) + period) * 86_400 + clock)
  }

  /// "9:00", "09:00:30", "9am", "21h".
  private func timeOfDay(_ word: String) -> Int64? {
    var text = word[...]
    var added: Int64 = 0
    var isTwelve = false
    for (suffix, hours) in [("am", Int64(0)), ("pm", 12)] where text.hasSuffix(suffix) {
      text = text.dropLast(2)
      (added, isTwelve) = (hours, true)
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), isTwelve || parts.count > 1 else { return nil }
    var numbers = parts.compactMap { $0.utf8.count <= 2 && $0.allSatisfy(\.isNumber) ? Int64($0) : nil }
    guard numbers.count == parts.count else { return nil }
    while numbers.count < 3 { numbers.append(0) }
    if isTwelve {
      guard (1...12).contains(numbers[0]) else { return nil }
      numbers[0] = numbers[0] % 12 + added
    }
    guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
    return numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
  }

  /// The time at which a clock on the wall shows `wall`, given as if it were UTC.
  private func local(_ wall: Int64) -> Int64 {
    let first = wall - Int64(zone(wall))
    return wall - Int64(zone(first))
  }
}

private let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

/// A day of the local calendar.
private struct LocalDay {
  /// Its first second, as if local time were UTC.
  let start: Int64
  /// 0 is Sunday.
  let weekday: Int

  init(_ wall: Int64) {
    start = wall - (wall % 86_400 + 86_400) % 86_400
    weekday = DateComponents(seconds: start).weekday
  }
}
