import MailQuery
import Testing

@Suite struct RobustnessOfQueries {
  private static let samples = [
    "from:bank budget -draft \"board meeting\" 2024..2026",
    "(a OR b) AND NOT (c d) -\"e f\"* info* @saved",
    "from:(anna OR @example.org) to:<x@example.org> with:\"Anna Bell\" bcc:me",
    "date:2024-03-15T09:30:15..yesterday received:2w.. before:2024 since:3m 1y..",
    "size:1.5M..2GB larger:10K smaller:1G is:unread has:attachment type:image/* tag:a* folder:Work/*",
    "東京都 会議2024年度 subject:\"予算 meeting\" “curved quotes” d'artagnan C++ http://example.org/?a=(b)",
    "id:<a@b> thread:12 thread:a@b list:dev comment:call \\\"x\\\" \"a \\\" b\"",
  ]

  /// Either understood or refused with a place inside the text; what is understood can be explained.
  private func check(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do {
      let query = try parse(text, saved: ["saved": "x y"])
      #expect(!query.description.isEmpty)
      #expect(!query.explanation { "\($0)" }.isEmpty)
    } catch let error as QueryError {
      #expect(0...text.utf8.count ~= error.offset, "\(text)")
      #expect(!error.description.isEmpty)
    } catch {
      Issue.record("another error: \(error)")
    }
  }

  @Test func `every prefix and suffix of every sample is understood or refused`() {
    for sample in RobustnessOfQueries.samples {
      let bytes = Array(sample.utf8)
      for length in 0...bytes.count {
        check(Array(bytes.prefix(length)))
        check(Array(bytes.suffix(length)))
      }
    }
  }

  @Test func `a thousand flipped bytes of every sample are understood or refused`() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next() -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33)
    }
    for sample in RobustnessOfQueries.samples {
      let original = Array(sample.utf8)
      for _ in 0..<1_000 {
        var bytes = original
        for _ in 0...(next() % 3) { bytes[next() % bytes.count] = UInt8(truncatingIfNeeded: next()) }
        check(bytes)
      }
    }
  }

  @Test func `a thousand shuffles of the language's signs are understood or refused`() {
    let signs = [
      "(", ")", "\"", "-", "*", ":", "@", "..", " ", "OR", "AND", "NOT", "from:", "date:", "2024", "a", "info", "会",
      "\\", "“", "”", "size:", "tag:", "is:",
    ]
    var state: UInt64 = 42
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33)
    }
    for _ in 0..<1_000 {
      let text = (0..<(next() % 20)).map { _ in signs[next() % signs.count] }.joined(
        separator: next() % 2 == 0 ? "" : " ")
      check(Array(text.utf8))
    }
  }
}

@Suite struct Globs {
  @Test(arguments: [
    ("Work", "work", true), ("Work", "Work/Old", false), ("Work/*", "Work/Old", true), ("Work/*", "Work", false),
    ("*", "", true), ("*old*", "Work/Older", true), ("a?c", "abc", true), ("a?c", "ac", false),
    ("*a*b*c", "xaxbxc", true), ("*a*b*c", "xaxbx", false), ("", "", true), ("", "a", false), ("É*", "état", true),
  ])
  func `a glob fits whole names whatever their case`(pattern: String, name: String, fits: Bool) {
    #expect(Glob(pattern).matches(name) == fits)
  }

  @Test func `many stars take no exponential time`() {
    let name = String(repeating: "a", count: 2_000)
    #expect(!Glob(String(repeating: "*a", count: 30) + "b").matches(name))
  }
}
