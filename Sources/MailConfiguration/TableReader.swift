internal import MailSystem

/// What is known while a file is read, and the mistakes that were found in it.
final class Reading {
  /// The file, as errors name it.
  let file: String
  /// Where relative paths begin.
  let directory: String
  let home: String?
  private(set) var problems: [ConfigurationError] = []
  /// Files that the configuration refers to.
  var files: [(line: Int, key: String, path: String, isSecret: Bool)] = []

  init(file: String, home: String?) {
    self.file = file
    self.home = home
    directory = parentDirectory(of: absolutePath(file))
  }

  /// Remembers a mistake.
  func complain(_ line: Int, _ key: String?, _ problem: String) {
    problems.append(.invalid(file: file, line: line, key: key, problem: problem))
  }

  /// The mistakes in the order of their lines; those of one line as they were found.
  var sortedProblems: [ConfigurationError] {
    problems.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }

  /// The path that the file means with `text`: relative to the file, `~/` being the home directory.
  func path(_ text: String) -> String {
    let expanded = expandTilde(text, home: home)
    return expanded.hasPrefix("/") ? expanded : "\(directory)/\(expanded)"
  }
}

/// Takes typed values out of a table, and says which keys nobody asked for. A mistake is remembered, and what it stands in
/// counts as not given.
struct TableReader {
  let reading: Reading
  let table: TOMLTable
  /// The dotted name of the table, with a dot at its end; empty for the whole document.
  let prefix: String
  private var known: Set<String> = []

  init(_ table: TOMLTable, reading: Reading, prefix: String = "") {
    self.table = table
    self.reading = reading
    self.prefix = prefix
  }

  /// Sets `target` to the value of `key`, if the document gives it.
  mutating func read<Value>(_ key: String, into target: inout Value, _ convert: (TOMLValue) -> Converted<Value>) {
    if let value = optional(key, convert) { target = value }
  }

  /// Sets `target` to the value of `key`, if the document gives it.
  mutating func read<Value>(_ key: String, into target: inout Value?, _ convert: (TOMLValue) -> Converted<Value>) {
    if let value = optional(key, convert) { target = value }
  }

  /// Sets `target` to the number of `key`, if the document gives it and it lies in `range`.
  mutating func read(_ key: String, into target: inout Int, in range: ClosedRange<Int64>) {
    if let value = optional(key, number(in: range)) { target = Int(value) }
  }

  /// Sets `target` to the path of `key`, if the document gives it.
  mutating func readPath(_ key: String, into target: inout String?) {
    if let value = optional(key, nonEmptyText) { target = reading.path(value) }
  }

  /// Sets `target` to the path of `key`, if the document gives it: that of a file which has to be there when it is used.
  mutating func readFile(_ key: String, into target: inout String?, isSecret: Bool = false) {
    guard let value = optional(key, nonEmptyText) else { return }
    let path = reading.path(value)
    target = path
    reading.files.append((table.line(of: key) ?? table.line, prefix + key, path, isSecret))
  }

  /// The value of `key`; nil when the document doesn't give it, or gives another kind.
  mutating func optional<Value>(_ key: String, _ convert: (TOMLValue) -> Converted<Value>) -> Value? {
    known.insert(key)
    guard let value = table[key] else { return nil }
    switch convert(value) {
    case .value(let value): return value
    case .wrong(let problem):
      complain(key, problem)
      return nil
    }
  }

  /// The value of `key`, which the table must have.
  mutating func required<Value>(_ key: String, _ convert: (TOMLValue) -> Converted<Value>) -> Value? {
    if table[key] == nil { missing(key) }
    return optional(key, convert)
  }

  /// Complains that `key` is missing; not where it is there and only can't be read.
  func missing(_ key: String, _ problem: String = "is missing") {
    if !table.unreadable.isEmpty { return }
    reading.complain(table.line, prefix + key, problem)
  }

  /// The table `key`; empty when the document doesn't give it.
  mutating func reader(_ key: String) -> TableReader {
    let name = prefix + key
    let inner = optional(key) { value in
      value.table.map { .value($0) } ?? .wrong("must be a table, [\(name)], not \(value.kind)")
    }
    return TableReader(inner ?? TOMLTable(), reading: reading, prefix: "\(prefix)\(key).")
  }

  /// The tables of the array `key`; a single table too, if `orOne`.
  mutating func readers(_ key: String, orOne: Bool = false) -> [TableReader] {
    let name = prefix + key
    let tables: [TOMLTable]? = optional(key) { value in
      if orOne, let table = value.table { return .value([table]) }
      let tables = value.array?.compactMap(\.table)
      guard let tables, tables.count == value.array?.count else {
        return .wrong("must be \(orOne ? "a table, [\(name)], or " : "")tables, [[\(name)]]")
      }
      return .value(tables)
    }
    return (tables ?? []).map { TableReader($0, reading: reading, prefix: "\(prefix)\(key).") }
  }

  /// Complains about each key that nobody asked for.
  func finish() {
    for entry in table.entries where !known.contains(entry.key) {
      let similar = nearest(to: entry.key, among: known)
      reading.complain(
        entry.line, prefix + entry.key, "unknown key" + (similar.map { "; do you mean \($0)?" } ?? ""))
    }
  }

  /// Complains about the value of `key`.
  func complain(_ key: String, _ problem: String) {
    reading.complain(table.line(of: key) ?? table.line, prefix + key, problem)
  }
}

/// The word that `text` is a slip of: one letter more, less or other, or two changed places.
private func nearest(to text: String, among words: Set<String>) -> String? {
  let text = Array(text.utf8)
  return words.sorted().first { isSlip(text, Array($0.utf8)) }
}

private func isSlip(_ one: [UInt8], _ other: [UInt8]) -> Bool {
  guard one.count > 2, abs(one.count - other.count) <= 1 else { return false }
  let head = zip(one, other).prefix { $0 == $1 }.count
  let tail = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
  let longer = max(one.count, other.count)
  if head + tail >= longer - 1 { return true }
  return one.count == other.count && head + tail == longer - 2 && one[head] == other[head + 1]
    && one[head + 1] == other[head]
}
