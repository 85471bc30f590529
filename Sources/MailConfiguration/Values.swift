/// A value of the wanted type, or what is wrong with it.
enum Converted<Value> {
  case value(Value)
  case wrong(String)
}

func text(_ value: TOMLValue) -> Converted<String> {
  value.string.map { .value($0) } ?? .wrong("must be a string, not \(value.kind)")
}

func nonEmptyText(_ value: TOMLValue) -> Converted<String> {
  guard let string = value.string else { return .wrong("must be a string, not \(value.kind)") }
  return string.isEmpty ? .wrong("must not be empty") : .value(string)
}

func texts(_ value: TOMLValue) -> Converted<[String]> {
  let strings = value.array?.compactMap(\.string)
  guard let strings, strings.count == value.array?.count else { return .wrong("must be an array of strings") }
  return .value(strings)
}

/// One name of a folder, or several. The Inbox is none: it has its role already.
func folderNames(_ value: TOMLValue) -> Converted<[String]> {
  let names = value.string.map { [$0] } ?? value.array?.compactMap(\.string)
  guard let names, value.string != nil || names.count == value.array?.count else {
    return .wrong("must be the name of a folder or an array of names, not \(value.kind)")
  }
  if names.isEmpty || names.contains("") { return .wrong("must not be empty") }
  if names.contains(where: { $0.lowercased() == "inbox" }) { return .wrong("can't be the Inbox") }
  return .value(names)
}

func truth(_ value: TOMLValue) -> Converted<Bool> {
  value.boolean.map { .value($0) } ?? .wrong("must be true or false, not \(value.kind)")
}

/// A whole number within `range`.
func number(in range: ClosedRange<Int64>) -> (TOMLValue) -> Converted<Int64> {
  { value in
    guard let number = value.integer else { return .wrong("must be an integer, not \(value.kind)") }
    return range.contains(number)
      ? .value(number) : .wrong("must be between \(range.lowerBound) and \(range.upperBound)")
  }
}

/// A number of bytes: an integer, or a string such as "50 MB" or "1 GiB".
func byteCount(_ value: TOMLValue) -> Converted<Int64> {
  if let number = value.integer { return number >= 0 ? .value(number) : .wrong("must not be negative") }
  guard let string = value.string, let count = parseByteCount(string) else {
    return .wrong("must be a size such as \"50 MB\" or a number of bytes")
  }
  return .value(count)
}

/// The bytes that `text` names: "1000", "50 MB", "1.5 GB" is not taken, "1 GiB"; nil when it is no size.
public func parseByteCount(_ text: String) -> Int64? {
  let digits = text.prefix { $0.isASCII && $0.isNumber }
  guard let number = Int64(digits) else { return nil }
  let unit: Int64
  switch text.dropFirst(digits.count).drop(while: { $0 == " " }).uppercased() {
  case "", "B": unit = 1
  case "K", "KB": unit = 1_000
  case "M", "MB": unit = 1_000_000
  case "G", "GB": unit = 1_000_000_000
  case "T", "TB": unit = 1_000_000_000_000
  case "KIB": unit = 1 << 10
  case "MIB": unit = 1 << 20
  case "GIB": unit = 1 << 30
  case "TIB": unit = 1 << 40
  default: return nil
  }
  let (product, overflow) = number.multipliedReportingOverflow(by: unit)
  return overflow ? nil : product
}
