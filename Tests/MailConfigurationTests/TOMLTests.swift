import Testing

@testable import MailConfiguration

@Suite struct TOMLTests {
  func parse(_ text: String) throws(TOMLError) -> TOMLTable { try parseTOML(Array(text.utf8)) }

  @Test func `the smallest configuration reads as tables and arrays of tables`() throws {
    let table = try parse(
      """
      # who I am
      [[identity]]
      name = "Your Name"
      address = "you@example.org"   # the address

      [[identity]]
      address = 'second@example.org'

      [outgoing]
      host = "smtp.example.org"
      port = 465
      tls.mode = "implicit"
      """)
    let identities = try #require(table["identity"]?.array)
    #expect(identities.map { $0.table?["address"]?.string } == ["you@example.org", "second@example.org"])
    #expect(table["outgoing"]?.table?["port"] == .integer(465))
    #expect(table["outgoing"]?.table?["tls"]?.table?["mode"] == .string("implicit"))
    #expect(table.line(of: "outgoing") == 9)
    #expect(table["outgoing"]?.table?.line(of: "port") == 11)
  }

  @Test(arguments: [
    ("\"a\\tb\\\"\\\\\\u00e9\\U0001F4EE\"", TOMLValue.string("a\tb\"\\é📮")),
    ("'C:\\new'", .string("C:\\new")),
    ("\"\"\"\nfirst\nsecond \\\n   third\"\"\"", .string("first\nsecond third")),
    ("\"\"\"two quotes: \"\"\"\"\"", .string("two quotes: \"\"")),
    ("'''\n\\ stays\r\n'''", .string("\\ stays\r\n")),
    ("+1_000", .integer(1000)), ("-0", .integer(0)), ("0xDEAD_beef", .integer(0xDEAD_BEEF)),
    ("0o755", .integer(493)), ("0b101", .integer(5)), ("-9223372036854775808", .integer(.min)),
    ("3.25", .float(3.25)), ("-1e3", .float(-1000)), ("6.5E-1", .float(0.65)), ("inf", .float(.infinity)),
    ("true", .boolean(true)), ("false", .boolean(false)),
    ("2024-02-29T10:00:00Z", .dateTime("2024-02-29T10:00:00Z")),
    ("2024-02-29 10:00:00.5+01:00", .dateTime("2024-02-29 10:00:00.5+01:00")),
    ("2024-02-29", .dateTime("2024-02-29")), ("10:30:00", .dateTime("10:30:00")),
    ("[ 1, \"two\", # three\n [ ], ]", .array([.integer(1), .string("two"), .array([])])),
    (
      "{ a = 1, b.c = 'd' }",
      .table(
        TOMLTable([
          .init(key: "a", value: .integer(1), line: 1),
          .init(key: "b", value: .table(TOMLTable([.init(key: "c", value: .string("d"), line: 1)])), line: 1),
        ]))
    ),
  ])
  func `a value is read`(text: String, value: TOMLValue) throws {
    #expect(try parse("key = \(text)\n")["key"] == value)
  }

  @Test func `a header may define what another header implied, and keys may be quoted and dotted`() throws {
    let table = try parse("[a.b]\nx = 1\n[a]\ny = 2\n\"q r\".'s' = 3\n")
    #expect(table["a"]?.table?["b"]?.table?["x"] == .integer(1))
    #expect(table["a"]?.table?["q r"]?.table?["s"] == .integer(3))
  }

  @Test(arguments: [
    "key = \n", "key = word\n", "= 1\n", "key 1\n", "key = 1 2\n", "a = 1\na = 2\n", "[a]\n[a]\n", "[a\n", "[[a]\n",
    "a = 1\n[a.b]\n", "a.b = 1\n[a]\n", "[a.b]\n[a]\nb.c = 1\n", "a = {b = 1}\n[a.c]\n", "a = []\n[[a]]\n",
    "[[a]]\n[a]\n", "a = 01\n", "a = 1__0\n", "a = _1\n", "a = 1.\n", "a = .5\n", "a = 1e\n", "a = 0x\n", "a = 0x-1\n",
    "a = \"x\n", "a = 'x\n", "a = \"\\q\"\n", "a = \"\\ud800\"\n", "a = \"\"\"x\n", "a = [1 2]\n", "a = [1\n",
    "a = {b = 1,}\n", "a = {b = 1\n}\n", "a = 9223372036854775808\n", "a = 2024-13-01\n", "a = \"\u{1}\"\n",
    "# \u{7f}\n", "a = 1\rb = 2\n",
  ])
  func `a document with an error is refused`(text: String) {
    #expect(throws: TOMLError.self) { try parse(text) }
  }

  @Test func `bytes that are not UTF-8 are refused, in strings and comments`() {
    #expect(throws: TOMLError.self) { try parseTOML(Array("a = \"".utf8) + [0xE9] + Array("\"\n".utf8)) }
    #expect(throws: TOMLError.self) { try parseTOML([0x23, 0xFF, 0x0A]) }
  }

  @Test func `an error tells line and column`() {
    #expect(throws: TOMLError(line: 3, column: 8, problem: "“yes” is no value; strings stand in quotation marks")) {
      try parse("[a]\nb = 1\nkey  = yes\n")
    }
  }

  @Test func `nesting has a limit and no prefix or changed byte of a document traps`() throws {
    #expect(throws: TOMLError.self) { try parse("a = " + String(repeating: "[", count: 100_000)) }
    let sample = Array(
      "[[a.b]]\nk = \"x\\u00e9\" # c\nl = '''\ny'''\n[c]\nd = [1, {e = 2024-01-01 10:00:00, f = 1.5}]\n".utf8)
    for count in sample.indices { _ = Result { try parseTOML(Array(sample.prefix(count))) } }
    var seed: UInt64 = 1
    for _ in 0..<2000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var changed = sample
      changed[Int(seed >> 40) % sample.count] = UInt8(truncatingIfNeeded: seed >> 32)
      _ = Result { try parseTOML(changed) }
    }
  }
}
