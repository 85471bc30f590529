/// Understands what a person searches for. The language is described in mail-query(7).
///
/// Throws the first thing that can't be understood, with its place.
/// A query that is going to be saved under `name` can't refer to itself.
public func parseQuery(
  _ text: String, in context: QueryContext, savedAs name: String? = nil
) throws(QueryError) -> Query {
  var parser = QueryParser(
    text, context: context, budget: context.limits.terms, savedSearches: name.map { [$0] } ?? [])
  return try parser.parse()
}

/// A parser by recursive descent:
///
///     query    = and *( "OR" and )
///     and      = not *( [ "AND" ] not )
///     not      = ( "-" / "NOT" ) not / primary
///     primary  = "(" query ")" / field ":" ( "(" query ")" / value ) / "@" name / value
///     value    = DQUOTE text DQUOTE [ "*" ] / word
struct QueryParser {
  let context: QueryContext
  let bytes: [UInt8]
  var position = 0
  /// The number of words that may still come.
  var budget: Int
  /// The names of the saved searches in which this text stands.
  let savedSearches: [String]
  private var depth = 0

  init(_ text: String, context: QueryContext, budget: Int, savedSearches: [String]) {
    self.context = context
    self.bytes = Array(text.utf8)
    self.budget = budget
    self.savedSearches = savedSearches
  }

  mutating func parse() throws(QueryError) -> Query {
    guard bytes.count <= context.limits.length else {
      throw QueryError(.tooLong(limit: context.limits.length), at: context.limits.length)
    }
    skipSpace()
    guard !atEnd else { throw QueryError(.empty, at: 0) }
    let query = try parseAlternatives(in: nil)
    // Only a closing parenthesis ends the alternatives early.
    guard atEnd else { throw QueryError(.unexpectedParenthesis, at: position) }
    guard let query else { throw QueryError(.noWord, at: firstSign) }
    return query
  }

  private var firstSign: Int {
    var copy = self
    copy.position = 0
    copy.skipSpace()
    return copy.position
  }

  // MARK: OR, AND, NOT

  /// Nil: there were only signs that can't be searched for.
  private mutating func parseAlternatives(in field: Field?) throws(QueryError) -> Query? {
    var alternatives: [Query] = []
    var hasOperator = false
    while true {
      let start = position
      let part = try parseConjunction(in: field)
      let isOr = takeOperator("OR")
      hasOperator = hasOperator || isOr
      if let part {
        alternatives.append(part)
      } else if hasOperator {
        throw QueryError(.noWord, at: start)
      }
      if !isOr { break }
      skipSpace()
      try expectTerm(after: "OR")
    }
    return alternatives.count > 1 ? .any(alternatives) : alternatives.first
  }

  private mutating func parseConjunction(in field: Field?) throws(QueryError) -> Query? {
    var parts: [Query] = []
    while true {
      if let part = try parseNegation(in: field) {
        // Words inside parentheses that need no parentheses.
        if case .all(let inner) = part { parts += inner } else { parts.append(part) }
      }
      skipSpace()
      if takeOperator("AND") {
        skipSpace()
        try expectTerm(after: "AND")
      }
      if atEnd || current == UInt8(ascii: ")") || isOperator("OR") { break }
    }
    return parts.count > 1 ? .all(parts) : parts.first
  }

  private mutating func parseNegation(in field: Field?) throws(QueryError) -> Query? {
    let start = position
    let sign: String
    if takeOperator("NOT") {
      sign = "NOT"
      skipSpace()
    } else if atEnd || current != UInt8(ascii: "-") || isSpace(at: position + 1) {
      return try parsePrimary(in: field)
    } else {
      sign = "\"-\""
      position += 1
      if !atEnd, current == UInt8(ascii: "-") {
        // Dashes alone are signs in the text.
        let word = word(at: start)
        if word.utf8.allSatisfy({ $0 == UInt8(ascii: "-") }) { return try parsePrimary(in: field) }
        throw QueryError(.doubleMinus(word), at: start)
      }
    }
    try expectTerm(after: sign)
    try descend(from: start)
    defer { depth -= 1 }
    guard let query = try parseNegation(in: field) else { throw QueryError(.noWord, at: start) }
    if case .not(let inner) = query { return inner }
    return .not(query)
  }

  // MARK: Primaries

  private mutating func parsePrimary(in field: Field?) throws(QueryError) -> Query? {
    if current == UInt8(ascii: "(") { return try parseGroup(in: field) }
    if current == UInt8(ascii: ")") { throw QueryError(.unexpectedParenthesis, at: position) }
    for word in ["OR", "AND"] where isOperator(word) {
      throw QueryError(position == 0 ? .empty : .expectedTerm(after: "this"), at: position)
    }
    let start = position
    if let name = try takeFieldName() {
      if let field { throw QueryError(.fieldInField(inner: name.rawValue, outer: field.rawValue), at: start) }
      guard !atEnd, !isSpace(at: position), current != UInt8(ascii: ")") else {
        throw QueryError(.expectedValue(field: name.rawValue), at: position)
      }
      if current == UInt8(ascii: "(") {
        guard let query = try parseGroup(in: name) else { throw QueryError(.noWord, at: position) }
        return query
      }
      if current == UInt8(ascii: "-"), name.isNegatedOutside, !isSpace(at: position + 1) {
        let word = word(at: start)
        let name = word.prefix { $0 != ":" }
        throw QueryError(.minusAfterColon(written: "-\(name):\(word.dropFirst(name.count + 2))"), at: position)
      }
      guard let query = try term(of: name, try takeValue()) else { throw QueryError(.noWord, at: start) }
      return query
    }
    if field == nil, current == UInt8(ascii: "@"), let query = try parseSavedSearch() { return query }
    return try term(of: field, try takeValue())
  }

  private mutating func parseGroup(in field: Field?) throws(QueryError) -> Query? {
    let start = position
    try descend(from: start)
    defer { depth -= 1 }
    position += 1
    skipSpace()
    guard !atEnd else { throw QueryError(.unclosedParenthesis, at: start) }
    if current == UInt8(ascii: ")") { throw QueryError(.expectedTerm(after: "\"(\""), at: position) }
    let query = try parseAlternatives(in: field)
    guard !atEnd else { throw QueryError(.unclosedParenthesis, at: start) }
    position += 1
    return query
  }

  private mutating func descend(from start: Int) throws(QueryError) {
    depth += 1
    if depth > context.limits.depth { throw QueryError(.tooDeep(limit: context.limits.depth), at: start) }
  }

  private func expectTerm(after what: String) throws(QueryError) {
    if atEnd || current == UInt8(ascii: ")") || isOperator("OR") || isOperator("AND") {
      throw QueryError(.expectedTerm(after: what), at: position)
    }
  }

  private mutating func parseSavedSearch() throws(QueryError) -> Query? {
    let start = position
    var end = position + 1
    while end < bytes.count, QueryParser.isNameByte(bytes[end]) { end += 1 }
    guard end > start + 1, end == bytes.count || isSpace(at: end) || bytes[end] == UInt8(ascii: ")") else { return nil }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    guard !savedSearches.contains(name), savedSearches.count < 10 else {
      throw QueryError(.endlessSavedSearch(name), at: start)
    }
    guard let text = context.savedSearch(name) else { throw QueryError(.noSavedSearch(name), at: start) }
    position = end
    var inner = QueryParser(text, context: context, budget: budget, savedSearches: savedSearches + [name])
    inner.depth = depth
    do {
      let query = try inner.parse()
      budget = inner.budget
      return query
    } catch {
      throw QueryError(.inSavedSearch(name, problem: error.description), at: start)
    }
  }

  /// Whether `byte` may stand in the name of a saved search: letters, digits, and three signs.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...0xFF: true
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: isDigit(byte)
    }
  }
}

/// Whether a search can be saved under `name`: letters, digits, "-", "_" and ".", at most 64 bytes.
public func isSavedSearchName(_ name: String) -> Bool {
  1...64 ~= name.utf8.count && name.utf8.allSatisfy(QueryParser.isNameByte)
}
