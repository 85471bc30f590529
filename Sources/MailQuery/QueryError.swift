/// Why a query can't be understood, and where.
public struct QueryError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Sendable, Equatable {
    case tooLong(limit: Int)
    case tooManyTerms(limit: Int)
    case tooDeep(limit: Int)
    /// Nothing but spaces, or only signs that can't be searched for.
    case empty
    case expectedTerm(after: String)
    case unexpectedParenthesis
    case unclosedParenthesis
    case unclosedQuote
    case misplacedStar
    case shortPrefix(minimum: Int)
    case noWord
    /// `subject:-perl`; with what is meant.
    case minusAfterColon(written: String)
    /// `--perl`.
    case doubleMinus(String)
    case expectedValue(field: String)
    case fieldInField(inner: String, outer: String)
    case unknownField(String)
    case unknownValue(String, field: String, expected: String)
    case badDate(String)
    case badSize(String)
    case emptyRange
    case noSavedSearch(String)
    case endlessSavedSearch(String)
    case inSavedSearch(String, problem: String)
  }

  /// The place in the query: bytes of UTF-8 before it.
  public let offset: Int
  public let problem: Problem

  public init(_ problem: Problem, at offset: Int) {
    self.problem = problem
    self.offset = offset
  }

  public var description: String {
    switch problem {
    case .tooLong(let limit): "a query has at most \(limit) bytes"
    case .tooManyTerms(let limit): "a query has at most \(limit) words"
    case .tooDeep(let limit): "parentheses can be nested \(limit) deep"
    case .empty: "expected a word to search for"
    case .expectedTerm(let after): "expected a word, a phrase, a field or \"(\" after \(after)"
    case .unexpectedParenthesis: "\")\" without \"(\" before it"
    case .unclosedParenthesis: "expected \")\" for this \"(\""
    case .unclosedQuote: "expected a closing quotation mark for this one"
    case .misplacedStar: "\"*\" can only stand at the end of a word"
    case .shortPrefix(let minimum): "expected at least \(minimum) letters or digits before \"*\""
    case .noWord: "expected a letter or a digit: signs alone can't be searched for"
    case .minusAfterColon(let written): "\"-\" stands before the field: write \(written)"
    case .doubleMinus(let word):
      "\"-\" stands once before what is not wanted; put \(word) in quotation marks to search for it as it is"
    case .expectedValue(let field): "expected a value right after \"\(field):\""
    case .fieldInField(let inner, let outer): "\"\(inner):\" can't stand inside \"\(outer):\""
    case .unknownField(let name):
      "no field is called \"\(name)\""
        + (Field.nearest(to: name).map { "; did you mean \"\($0.rawValue):\"?" }
          ?? " (mail-query(7) has them all); put the text in quotation marks to search for it as it is")
    case .unknownValue(let value, let field, let expected):
      "\"\(field):\" doesn't know \"\(value)\"; expected \(expected)"
    case .badDate(let expected): "expected \(expected)"
    case .badSize(let expected): "expected \(expected)"
    case .emptyRange: "this range ends before it begins"
    case .noSavedSearch(let name): "no saved search is called \"\(name)\""
    case .endlessSavedSearch(let name): "the saved search \"\(name)\" refers to itself"
    case .inSavedSearch(let name, let problem): "in the saved search \"\(name)\": \(problem)"
    }
  }
}
