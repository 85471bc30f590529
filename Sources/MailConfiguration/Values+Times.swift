/// How long something stays: seconds, nil for ever.
struct Lifetime: Equatable {
  var seconds: Int64?
}

/// A time such as "14d", or "never".
func lifetime(_ value: TOMLValue) -> Converted<Lifetime> {
  guard let text = value.string else {
    let hint = value.table == nil ? "" : "; a name with a dot stands in quotation marks"
    return .wrong("must be a string such as \"14d\" or \"never\", not \(value.kind)\(hint)")
  }
  if text == "never" { return .value(Lifetime(seconds: nil)) }
  guard let seconds = parseLifetime(text) else {
    return .wrong("must be a time such as \"14d\", \"2w\", \"3m\" or \"1y\", or \"never\"")
  }
  return .value(Lifetime(seconds: seconds))
}

/// The seconds that `text` names: "14d", "2w", "3m" (of 30 days), "1y" (of 365); nil when it is no time, or longer than a
/// thousand years.
func parseLifetime(_ text: String) -> Int64? {
  let digits = text.prefix { $0.isASCII && $0.isNumber }
  guard let number = Int64(digits), number > 0, number <= 365_000 else { return nil }
  let days: Int64
  switch text.dropFirst(digits.count).drop(while: { $0 == " " }).lowercased() {
  case "d": days = 1
  case "w": days = 7
  case "m": days = 30
  case "y": days = 365
  default: return nil
  }
  return number * days <= 365_000 ? number * days * 86_400 : nil
}

/// A time within `range` seconds: a number of seconds, or a string such as "30s", "15min", "4h", "5d".
func seconds(in range: ClosedRange<Int64>) -> (TOMLValue) -> Converted<Int> {
  { value in
    guard let seconds = value.integer ?? value.string.flatMap(parseSeconds) else {
      return .wrong("must be a time such as \"30s\", \"15min\", \"4h\" or \"5d\"")
    }
    guard range.contains(seconds) else {
      return .wrong("must be between \(shownSeconds(range.lowerBound)) and \(shownSeconds(range.upperBound))")
    }
    return .value(Int(seconds))
  }
}

/// The seconds that `text` names: "30s", "15min", "4h", "5d", "2w"; nil when it is no time. A bare "m" is refused, because
/// elsewhere it means months.
func parseSeconds(_ text: String) -> Int64? {
  let digits = text.prefix { $0.isASCII && $0.isNumber }
  guard let number = Int64(digits), number <= 1_000_000_000 else { return nil }
  switch text.dropFirst(digits.count).drop(while: { $0 == " " }).lowercased() {
  case "", "s", "sec": return number
  case "min": return number * 60
  case "h": return number * 3_600
  case "d": return number * 86_400
  case "w": return number * 604_800
  default: return nil
  }
}

private func shownSeconds(_ seconds: Int64) -> String {
  for (unit, name) in [(Int64(86_400), "d"), (3_600, "h"), (60, "min")] where seconds >= unit && seconds % unit == 0 {
    return "\(seconds / unit)\(name)"
  }
  return "\(seconds)s"
}

/// "100/1h", "100/h", "20/min": a number in a time.
func rate(_ value: TOMLValue) -> Converted<Configuration.Rate> {
  let problem = Converted<Configuration.Rate>.wrong("must be a number in a time, such as \"100/1h\"")
  let parts = (value.string ?? "").split(separator: "/", omittingEmptySubsequences: false)
  guard parts.count == 2, let count = Int(parts[0].filter { $0 != " " }), (1...10_000_000).contains(count) else {
    return problem
  }
  let time = String(parts[1].drop { $0 == " " })
  let startsWithDigit = time.first.map { $0.isASCII && $0.isNumber } ?? true
  guard let seconds = parseSeconds(startsWithDigit ? time : "1" + time), seconds > 0, seconds <= 31_536_000 else {
    return problem
  }
  return .value(Configuration.Rate(count: count, seconds: Int(seconds)))
}

/// The waits between attempts: an array of times.
func waits(_ value: TOMLValue) -> Converted<[Int]> {
  guard let values = value.array, !values.isEmpty else { return .wrong("must be an array of times such as \"15min\"") }
  var result: [Int] = []
  for value in values {
    switch seconds(in: 10...604_800)(value) {
    case .value(let seconds): result.append(seconds)
    case .wrong(let problem): return .wrong(problem)
    }
  }
  return .value(result)
}
