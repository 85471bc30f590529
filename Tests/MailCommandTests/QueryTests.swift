import MailQuery
import Testing

@testable import MailCommand

@Suite struct MistakesInQueriesShown {
  @Test(arguments: [
    ("inf* budget", 3, "  inf* budget\n     ^"),
    ("会議 (資料", 7, "  会議 (資料\n       ^"),
    ("e\u{301}te\u{301} inf*", 8, "  e\u{301}te\u{301} inf*\n      ^"),
    ("a\u{1B}[31m \"b", 7, "  a[31m \"b\n        ^"),
    ("a OR", 4, "  a OR\n      ^"),
    ("", 0, "  \n  ^"),
  ])
  func `the caret stands under the place whatever the width of what is before`(
    text: String, offset: Int, expected: String
  ) {
    #expect(caretLines(text, at: offset) == expected)
  }

  @Test func `a long query is cut around the place`() {
    let text = String(repeating: "before ", count: 100) + "x* " + String(repeating: "after ", count: 100)
    let lines = caretLines(text, at: 701).split(separator: "\n").map { String($0) }
    #expect(lines.count == 2)
    #expect(lines[0].count <= 78)
    #expect(lines[0].hasPrefix("  …") && lines[0].hasSuffix("…"))
    #expect(Array(lines[0])[lines[1].count - 1] == "*")
  }
}

@Suite struct WordsAndOptions {
  @Test(arguments: [
    (["budget", "-draft"], ["--", "budget", "-draft"]),
    (["budget", "--limit", "5", "-draft"], ["--limit", "5", "--", "budget", "-draft"]),
    (["-t", "-0", "-h", "-x"], ["-t", "-0", "-h", "--", "-x"]),
    (["--limit=5", "a"], ["--limit=5", "--", "a"]),
    (["a", "--", "--limit", "-t"], ["--", "a", "--limit", "-t"]),
    (["--limit"], ["--limit"]),
    ([], []),
  ])
  func `only long names and three letters are options`(arguments: [String], expected: [String]) {
    #expect(separateWords(arguments, optionsWithValue: ["--limit"]) == expected)
  }
}
