internal import MailBytes

/// Reads a date by what its words look like, in any order that real mail has them in. RFC 5322, sections 3.3 and 4.3.
struct DateParser {
  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var hour: Int?
  private var minute = 0
  private var second = 0
  private var offset: Int?
  private var isAfternoon: Bool?
  private var isInvalid = false

  /// The date, when enough of it was found.
  var date: MailDate? {
    guard !isInvalid, let year, let month, let day, (1...31).contains(day), (1...12).contains(month) else { return nil }
    guard (1900...9999).contains(year) else { return nil }
    var hour = hour ?? 0
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard hour <= 24, minute <= 59, second <= 60, hour < 24 || (minute == 0 && second == 0) else { return nil }
    let time = hour * 3_600 + minute * 60 + second
    let seconds = daysSince1970(year: year, month: month, day: day) * 86_400 + time - (offset ?? 0) * 60
    return MailDate(seconds: Int64(seconds), offsetMinutes: offset ?? 0, hasUnknownZone: offset == nil)
  }

  mutating func parse(_ text: Span<UInt8>) {
    var index = 0
    while index < text.count, index < 1_000, !isInvalid {
      let byte = text[index]
      if byte.isDigit {
        takeNumber(text, &index)
      } else if byte.isLetter {
        takeWord(text, &index)
      } else if byte == 0x28 {
        let start = index
        skipCFWS(text, &index)
        if index == start { index += 1 }
      } else if byte == 0x2B || byte == 0x2D, hour != nil, offset == nil, index + 1 < text.count,
        text[index + 1].isDigit
      {
        takeOffset(text, &index)
      } else {
        index += 1
      }
    }
  }

  /// The digits at `index`; nil when there are more than nine.
  private func number(_ text: Span<UInt8>, _ index: inout Int) -> (value: Int, digits: Int)? {
    let start = index
    var value = 0
    while index < text.count, text[index].isDigit {
      if index - start < 9 { value = value * 10 + Int(text[index] - 0x30) }
      index += 1
    }
    return index - start > 9 ? nil : (value, index - start)
  }

  private mutating func takeNumber(_ text: Span<UInt8>, _ index: inout Int) {
    guard let (value, digits) = number(text, &index) else {
      isInvalid = true
      return
    }
    var behind = index
    skipCFWS(text, &behind)
    if hour == nil, digits <= 2, behind < text.count, text[behind] == 0x3A { index = behind }
    let next = index < text.count ? text[index] : 0
    if hour == nil, digits <= 2, next == 0x3A || (next == 0x2E && day != nil && year != nil) {
      takeTime(text, &index, hour: value, separator: next)
    } else if digits >= 3 {
      if digits == 4, year == nil, month == nil, next == 0x2D || next == 0x2F {
        takeCalendarDate(text, &index, year: value, separator: next)
      } else if year == nil {
        // QUIRK: programs that print the year since 1900 with four digits write 0102 for 2002.
        year = value < 200 ? value + 1_900 : value
      } else if digits == 4, hour != nil, offset == nil, value <= 1_400, value % 100 < 60 {
        offset = value / 100 * 60 + value % 100
      }
    } else if month == nil, day == nil, next == 0x2F {
      takeSlashDate(text, &index, first: value)
    } else if day == nil {
      day = value
    } else if year == nil {
      year = value + (value < 50 ? 2_000 : 1_900)
    }
  }

  /// `10:11`, `10:11:12`, `10:11:12.345`.
  private mutating func takeTime(_ text: Span<UInt8>, _ index: inout Int, hour: Int, separator: UInt8) {
    self.hour = hour
    index += 1
    skipCFWS(text, &index)
    guard let minute = number(text, &index), minute.digits > 0 else {
      isInvalid = true
      return
    }
    self.minute = minute.value
    var behind = index
    skipCFWS(text, &behind)
    guard behind < text.count, text[behind] == separator else { return }
    index = behind + 1
    skipCFWS(text, &index)
    guard let second = number(text, &index) else {
      isInvalid = true
      return
    }
    self.second = second.value
    if index < text.count, text[index] == 0x2E || text[index] == 0x2C {
      index += 1
      _ = number(text, &index)
    }
  }

  /// `2024-09-05` and `2024/9/5`. ISO 8601.
  private mutating func takeCalendarDate(_ text: Span<UInt8>, _ index: inout Int, year: Int, separator: UInt8) {
    self.year = year
    index += 1
    guard index < text.count, text[index].isDigit, let month = number(text, &index) else { return }
    self.month = month.value
    guard index + 1 < text.count, text[index] == separator, text[index + 1].isDigit else { return }
    index += 1
    guard let day = number(text, &index) else {
      isInvalid = true
      return
    }
    self.day = day.value
    if index < text.count, text[index] | 0x20 == 0x74 { index += 1 }
  }

  /// `9/25/2002` and `25/9/2002`; the American order where both would do.
  private mutating func takeSlashDate(_ text: Span<UInt8>, _ index: inout Int, first: Int) {
    index += 1
    guard index < text.count, text[index].isDigit else {
      day = first
      return
    }
    guard let second = number(text, &index) else {
      isInvalid = true
      return
    }
    (month, day) = first > 12 ? (second.value, first) : (first, second.value)
    if index < text.count, text[index] == 0x2F { index += 1 }
  }

  private mutating func takeOffset(_ text: Span<UInt8>, _ index: inout Int) {
    let isWest = text[index] == 0x2D
    index += 1
    guard let (value, digits) = number(text, &index) else { return }
    var minutes = digits <= 2 ? value * 60 : value / 100 * 60 + value % 100
    if digits <= 2, index + 1 < text.count, text[index] == 0x3A, text[index + 1].isDigit {
      index += 1
      minutes += number(text, &index)?.value ?? 0
    }
    if year == nil, digits == 4, value >= 1_900, value < 2_100 {  // ctime with the year behind: "10:11 -2002" is none
      year = value
    } else if digits <= 4, minutes < 24 * 60, !(isWest && minutes == 0) {
      offset = isWest ? -minutes : minutes
    }
  }

  private mutating func takeWord(_ text: Span<UInt8>, _ index: inout Int) {
    let start = index
    while index < text.count, text[index].isLetter { index += 1 }
    if index - start >= 3, month == nil, let found = monthNumber(text, start, index) {
      month = found
    } else if index - start == 2, hour != nil, text[start + 1] | 0x20 == 0x6D,
      text[start] | 0x20 == 0x61 || text[start] | 0x20 == 0x70
    {
      isAfternoon = text[start] | 0x20 == 0x70
    } else if hour != nil, offset == nil, index - start <= 5 {
      var name: [UInt8] = []
      for position in start..<index { name.append(text[position] & ~0x20) }
      offset = zoneOffsets[string(name)]
    }
  }

  private func monthNumber(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    let key = UInt32(text[start] | 0x20) << 16 | UInt32(text[start + 1] | 0x20) << 8 | UInt32(text[start + 2] | 0x20)
    switch key {
    case 0x6A616E: return 1
    case 0x666562: return 2
    case 0x6D6172, 0x6D7272: return 3
    case 0x617072: return 4
    case 0x6D6179: return 5
    case 0x6A756E: return 6
    case 0x6A756C: return 7
    case 0x617567: return 8
    case 0x736570: return 9
    case 0x6F6374: return 10
    case 0x6E6F76: return 11
    case 0x646563: return 12
    default: return nil
    }
  }
}
