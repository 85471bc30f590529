/// A moment of the proleptic Gregorian calendar, in whatever zone: seconds since 1970 as if it were UTC.
struct CivilDate {
  var year: Int
  var month: Int
  var day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day with this number, day 0 being 1970-01-01.
  init(dayNumber: Int) {
    // Counted from 0000-03-01, so that the leap day is the last of its year.
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01. The month may be out of 1...12 (13 is January of the next year), the day out of its month.
  var dayNumber: Int {
    let months = year * 12 + month - 1
    let normalYear = months >= 0 ? months / 12 : (months - 11) / 12
    let normalMonth = months - normalYear * 12 + 1
    let shiftedYear = normalMonth <= 2 ? normalYear - 1 : normalYear
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (normalMonth + (normalMonth > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The number of days in the month.
  static func days(in month: Int, of year: Int) -> Int {
    CivilDate(year: year, month: month + 1, day: 1).dayNumber - CivilDate(year: year, month: month, day: 1).dayNumber
  }

  /// The same day of the month some months earlier, or the last day of that month where it is shorter.
  func monthsEarlier(_ count: Int) -> CivilDate {
    let first = CivilDate(dayNumber: CivilDate(year: year, month: month - count, day: 1).dayNumber)
    let day = min(day, CivilDate.days(in: first.month, of: first.year))
    return CivilDate(year: first.year, month: first.month, day: day)
  }

  /// 0 is Monday.
  static func weekday(ofDay number: Int) -> Int {
    let remainder = (number + 3) % 7
    return remainder < 0 ? remainder + 7 : remainder
  }
}
