import MailQuery
import Testing

@Suite struct MistakesInQueries {
  @Test(arguments: [
    ("", 0, "expected a word to search for"),
    ("   ", 0, "expected a word to search for"),
    ("OR a", 0, "expected a word to search for"),
    ("!!!", 0, "expected a letter or a digit"),
    ("  !!!", 2, "expected a letter or a digit"),
    ("a OR", 4, "expected a word, a phrase, a field or \"(\" after OR"),
    ("a OR OR b", 5, "expected a word, a phrase, a field or \"(\" after OR"),
    ("a AND", 5, "expected a word, a phrase, a field or \"(\" after AND"),
    ("a NOT", 5, "expected a word, a phrase, a field or \"(\" after NOT"),
    ("a OR !!!", 5, "expected a letter or a digit"),
    ("!!! OR a", 0, "expected a letter or a digit"),
    ("-!!!", 0, "expected a letter or a digit"),
    ("subject:!!!", 0, "expected a letter or a digit"),
    ("(a", 0, "expected \")\" for this \"(\""),
    ("a (b", 2, "expected \")\" for this \"(\""),
    ("(", 0, "expected \")\" for this \"(\""),
    ("()", 1, "expected a word, a phrase, a field or \"(\" after \"(\""),
    ("a)", 1, "\")\" without \"(\" before it"),
    ("\"a b", 0, "expected a closing quotation mark for this one"),
    ("x \"", 2, "expected a closing quotation mark for this one"),
    ("inf*", 3, "expected at least 4 letters or digits before \"*\""),
    ("subject:inf*", 11, "expected at least 4 letters or digits before \"*\""),
    ("x-inf*", 5, "expected at least 4 letters or digits before \"*\""),
    ("inf*o", 3, "\"*\" can only stand at the end of a word"),
    ("*info", 0, "\"*\" can only stand at the end of a word"),
    ("subject:", 8, "expected a value right after \"subject:\""),
    ("subject: x", 8, "expected a value right after \"subject:\""),
    ("(subject:)", 9, "expected a value right after \"subject:\""),
    ("subject:\"\"", 9, "expected a value right after \"subject:\""),
    ("subject:(from:a)", 9, "\"from:\" can't stand inside \"subject:\""),
    ("subject:-perl", 8, "\"-\" stands before the field: write -subject:perl"),
    ("a (from:-bank)", 8, "\"-\" stands before the field: write -from:bank"),
    ("subject:-\"a b\"", 8, "\"-\" stands before the field: write -subject:\"a"),
    ("--perl", 0, "\"-\" stands once before what is not wanted; put --perl in quotation marks"),
    ("a ---perl", 2, "\"-\" stands once before what is not wanted; put ---perl in quotation marks"),
    ("before:2002..2003", 11, "expected a single date after \"before:\""),
    ("since:2002..", 10, "expected a single date after \"since:\""),
    ("form:bob", 0, "no field is called \"form\"; did you mean \"from:\"?"),
    ("subjct:bob", 0, "no field is called \"subjct\"; did you mean \"subject:\"?"),
    ("tags:bob", 0, "no field is called \"tags\"; did you mean \"tag:\"?"),
    ("rubbish:bob", 0, "no field is called \"rubbish\" (mail-query(7) has them all)"),
    ("is:blue", 3, "\"is:\" doesn't know \"blue\""),
    ("has:luck", 4, "\"has:\" doesn't know \"luck\""),
    ("type:foo", 5, "\"type:\" doesn't know \"foo\""),
    ("date:2024-13", 10, "expected a month from 01 to 12"),
    ("date:2023-02-29", 13, "expected a day from 01 to 28"),
    ("date:24", 5, "expected a date like 2024"),
    ("date:soon", 5, "expected a date like 2024"),
    ("date:2024..soon", 11, "expected a date like 2024"),
    ("date:..", 5, "expected a date like 2024"),
    ("2024-13..2025", 5, "expected a month from 01 to 12"),
    ("2025..2024", 0, "this range ends before it begins"),
    ("size:2M..1M", 5, "this range ends before it begins"),
    ("size:big", 5, "expected a size like 300"),
    ("larger:1X", 7, "expected a size like 300"),
    ("larger:99999999999999999999", 7, "expected a size like 300"),
    ("@nobody", 0, "no saved search is called \"nobody\""),
    ("é inf*", 6, "expected at least 4 letters or digits before \"*\""),
  ])
  func `a mistake has its place and says what was expected`(text: String, offset: Int, message: String) throws {
    do {
      let query = try parse(text)
      Issue.record("understood as \(query)")
    } catch let error as QueryError {
      #expect(error.offset == offset)
      #expect(error.description.hasPrefix(message))
    }
  }
}

@Suite struct LimitsOfQueries {
  private func problem(_ text: String, limits: QueryLimits = .standard) -> QueryError.Problem? {
    do {
      _ = try parse(text, limits: limits)
      return nil
    } catch {
      return (error as? QueryError)?.problem
    }
  }

  @Test func `parentheses and negations nest 50 deep`() {
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count)
    }
    #expect(problem(nested(50)) == nil)
    #expect(problem(nested(51)) == .tooDeep(limit: 50))
    #expect(problem(String(repeating: "(", count: 60_000)) == .tooDeep(limit: 50))
    #expect(problem(String(repeating: "NOT ", count: 10_000) + "a") == .tooDeep(limit: 50))
  }

  @Test func `a query has at most 500 words, phrases counted by word`() {
    #expect(problem(String(repeating: "a ", count: 500)) == nil)
    #expect(problem(String(repeating: "a ", count: 501)) == .tooManyTerms(limit: 500))
    #expect(problem("\"" + String(repeating: "a ", count: 501) + "\"") == .tooManyTerms(limit: 500))
    #expect(problem(String(repeating: "会", count: 600)) == .tooManyTerms(limit: 500))
    #expect(problem(String(repeating: "a-", count: 600)) == .tooManyTerms(limit: 500))
  }

  @Test func `a query has at most 65,536 bytes`() {
    #expect(problem(String(repeating: "a", count: 65_536)) == nil)
    #expect(problem(String(repeating: "a", count: 65_537)) == .tooLong(limit: 65_536))
  }

  @Test func `saved searches that double at each step stay within the limits`() {
    var saved: [String: String] = ["s0": "a b"]
    for index in 1...9 { saved["s\(index)"] = "@s\(index - 1) @s\(index - 1)" }
    #expect(throws: QueryError.self) { try parse("@s9", saved: saved) }
  }
}

@Suite struct SavedUnderAName {
  private func problem(_ text: String, savedAs name: String, saved: [String: String] = [:]) -> String? {
    do {
      _ = try parseQuery(
        text, in: QueryContext(now: noon, savedSearch: { saved[$0] }), savedAs: name)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `a query that leads to itself can't be saved`() {
    #expect(problem("@own", savedAs: "own") == "the saved search \"own\" refers to itself")
    #expect(
      problem("@b x", savedAs: "a", saved: ["a": "x", "b": "@a"])
        == "in the saved search \"b\": the saved search \"a\" refers to itself")
    #expect(problem("@b x", savedAs: "c", saved: ["a": "x", "b": "@a"]) == nil)
  }

  @Test func `dashes alone and inside words are no negation`() throws {
    #expect(try meaning("a -- b") == meaning("a b"))
    #expect(try meaning("x--y") == meaning("\"x--y\""))
    #expect(try meaning("id:-a@example.org") == meaning("id:\"-a@example.org\""))
  }
}
