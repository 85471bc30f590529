import Testing

@testable import MailHTML

private func isolated(_ html: String) -> String {
  var options = HTMLDocument.SanitiseOptions()
  options.isIsolated = true
  // Even where images of other hosts may be loaded, styles name nothing.
  options.keepsRemoteContent = true
  return String(decoding: HTMLDocument(utf8: Array(html.utf8)).sanitised(options).html, as: UTF8.self)
}

@Suite struct IsolatedTests {
  @Test(arguments: [
    ("</div></article>x", "x"),
    ("<div><b>x", "<div><b>x</b></div>"),
    ("<div><b>x</div>y</b>", "<div><b>x</b></div>y"),
    ("<style>p { color: red }</style>x", "x"),
    ("<p style='position:fixed;color:red'>x", "<p style=\"color:red\">x</p>"),
    ("<p style='color:red; POSITION : absolute'>x", "<p style=\"color:red\">x</p>"),
    ("<p style='margin:-9px;margin-left:2px'>x", "<p style=\"margin-left:2px\">x</p>"),
    ("<p style='/**/position:fixed'>x", "<p>x</p>"),
    ("<p style='-weasy-anchor:x;transform:none;content:\"x\"'>x", "<p>x</p>"),
    ("<p style='background:url(file:///etc/passwd);color:red'>x", "<p style=\"color:red\">x</p>"),
    ("<p style='background:URL(\"http://x.example/\")'>x", "<p>x</p>"),
    ("<p style='} body { color: red'>x", "<p>x</p>"),
    ("<img src=file:///etc/passwd>", "<img>"),
    ("<img src=x.png>", "<img>"),
    ("<br></br>x", "<br>x"),
  ])
  func documentStaysInItsPlace(_ html: String, _ expected: String) {
    #expect(isolated(html) == expected)
  }

  @Test func deepNestingIsCut() {
    let result = isolated(String(repeating: "<div>", count: 10_000) + "x")
    #expect(result.hasSuffix("x" + String(repeating: "</div>", count: OpenElements.limit)))
  }
}
