import Testing

@testable import MailHTML

/// The lines of `html`, quote marks written, then its links.
func shown(_ html: String, width: Int = 60, links: StyledText.LinkStyle = .footnotes) -> String {
  let text = HTMLDocument(utf8: Array(html.utf8)).text(links: links)
  var lines = text.lines(width: width).map {
    String(repeating: ">", count: $0.quoteDepth) + ($0.quoteDepth > 0 ? " " : "") + $0.text
  }
  lines += text.links.map { "[\($0.number)] \($0.url)" }
  return lines.joined(separator: "\n")
}

@Suite struct StyledTextTests {
  @Test(arguments: [
    ("plain", "plain"),
    ("<p>one<p>two", "one\n\ntwo"),
    ("<div>one</div><div>two</div>", "one\ntwo"),
    ("a <b>bold</b>\n\t word", "a bold word"),
    ("one<br>two<br><br>three<br><br><br><br>four", "one\ntwo\n\nthree\n\nfour"),
    ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
    (
      "<p class=MsoNormal>one<p class=MsoNormal>two<p class=MsoNormal>&nbsp;<p class=MsoNormal>three",
      "one\ntwo\n\nthree"
    ),
    ("<h1>Title</h1>text", "Title\n\ntext"),
    ("one<hr>two", "one\n\n" + String(repeating: "─", count: 60) + "\n\ntwo"),
    ("<pre>\n  a\n\tb  c\n</pre>", "  a\n        b  c"),
    ("&lt;b&gt; &amp;amp; &eacute;&#8364;&#x1F600; &notanentity;", "<b> &amp; é€😀 ¬anentity;"),
    ("3 < 4 <and <5", "3 < 4"),
    ("x<sup>2</sup>", "x2"),
    ("<q>so</q>", "“so”"),
  ])
  func `Paragraphs, line breaks and white space`(html: String, text: String) {
    #expect(shown(html) == text)
  }

  @Test(arguments: [
    ("<ul><li>one<li>two</ul>", "  • one\n  • two"),
    ("<ol start=9><li>nine<li>ten<li value=20>twenty</ol>", " 9. nine\n10. ten\n20. twenty"),
    ("<ul><li>one<ol><li>a<li>b</ol><li>two</ul>", "  • one\n     1. a\n     2. b\n  • two"),
    ("<ul><li><p>one</p><p>more</p></ul>after", "  • one\n\n    more\n\nafter"),
    ("<dl><dt>term<dd>what it means</dl>", "term\n    what it means"),
  ])
  func `Lists keep their marks and their depth`(html: String, text: String) {
    #expect(shown(html) == text)
  }

  @Test(arguments: [
    (
      "hi<blockquote type=cite>one<blockquote type=cite>two</blockquote></blockquote>bye",
      "hi\n\n> one\n> \n>> two\n\nbye"
    ),
    ("<blockquote class=gmail_quote>one</blockquote>", "> one"),
    ("<blockquote>indented</blockquote>", "  indented"),
    ("<div style='border-left:solid blue 1.5pt'><p>one</div>", "> one"),
  ])
  func `Quotes are told from indentation`(html: String, text: String) {
    #expect(shown(html) == text)
  }

  @Test(arguments: [
    ("<a href='https://example.org/a?x=1&amp;y=2'>here</a>", "here [1]\n[1] https://example.org/a?x=1&y=2"),
    ("<a href='https://example.org/'>example.org</a>", "example.org"),
    ("<a href='mailto:ada@example.org?subject=x'>ada@example.org</a>", "ada@example.org"),
    ("<a href='javascript:alert(1)'>run</a> <a href='#top'>up</a> <a href='page.html'>page</a>", "run up page"),
    (
      "<a href=https://a.example>a</a> <a href=https://b.example>b</a> <a href=https://a.example>c</a>",
      "a [1] b [2] c [1]\n[1] https://a.example\n[2] https://b.example"
    ),
    ("<a href=https://a.example>link </a>text", "link [1] text\n[1] https://a.example"),
    ("<a href=https://a.example><img src=x.png alt=Logo></a>", "[Logo] [1]\n[1] https://a.example"),
    ("<a href=https://a.example><img src=x.png></a>", "[image] [1]\n[1] https://a.example"),
    ("<a href=https://a.example></a>x", "x"),
    ("<a href=https://a.example>open <p>para</p> text", "open\n\npara\n\ntext"),
  ])
  func `Links have footnotes where the text doesn't say the address`(html: String, text: String) {
    #expect(shown(html) == text)
  }

  @Test func `Addresses can stand in the text, or be left out`() {
    let html = "<a href='https://example.org/x'>here</a>"
    #expect(shown(html, links: .inline) == "here <https://example.org/x>")
    #expect(shown(html, links: .none) == "here")
  }

  @Test(arguments: [
    "<script>alert('x')</script>", "<style>p { color: red }</style>", "<!-- comment -->", "<!-->", "<!DOCTYPE html>",
    "<![if !mso]>", "<?xml version='1.0'?>", "<title>title</title>", "<iframe src=x>frame</iframe>",
    "<div style='display:none'>hidden <b>x</b></div>", "<span style='DISPLAY: none !important'>x</span>",
    "<p hidden>x</p>",
    "<div style='max-height:0px;overflow:hidden'>x</div>", "<span style='mso-hide:all'>x</span>",
    "<table><tr style='display:none'><td>x<td>y</table>", "<select><option>x</select>", "<template>x</template>",
    "<noembed>x</noembed>", "&#8203;&zwnj;&shy;&#847;", "<img src=x.gif>", "<img src=x.gif alt=' '>",
  ])
  func `What nobody should see leaves no text`(html: String) {
    #expect(shown("a \(html) b").split { $0 == " " || $0 == "\n" } == ["a", "b"])
  }

  @Test func `An unclosed hidden element doesn't hide the rest`() {
    #expect(shown("<div style='display:none'>one<p>two") == "one\n\ntwo")
    #expect(shown("<table><tr><td><span style='display:none'>x</td><td>two</td></table>") == "two")
  }

  @Test func `Joiners stay where they join`() {
    #expect(shown("نمی\u{200C}خواهم 👨&zwj;👩") == "نمی\u{200C}خواهم 👨\u{200D}👩")
  }

  @Test func `Characters that could deceive a terminal are removed`() {
    #expect(shown("a&#27;[31mb&#x202E;c&#x9B;d\u{1B}e\u{7F}f\u{202E}") == "a[31mbc›def")
  }

  @Test func `Remote references are counted, each once, and cid and data are none`() {
    let html = """
      <img src="http://a.example/1.png"><img src='http://a.example/1.png'><img src="cid:x@y"><img src="data:image/png;base64,AA">
      <table background="//b.example/bg.gif"><td style="background:url('https://c.example/x')"></table>
      <link rel=stylesheet href=https://d.example/s.css><script src=https://e.example/s.js></script><iframe src=http://f.example>
      """
    let kinds = HTMLDocument(utf8: Array(html.utf8)).text().remoteReferences.map(\.kind)
    #expect(kinds == [.image, .image, .image, .style, .script, .media])
  }
}

@Suite struct TableTests {
  @Test func `A table of data keeps its columns`() {
    let html = """
      <table border=1><tr><th>Name<th>Pieces<th>Price<tr><td>Apple<td>3<td align=right>1.50
      <tr><td>Banana split<td>10<td align=right>12.00<tr><td colspan=2>Sum<td align=right>13.50</table>after
      """
    #expect(
      shown(html) == """
        Name          Pieces  Price
        Apple         3        1.50
        Banana split  10      12.00
        Sum                   13.50

        after
        """)
  }

  @Test func `Long cells are wrapped in their columns`() {
    let html = "<table border=1><tr><th>Key<th>Value<tr><td>a<td>one two three four five six seven</table>"
    #expect(shown(html, width: 24) == "Key  Value\na    one two three four\n     five six seven")
  }

  @Test func `A layout table is read cell after cell`() {
    let html = """
      <table><tr><td><table><tr><td><h1>News</h1></td></tr></table></td></tr>
      <tr><td><p>First story, which is long enough to need a line.</p></td><td><p>Second story, long enough as well.</p></td></tr></table>
      """
    #expect(
      shown(html) == "News\n\nFirst story, which is long enough to need a line.\n\nSecond story, long enough as well.")
  }

  @Test func `Wide characters keep the columns`() {
    let html = "<table border=1><tr><td>日本<td>x<tr><td>ab<td>y</table>"
    #expect(shown(html) == "日本  x\nab    y")
  }

  @Test(arguments: 0..<200)
  func `No word of a table is lost`(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    var html = "<table border=\(random(2))>"
    var words: Set<String> = []
    for row in 0..<(1 + random(6)) {
      html += "<tr>"
      for column in 0..<random(6) {
        let word = "w\(row)x\(column)"
        words.insert(word)
        html += "<td\(random(3) == 0 ? " colspan=\(random(4))" : "")>\(word)"
      }
    }
    html += "</table>"
    let found = Set(
      shown(html, width: 20 + random(60)).split { $0 == " " || $0 == "\n" || $0 == "\u{A0}" || $0 == "|" }.map(
        String.init))
    #expect(found == words)
  }
}
