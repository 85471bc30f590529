/// A value of a TOML document. TOML v1.0.0.
public enum TOMLValue: Equatable, Sendable {
  case string(String)
  case integer(Int64)
  case float(Double)
  case boolean(Bool)
  /// A date, a time or both, as it was written and checked only for its form.
  case dateTime(String)
  case array([TOMLValue])
  case table(TOMLTable)

  /// The string, or nil when this is something else.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The integer, or nil when this is something else.
  public var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The boolean, or nil when this is something else.
  public var boolean: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  /// The array's elements, or nil when this is something else.
  public var array: [TOMLValue]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The table, or nil when this is something else.
  public var table: TOMLTable? {
    if case .table(let value) = self { value } else { nil }
  }

  /// The kind of value, as error messages name it.
  public var kind: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a boolean"
    case .dateTime: "a date or time"
    case .array: "an array"
    case .table: "a table"
    }
  }
}

/// A table: keys with values, in the order in which the document names them.
public struct TOMLTable: Equatable, Sendable {
  /// A key, its value and the line where the document gives it first, counted from 1.
  public struct Entry: Equatable, Sendable {
    public let key: String
    public let value: TOMLValue
    public let line: Int

    /// An entry as a document would give it.
    public init(key: String, value: TOMLValue, line: Int) {
      self.key = key
      self.value = value
      self.line = line
    }
  }

  /// All entries, first named first.
  public let entries: [Entry]
  /// The line where the table begins, its header's or its first key's; 0 when the document has no such place.
  public let line: Int
  /// Keys that the document gives with values that can't be read.
  let unreadable: Set<String>
  private let places: [String: Int]

  /// A table of these entries, whose keys differ.
  public init(_ entries: [Entry] = [], line: Int? = nil) { self.init(entries, line: line, unreadable: []) }

  init(_ entries: [Entry], line: Int?, unreadable: Set<String>) {
    self.entries = entries
    self.unreadable = unreadable
    self.line = line ?? entries.map(\.line).min() ?? 0
    places = Dictionary(entries.enumerated().map { ($1.key, $0) }) { first, _ in first }
  }

  /// Tables are equal when their entries are; where they begin doesn't count.
  public static func == (one: TOMLTable, other: TOMLTable) -> Bool { one.entries == other.entries }

  /// The value of `key`.
  public subscript(key: String) -> TOMLValue? {
    places[key].map { entries[$0].value }
  }

  /// The line that gives `key`.
  public func line(of key: String) -> Int? {
    places[key].map { entries[$0].line }
  }
}

/// What is wrong with a TOML document, and where: line and column (in bytes) count from 1.
public struct TOMLError: Error, Equatable, CustomStringConvertible {
  public let line: Int
  public let column: Int
  public let problem: String

  public var description: String { "line \(line), column \(column): \(problem)" }
}
