import Testing

@testable import MailSetup

@Suite struct JSONTests {
  private func parse(_ text: String) -> JSONValue? { parseJSON(Array(text.utf8)) }

  @Test(arguments: [
    (
      "{\"a\": [1, -2.5e3, true, false, null, \"x\"], \"b\": {}}",
      "{\"a\": [1, -2.5e3, true, false, null, \"x\"], \"b\": {}}"
    ),
    (" [ ] ", "[]"), ("\"\\u00e9\\ud83d\\ude00\\n\\/\"", "\"é😀\\n/\""), ("\"\\u0001\"", "\"\\u0001\""),
  ])
  func documentsAreRead(text: String, result: String) { #expect(parse(text)?.text == result) }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":}", "{a: 1}", "tru", "\"a", "\"\\x\"", "\"\\ud83d\"", "\"\\ud83dx\"", "1 2", "\"\u{1}\"",
    "-",
    "\"\\u+123\"", String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
  ])
  func whatIsNoJSONIsNotRead(text: String) { #expect(parse(text) == nil) }

  @Test func numbersInStringsCount() {
    #expect(parse("{\"n\": \"3600\"}")?["n"]?.integer == 3600)
    #expect(parse("{\"n\": 3600.0}")?["n"]?.integer == 3600)
  }
}
