/// A table or array of tables while the document is being read, with what may still be added to it.
final class TOMLNode {
  /// How a table came to be; that decides what may extend it. TOML v1.0.0, "Table".
  enum Origin {
    /// Named only as the parent of a header, `[a.b]` for `a`: a later `[a]` may define it.
    case implied
    /// Defined by its own header.
    case header
    /// Made by a dotted key, `a.b = 1` for `a`: no header may define it.
    case dotted
  }

  enum Content {
    case value(TOMLValue)
    case table
    case arrayOfTables([TOMLNode])
  }

  let line: Int
  var origin: Origin
  var content: Content
  private(set) var keys: [String] = []
  /// Keys whose values can't be read.
  var unreadable: Set<String> = []
  private var children: [String: TOMLNode] = [:]

  init(_ content: Content, origin: Origin, line: Int) {
    self.content = content
    self.origin = origin
    self.line = line
  }

  func child(_ key: String) -> TOMLNode? { children[key] }

  func add(_ node: TOMLNode, as key: String) {
    keys.append(key)
    children[key] = node
  }

  /// The finished value.
  func value() -> TOMLValue {
    switch content {
    case .value(let value): value
    case .table: .table(table())
    case .arrayOfTables(let nodes): .array(nodes.map { .table($0.table()) })
    }
  }

  /// The finished table; empty when this is no table.
  func table() -> TOMLTable {
    TOMLTable(
      keys.compactMap { key in
        children[key].map { TOMLTable.Entry(key: key, value: $0.value(), line: $0.line) }
      }, line: line, unreadable: unreadable)
  }
}
