import Testing

@testable import MailHTML

private func sanitised(_ html: String, remote: Bool = false) -> String {
  var options = HTMLDocument.SanitiseOptions()
  options.keepsRemoteContent = remote
  options.inlineImage = { $0 == "a@b" ? ("image/png", Array("QUJD".utf8)) : nil }
  return String(decoding: HTMLDocument(utf8: Array(html.utf8)).sanitised(options).html, as: UTF8.self)
}

@Suite struct SanitisedTests {
  @Test(arguments: [
    ("<p onclick=\"x()\" style='color:red'>hi</p>", "<p style=\"color:red\">hi</p>"),
    ("<script>alert(1)</script>x", "x"),
    ("<a href='javascript:alert(1)'>x</a>", "<a>x</a>"),
    ("<a href=' JaVa\tScript:alert(1)'>x</a>", "<a>x</a>"),
    ("<a href='java&#10;script:alert(1)'>x</a>", "<a>x</a>"),
    (
      "<a href=\"https://example.org/?a=1&amp;b=2\">x</a>",
      "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\">x</a>"
    ),
    ("<img src=cid:a@b onerror=alert(1)>", "<img src=\"data:image/png;base64,QUJD\">"),
    ("<img src=cid:other>", "<img>"),
    ("<img src='data:image/svg+xml,<svg onload=x>'>", "<img>"),
    ("<svg onload=alert(1)><style><img src=x></style></svg>", ""),
    ("<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">", ""),
    ("<form action=http://x.example><input name=p><button>go</button></form>", "<div>go</div>"),
    (
      "<iframe src=http://x.example></iframe><object data=x></object><embed src=x><base href=//x.example><meta http-equiv=refresh>",
      ""
    ),
    (
      "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
      "<p title=\"&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;\">"
    ),
    ("<xmp><script>alert(1)</script></xmp>", "<pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre>"),
    ("<p style='width:expression(alert(1));color:red'>x", "<p style=\"color:red\">x"),
    ("<p style='background:u\\72l(http://x.example)'>x", "<p>x"),
    ("<style>@import 'http://x.example/';</style>x", "x"),
    ("<style>p{background:url(http://x.example/a)}</style>x", "<style>p{background:url()}</style>x"),
    ("<body bgcolor=red><b>x</b></body>", "<div bgcolor=\"red\"><b>x</b></div>"),
    ("a < b > c", "a &lt; b &gt; c"),
    ("<plaintext><b>x", "<b>x"),
  ])
  func `Nothing that runs or loads is left`(html: String, expected: String) {
    #expect(sanitised(html) == expected)
  }

  @Test func `Remote images stay only when they are asked for`() {
    let html =
      "<img src='http://x.example/a.png'><td background=//y.example/b><p style='background:url(http://z.example/)'>"
    #expect(sanitised(html) == "<img><td><p>")
    #expect(HTMLDocument(utf8: Array(html.utf8)).sanitised().blocked.count == 3)
    #expect(
      sanitised(html, remote: true)
        == "<img src=\"http://x.example/a.png\"><td background=\"//y.example/b\"><p style=\"background:url(http://z.example/)\">"
    )
  }

  @Test(arguments: [
    ("<meta charset=utf-8>", "utf-8"),
    ("<META http-equiv=Content-Type content='text/html; charset = Windows-1251'>", "Windows-1251"),
    ("<p>charset", nil), ("charset=", nil), ("", nil),
  ])
  func `A document may name its charset`(html: String, charset: String?) {
    #expect(declaredCharset(inHTML: Array(html.utf8)) == charset)
  }
}
