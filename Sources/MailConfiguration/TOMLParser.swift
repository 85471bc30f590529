/// Parses a TOML document. TOML v1.0.0.
public func parseTOML(_ source: [UInt8]) throws(TOMLError) -> TOMLTable {
  let (table, errors) = parseTOMLTolerantly(source)
  if let first = errors.first { throw first }
  return table
}

/// Parses a TOML document that may have mistakes: all of them, and what the rest says. A line that can't be read is left out
/// with those that belong to it.
public func parseTOMLTolerantly(_ source: [UInt8]) -> (TOMLTable, [TOMLError]) {
  var parser = TOMLParser(source)
  return parser.parseDocument()
}

/// A recursive-descent parser over the bytes of a document; every function leaves the place after what it read.
struct TOMLParser {
  /// Arrays and inline tables may lie this deep in each other.
  static let nestingLimit = 100

  let source: [UInt8]
  var place = 0
  var line = 1
  var lineStart = 0
  var depth = 0
  /// The headers so far.
  var headers: [TOMLDocument.Header] = []

  init(_ source: [UInt8]) {
    self.source = source
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  // toml = expression *( newline expression )
  mutating func parseDocument() -> (TOMLTable, [TOMLError]) {
    let root = TOMLNode(.table, origin: .header, line: 1)
    var current = root
    var errors: [TOMLError] = []
    while peek() != nil {
      let start = place
      do throws(TOMLError) {
        try parseExpression(below: root, current: &current)
      } catch {
        errors.append(error)
        // What stands below a header that can't be read belongs nowhere.
        if isHeader(at: start) { current = TOMLNode(.table, origin: .header, line: line) }
        skipToExpression()
      }
    }
    return (root.table(), errors)
  }

  // expression = ws [ comment ] / ws keyval ws [ comment ] / ws table ws [ comment ]
  private mutating func parseExpression(below root: TOMLNode, current: inout TOMLNode) throws(TOMLError) {
    skipBlanks()
    switch peek() {
    case nil, UInt8(ascii: "#"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
    case UInt8(ascii: "["): current = try parseHeader(below: root)
    default: try parseKeyValue(into: current)
    }
    try endLine()
  }

  // std-table = "[" ws key ws "]"; array-table = "[[" ws key ws "]]"
  private mutating func parseHeader(below root: TOMLNode) throws(TOMLError) -> TOMLNode {
    advance()
    let isArray = take(UInt8(ascii: "["))
    skipBlanks()
    let key = try parseKey()
    skipBlanks()
    guard take(UInt8(ascii: "]")), !isArray || take(UInt8(ascii: "]")) else {
      throw error(isArray ? "expected “]]” after the table's name" : "expected “]” after the table's name")
    }
    var node = root
    for part in key.dropLast() { node = try descend(from: node, to: part, making: .implied) }
    guard let name = key.last else { return node }
    headers.append(TOMLDocument.Header(line: line, name: key, isArray: isArray))
    return isArray ? try appendTable(name, to: node) : try defineTable(name, in: node)
  }

  private func appendTable(_ name: String, to parent: TOMLNode) throws(TOMLError) -> TOMLNode {
    let table = TOMLNode(.table, origin: .header, line: line)
    if let existing = parent.child(name) {
      guard case .arrayOfTables(let tables) = existing.content else { throw defined(name) }
      existing.content = .arrayOfTables(tables + [table])
    } else {
      parent.add(TOMLNode(.arrayOfTables([table]), origin: .header, line: line), as: name)
    }
    return table
  }

  private func defineTable(_ name: String, in parent: TOMLNode) throws(TOMLError) -> TOMLNode {
    if let existing = parent.child(name) {
      guard case .table = existing.content, existing.origin == .implied else { throw defined(name) }
      existing.origin = .header
      return existing
    }
    let table = TOMLNode(.table, origin: .header, line: line)
    parent.add(table, as: name)
    return table
  }

  /// The table `part` of `node`, made when it isn't there; of an array of tables the last one.
  private func descend(from node: TOMLNode, to part: String, making origin: TOMLNode.Origin) throws(TOMLError)
    -> TOMLNode
  {
    guard let next = node.child(part) else {
      let table = TOMLNode(.table, origin: origin, line: line)
      node.add(table, as: part)
      return table
    }
    switch next.content {
    case .table:
      // A dotted key extends only what dotted keys have made: a table with a header is closed.
      guard origin == .implied || next.origin == .dotted else { throw defined(part) }
      return next
    case .arrayOfTables(let tables):
      guard origin == .implied, let last = tables.last else { throw defined(part) }
      return last
    case .value: throw defined(part)
    }
  }

  // keyval = key keyval-sep val
  mutating func parseKeyValue(into table: TOMLNode) throws(TOMLError) {
    let key = try parseKey()
    let keyLine = line
    skipBlanks()
    guard take(UInt8(ascii: "=")) else { throw error("expected “=” after the key") }
    skipBlanks()
    var node = table
    for part in key.dropLast() { node = try descend(from: node, to: part, making: .dotted) }
    guard let name = key.last else { return }
    guard node.child(name) == nil else { throw defined(name) }
    node.unreadable.insert(name)
    node.add(TOMLNode(.value(try parseValue()), origin: .dotted, line: keyLine), as: name)
    node.unreadable.remove(name)
  }

  // key = simple-key / dotted-key
  mutating func parseKey() throws(TOMLError) -> [String] {
    var parts: [String] = []
    repeat {
      skipBlanks()
      parts.append(try parseSimpleKey())
      skipBlanks()
    } while take(UInt8(ascii: "."))
    return parts
  }

  // simple-key = quoted-key / unquoted-key
  private mutating func parseSimpleKey() throws(TOMLError) -> String {
    if peek() == UInt8(ascii: "\"") { return try parseBasicString() }
    if peek() == UInt8(ascii: "'") { return try parseLiteralString() }
    let start = place
    while let byte = peek(), byte.isBareKey { advance() }
    guard place > start else { throw error("expected a key") }
    return String(decoding: source[start..<place], as: UTF8.self)
  }

  private func defined(_ name: String) -> TOMLError { error("“\(name)” is already defined") }

  /// After a header or a value only a comment may follow on the line.
  private mutating func endLine() throws(TOMLError) {
    skipBlanks()
    try skipComment()
    guard peek() == nil || takeNewline() else { throw error("expected the end of the line") }
  }
}

extension UInt8 {
  // unquoted-key = 1*( ALPHA / DIGIT / %x2D / %x5F )
  var isBareKey: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
