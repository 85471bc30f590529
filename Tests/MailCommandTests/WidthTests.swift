import Testing

@testable import MailCommand

@Suite struct WidthTests {
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

  private func cell(_ text: String, _ width: Int?, fills: Bool = false) -> (text: String, taken: Int) {
    var buffer = ByteBuffer()
    let taken = buffer.append(cell: text, width: width, fills: fills)
    return (unsafe String(decoding: buffer.bytes, as: UTF8.self), taken)
  }

  @Test func `A cell is cut with an ellipsis and never splits a wide character`() {
    #expect(cell("abcdef", 6) == ("abcdef", 6))
    #expect(cell("abcdefg", 6) == ("abcde…", 6))
    #expect(cell("日本語", 6) == ("日本語", 6))
    #expect(cell("日本語", 5) == ("日本…", 5))
    #expect(cell("日本語", 4) == ("日…", 3))
    #expect(cell("e\u{301}e\u{301}e\u{301}", 2) == ("e\u{301}…", 2))
    #expect(cell("abc", 0) == ("", 0))
    #expect(cell("日", 1) == ("…", 1))
  }

  @Test func `A cell is filled up to its width`() {
    #expect(cell("ab", 4, fills: true) == ("ab  ", 4))
    #expect(cell("日本語", 4, fills: true) == ("日… ", 4))
    #expect(cell("é", 3, fills: true) == ("é  ", 3))
  }

  @Test func `A cell holds no control character and no override of direction`() {
    #expect(cell("a\u{1B}[31mb\u{202E}c\u{9B}d", nil).text == "a[31mbcd")
    #expect(cell("one\r\n\ttwo", nil).text == "one  two")
  }

  @Test func `Every cut of a mixed text fits and ends whole`() {
    let text = "Re: 日本 e\u{301}\u{1B}x 👨‍👩‍👧 ❤️ ﾊﾝ ok"
    for width in 1...30 {
      let (cut, taken) = cell(text, width)
      #expect(taken <= width)
      #expect(displayWidth(cut) == taken)
      #expect(!cut.unicodeScalars.contains("\u{FFFD}"))
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
