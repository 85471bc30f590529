/// Takes typed values out of a table, and says which keys nobody asked for.
struct TableReader {
  let file: String
  let table: TOMLTable
  /// The dotted name of the table, with a dot at its end; empty for the whole document.
  let prefix: String
  private var known: Set<String> = []

  init(_ table: TOMLTable, file: String, prefix: String = "") {
    self.table = table
    self.file = file
    self.prefix = prefix
  }

  /// Sets `target` to the value of `key`, if the document gives it.
  mutating func read<Value>(
    _ key: String, into target: inout Value, _ convert: (TOMLValue) -> Converted<Value>
  ) throws(ConfigurationError) {
    if let value = try optional(key, convert) { target = value }
  }

  /// The value of `key`; nil when the document doesn't give it.
  mutating func optional<Value>(
    _ key: String, _ convert: (TOMLValue) -> Converted<Value>
  ) throws(ConfigurationError) -> Value? {
    known.insert(key)
    guard let value = table[key] else { return nil }
    switch convert(value) {
    case .value(let value): return value
    case .wrong(let problem): throw error(key, problem)
    }
  }

  /// The value of `key`, which the table must have. `line` is where the table begins.
  mutating func required<Value>(
    _ key: String, line: Int, _ convert: (TOMLValue) -> Converted<Value>
  ) throws(ConfigurationError) -> Value {
    if let value = try optional(key, convert) { return value }
    throw .invalid(file: file, line: line, key: prefix + key, problem: "is missing")
  }

  /// The table `key`; empty when the document doesn't give it.
  mutating func reader(_ key: String) throws(ConfigurationError) -> TableReader {
    let inner = try optional(key) { value in
      value.table.map { .value($0) } ?? .wrong("must be a table, [\(key)], not \(value.kind)")
    }
    return TableReader(inner ?? TOMLTable(), file: file, prefix: "\(prefix)\(key).")
  }

  /// The tables of the array `key`.
  mutating func readers(_ key: String) throws(ConfigurationError) -> [TableReader] {
    let tables: [TOMLTable]? = try optional(key) { value in
      let tables = value.array?.compactMap(\.table)
      guard let tables, tables.count == value.array?.count else { return .wrong("must be tables, [[\(key)]]") }
      return .value(tables)
    }
    return (tables ?? []).map { TableReader($0, file: file, prefix: "\(prefix)\(key).") }
  }

  /// The first line of the table, as far as the document tells.
  var line: Int { table.entries.map(\.line).min() ?? 0 }

  /// Complains about a key that nobody asked for.
  func finish() throws(ConfigurationError) {
    for entry in table.entries where !known.contains(entry.key) {
      throw .invalid(file: file, line: entry.line, key: prefix + entry.key, problem: "unknown key")
    }
  }

  func error(_ key: String, _ problem: String) -> ConfigurationError {
    .invalid(file: file, line: table.line(of: key) ?? 0, key: prefix + key, problem: problem)
  }
}

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
func parseByteCount(_ text: String) -> Int64? {
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
