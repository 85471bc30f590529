import Testing

@testable import MailHTML

/// Reads `html` in every way; it must come back, and soon.
private func readAll(_ html: [UInt8]) -> Int {
  let document = HTMLDocument(utf8: html)
  let text = document.text()
  return text.lines(width: 60).count + document.sanitised().html.count
}

private func repeated(_ piece: String, _ count: Int, then end: String = "x") -> [UInt8] {
  Array(String(repeating: piece, count: count).utf8) + Array(end.utf8)
}

@Suite struct RobustnessTests {
  static let sample = """
    <!DOCTYPE html><html><head><title>T &amp; t</title><style>p{background:url(http://a.example/x)}</style></head><body>
    <h1 class="x">Head</h1><p style="margin:0;display:block">Text <a href="https://example.org/?a=1&amp;b=2">link</a> &eacute;&#233;&#xE9;
    <img src='cid:a@b' alt="A &quot;b&quot;"><!-- c --><ul><li>one<li>two<ol start=3><li value=7>x</ol></ul><pre>\n a  b</pre>
    <blockquote type=cite><div>quoted<br>text</div></blockquote><table border=1 role=grid><tr><th>a<th align=right>b<tr><td colspan=2>
    c<table><tr><td>nested</table></table><hr><script>var a = "</p>";</script><span style='display:none'>no</span>日本 caf\u{E9}</body></html>
    """

  @Test func `Every beginning of a document can be read`() {
    let bytes = Array(Self.sample.utf8)
    for count in 0...bytes.count { #expect(readAll(Array(bytes[..<count])) >= 0) }
  }

  @Test func `A document with wrong bytes can be read`() {
    let bytes = Array(Self.sample.utf8)
    var state: UInt64 = 42
    for _ in 0..<1000 {
      var damaged = bytes
      for _ in 0..<4 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        damaged[Int(state >> 33) % damaged.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      #expect(readAll(damaged) >= 0)
    }
  }

  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      ("<div>", 100_000), ("<table><tr><td>", 30_000), ("<blockquote>", 50_000), ("<ul><li>", 50_000), ("<b>", 100_000),
      ("<a href=http://a.example/>", 20_000), ("<li><dl><dd>", 30_000), ("<p>", 100_000), ("<h1>", 50_000),
      ("<span style=\"display:none\">", 30_000), ("<b><table><td></b><p>", 20_000), ("<table>x<br>", 20_000),
      ("<title>", 100_000),
      ("<!--", 100_000), ("<", 500_000), ("&", 500_000), ("&#", 200_000), ("<svg><math>", 50_000),
      ("<form><button>", 30_000),
      ("<select>", 50_000), ("<tr><td>", 50_000), ("</div></p></li></td></table>", 30_000), ("<a href='", 50_000),
      ("<td style=\"display:none\">", 30_000), ("<caption><table>", 20_000),
    ])
  func `Endless repetition takes bounded time and memory`(piece: String, count: Int) {
    #expect(readAll(repeated(piece, count)) >= 0)
  }

  @Test(.timeLimit(.minutes(2)))
  func `Text survives the deepest nesting`() {
    for piece in ["<div>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<b>"] {
      let lines = HTMLDocument(utf8: repeated(piece, 10_000, then: "needle")).text().lines(width: 60)
      #expect(lines.contains { $0.text.hasSuffix("needle") }, "\(piece)")
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `Many and huge attributes are read in linear time`() {
    let many = Array("<p ".utf8) + (0..<100_000).flatMap { Array("a\($0)=1 ".utf8) } + Array(">text".utf8)
    #expect(HTMLDocument(utf8: many).text().blocks.map(\.text) == ["text"])
    let huge = Array("<img alt=\"".utf8) + Array(repeating: UInt8(ascii: "x"), count: 2_000_000) + Array("\">text".utf8)
    #expect(HTMLDocument(utf8: huge).text().blocks.count == 1)
    // Formatting that is opened with ever other attributes and never closed.
    let fonts = (0..<5000).flatMap { Array("<font color=\($0)>".utf8) } + repeated("<p>x", 20_000)
    #expect(HTMLDocument(utf8: fonts).text().blocks.count == 20_000)
  }

  @Test(.timeLimit(.minutes(2)))
  func `A table of many rows is laid out`() {
    let rows = Array("<table border=1>".utf8) + repeated("<tr><td>a<td>b", 20_000, then: "</table>")
    #expect(HTMLDocument(utf8: rows).text().lines(width: 60).count == 20_000)
  }

  @Test func `What lies beyond the limit is not read`() {
    let document = HTMLDocument(utf8: Array("<p>one<p>two".utf8), limit: 6)
    #expect(document.isCut)
    #expect(document.text().blocks.map(\.text) == ["one"])
  }
}
