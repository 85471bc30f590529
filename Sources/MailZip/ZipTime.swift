internal import MailSystem

/// The two words in which MS-DOS writes a date and a time: years 1980 to 2107, in steps of two seconds, in UTC.
func packedTime(_ seconds: Int64) -> (time: Int, date: Int) {
  // 1980-01-01 and the last two seconds of 2107.
  let clamped = min(max(seconds, 315_532_800), 4_354_819_198)
  let (days, rest) = clamped.quotientAndRemainder(dividingBy: 86_400)
  let date = CalendarDay(number: Int(days))
  let (hour, minute, second) = (Int(rest) / 3_600, Int(rest) / 60 % 60, Int(rest) % 60)
  return (hour << 11 | minute << 5 | second / 2, (date.year - 1980) << 9 | date.month << 5 | date.day)
}

/// The moment that the two words mean where the file was made, which is taken to be the zone of this machine; nil when
/// they are no time.
func unpackedTime(time: Int, date: Int) -> Int64? {
  let day = CalendarDay(year: 1980 + date >> 9, month: date >> 5 & 15, day: date & 31)
  guard 1...12 ~= day.month, 1...31 ~= day.day, time >> 11 < 24, time >> 5 & 63 < 60 else { return nil }
  let seconds = Int64(day.number) * 86_400 + Int64(time >> 11 * 3_600 + (time >> 5 & 63) * 60 + (time & 31) * 2)
  return seconds - Int64(LocalTime(seconds: seconds).offset)
}

/// A day of the Gregorian calendar after 1970.
private struct CalendarDay {
  var year: Int
  var month: Int
  var day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day `number` days after 1970-01-01.
  init(number: Int) {
    // Counted from 0000-03-01, so that the leap day is the last of its year.
    let shifted = number + 719_468
    let (era, ofEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01; a day past the end of its month runs into the next.
  var number: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shiftedYear.quotientAndRemainder(dividingBy: 400)
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear - 719_468
  }
}
