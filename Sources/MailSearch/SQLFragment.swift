internal import MailSQLite

/// A piece of SQL and the values of its parameters, which are all written `?`.
struct SQLFragment: Equatable {
  enum Value: Equatable {
    case integer(Int64)
    case text(String)
  }

  var sql: String
  var values: [Value]

  init(_ sql: String, _ values: Value...) {
    self.sql = sql
    self.values = values
  }

  init(_ sql: String, values: [Value]) {
    self.sql = sql
    self.values = values
  }

  static func + (left: SQLFragment, right: SQLFragment) -> SQLFragment {
    SQLFragment(left.sql + right.sql, values: left.values + right.values)
  }

  static func + (left: SQLFragment, right: String) -> SQLFragment {
    SQLFragment(left.sql + right, values: left.values)
  }

  static func + (left: String, right: SQLFragment) -> SQLFragment {
    SQLFragment(left + right.sql, values: right.values)
  }

  /// `fragments` with `separator` between them.
  static func joined(_ fragments: [SQLFragment], by separator: String) -> SQLFragment {
    SQLFragment(fragments.map(\.sql).joined(separator: separator), values: fragments.flatMap(\.values))
  }

  /// Numbers for the right side of `IN`.
  static func list(_ numbers: some Sequence<Int64>) -> String {
    "(" + numbers.map { String($0) }.joined(separator: ",") + ")"
  }

  /// Compiles it, with the values bound.
  func prepare(in database: Database) throws(SQLiteError) -> Statement {
    let statement = try database.prepare(sql)
    var index: Int32 = 1
    for value in values {
      switch value {
      case .integer(let number): statement.bind(number, at: index)
      case .text(let text): statement.bind(text, at: index)
      }
      index += 1
    }
    return statement
  }
}
