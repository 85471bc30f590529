import Testing

@testable import MailBytes

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("plain", 5), ("e\u{301}te\u{301}", 3), ("日本語", 6), ("한국어", 6), ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4),
    ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("❤️", 2), ("❤", 1), ("🇫🇷", 2), ("a\u{200B}b", 2), ("Ωμέγα", 5),
    ("привет", 6), ("“quoted” – yes…", 15), ("नमस्ते", 4), ("\u{AD}", 1), ("a\u{7F}\u{9B}b", 2),
  ])
  func `A text takes as many columns as a terminal gives it`(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test func `Tables of widths are sorted and don't overlap`() {
    for table in [zeroWidthRanges, wideRanges] {
      var end: UInt64 = 0
      for range in table {
        #expect(range >> 32 > end || end == 0)
        #expect(range & 0xFFFF_FFFF >= range >> 32)
        end = range & 0xFFFF_FFFF
      }
    }
  }
}

@Suite struct CleanTests {
  @Test(arguments: [
    ("plain", "plain"), ("tab\tand\nline", "tab and line"), ("\u{1B}]0;title\u{7}", "]0;title"), ("\u{9B}31m", "31m"),
    ("\u{202E}gpj.exe", "gpj.exe"), ("a\u{2066}b\u{2069}", "ab"), ("\u{FEFF}x", "x"), ("a\u{2028}b", "ab"),
    ("naïve 日本", "naïve 日本"), ("x\u{E0041}y", "xy"), ("\u{0}", ""),
  ])
  func `Text for people has no control characters`(text: String, expected: String) {
    #expect(clean(text) == expected)
  }

  @Test func `Lines stay lines where they are wanted`() {
    #expect(cleanLines("a\n\tb\u{1B}\n") == "a\n\tb\n")
  }
}

@Suite struct WrapTests {
  private func wrap(_ text: String, _ width: Int) -> [String] {
    var result: [String] = []
    let bytes = Array(text.utf8)
    wrapLines(bytes.span, width: width) { result.append(String(decoding: bytes[$0], as: UTF8.self)) }
    return result
  }

  @Test(arguments: [
    ("", 10, [""]), ("short", 10, ["short"]), ("one two three", 7, ["one two", "three"]),
    ("one two   three", 7, ["one two", "three"]),
    ("one https://example.org/long rest", 8, ["one", "https://example.org/long", "rest"]),
    ("  indented text", 10, ["  indented", "text"]), ("trailing   ", 10, ["trailing"]),
    ("日本語日本語", 5, ["日本", "語日", "本語"]), ("日本。語", 4, ["日", "本。", "語"]), ("abc日本", 4, ["abc", "日本"]),
  ])
  func `Lines break at spaces and between wide characters`(text: String, width: Int, lines: [String]) {
    #expect(wrap(text, width) == lines)
  }

  @Test func `No line is wider than asked and no word is lost`() {
    let text = "Il était une fois e\u{301}te\u{301} 日本語 and 👨‍👩‍👧 family — “quoted” words"
    for width in 8...60 {
      let lines = wrap(text, width)
      #expect(lines.allSatisfy { displayWidth($0) <= width })
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }
}
