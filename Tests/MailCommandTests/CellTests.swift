import Testing

@testable import MailCommand

@Suite struct CellTests {
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
