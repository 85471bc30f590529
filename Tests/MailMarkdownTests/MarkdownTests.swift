import MailMIME
import MailMarkdown
import Testing

@Suite struct MarkdownTests {
  private func text(_ source: String, _ options: Markdown.Options = .init()) -> String {
    FlowedText.encode(Markdown(source, options: options).paragraphs)
  }

  @Test func textBecomesHTML() {
    let html = Markdown("# Plan\n\nWe *go* **now**, see [there](https://example.org/a?b=1&c=2).\n").html
    #expect(html.contains("<h1>Plan</h1>"))
    #expect(html.contains("<em>go</em> <strong>now</strong>"))
    #expect(html.contains("<a href=\"https://example.org/a?b=1&amp;c=2\">there</a>"))
  }

  @Test func aPageSaysItsCharset() {
    let page = Markdown("Größe").page
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html>\n"))
    #expect(page.contains("<meta charset=\"utf-8\">"))
    #expect(page.contains("<p>Größe</p>\n</body>\n</html>\n"))
  }

  @Test func rawHTMLIsShownAsItWasTyped() {
    let html = Markdown("Write <name> here.\n\n<script>alert(1)</script>\n\n<div>\nx & y\n</div>\n").html
    #expect(html.contains("Write &lt;name&gt; here."))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(html.contains("&lt;div&gt;<br />\nx &amp; y<br />\n&lt;/div&gt;"))
    #expect(!html.contains("<script"))
    #expect(!html.contains("omitted"))
  }

  @Test func rawHTMLStaysWhereItIsAskedFor() {
    var options = Markdown.Options()
    options.allowsRawHTML = true
    #expect(Markdown("a <b>c</b>\n\n<div>x</div>\n", options: options).html.contains("a <b>c</b>"))
  }

  @Test(arguments: [
    "javascript:alert(1)", "JavaScript:alert(1)", "vbscript:x", "file:///etc/passwd", "data:text/html,x",
  ])
  func linksToScriptsAndFilesLeadNowhere(_ address: String) {
    let html = Markdown("[a](\(address))").html
    #expect(html.contains("<a href=\"\">a</a>"))
  }

  @Test func quotesAndAmpersandsStayInAttributes() {
    let html = Markdown("[a](<https://example.org/\" onclick=\"x> \"t\\\"i\")").html
    #expect(!html.contains("\" onclick"))
  }

  @Test func imagesAreNamedAndMapped() {
    let text = Markdown("![One](a.png) and ![](b%20c.png) and ![](https://example.org/x.png)")
    #expect(text.images == ["a.png", "b%20c.png", "https://example.org/x.png"])
    text.mapImages { $0.hasPrefix("https:") ? nil : "cid:" + $0 }
    #expect(text.html.contains("<img src=\"cid:a.png\" alt=\"One\" />"))
    #expect(text.html.contains("<img src=\"https://example.org/x.png\" alt=\"\" />"))
  }

  @Test func everythingHasAFormInText() {
    let source = """
      # Head
      ## Second

      A _line_ and **one
      more** with `code`, [words](https://example.org/), <https://example.org/x> and <ada@example.org>.

      - one
      - two
        - inner
      - three

      3. third
      4. fourth

         with a paragraph

      > quoted
      > text
      > > twice

          code  block
          more

      ---
      ![A cat](cat.png) ![](https://example.org/dog.png)
      """
    let expected = """
      Head
      ====

      Second
      ------

      A _line_ and *one more* with `code`, words <https://example.org/>, 
      https://example.org/x and ada@example.org.

      - one
      - two
         - inner
      - three

      3. third

      4. fourth

          with a paragraph

      > quoted text
      > 
      >> twice

           code  block
           more

      * * *

      [A cat] [dog.png] <https://example.org/dog.png>

      """
    #expect(text(source) == expected)
  }

  @Test func hardBreaksStay() {
    #expect(text("one  \ntwo\\\nthree\nfour") == "one\ntwo\nthree four\n")
    var options = Markdown.Options()
    options.keepsLineBreaks = true
    #expect(Markdown("one\ntwo", options: options).html == "<p>one<br />\ntwo</p>\n")
  }

  @Test func rawHTMLIsTextInTheAlternativeToo() {
    #expect(text("Write <name> here.") == "Write <name> here.\n")
  }

  @Test func emptyTextIsEmpty() {
    #expect(Markdown("").html == "")
    #expect(text("") == "")
  }

  @Test func zeroAndBrokenUTF8DoNoHarm() {
    #expect(Markdown("a\u{0}b").html == "<p>a\u{FFFD}b</p>\n")
  }

  /// Depth and repetition that cost more than their size in other parsers.
  @Test(arguments: [">", "[", "![", "*a **a ", "- ", "<a", "`", "[a](", "&", "1. ", "\\", "<!--", "|"])
  func hostileTextTakesNoTime(_ piece: String) {
    let source = String(repeating: piece, count: 20_000)
    let clock = ContinuousClock()
    let time = clock.measure {
      let text = Markdown(source)
      _ = text.html
      _ = text.paragraphs.count
    }
    #expect(time < .seconds(5), "\(piece): \(time)")
  }
}
