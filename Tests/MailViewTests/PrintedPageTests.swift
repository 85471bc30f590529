import MailMIME
import Testing

@testable import MailView

private func page(_ texts: [String], _ change: (inout PrintedPage.Options) -> Void = { _ in }) -> String {
  var options = PrintedPage.Options()
  change(&options)
  var page = PrintedPage(options)
  for text in texts { page.append(message(text)) }
  return String(decoding: page.finish(), as: UTF8.self)
}

@Suite struct PrintedPageTests {
  @Test func htmlIsPreferredToText() {
    let text = """
      Subject: both
      Content-Type: multipart/alternative; boundary=b

      --b

      the text
      --b
      Content-Type: text/html

      <p>the page
      --b--
      """
    #expect(page([text]).contains("<div class=\"pb-html\"><p>the page"))
    #expect(!page([text]).contains("the text"))
  }

  @Test func markupInTextIsText() {
    let result = page(["Subject: <b>\nFrom: \"<i>\" <a@example.org>\n\n</div><script>x</script> & \"y\"\n"])
    #expect(result.contains("<h1 class=\"pb-subject\">&lt;b&gt;</h1>"))
    #expect(result.contains("&lt;/div&gt;&lt;script&gt;x&lt;/script&gt; &amp;"))
    #expect(!result.contains("<script") && !result.contains("<i>"))
  }

  @Test func embeddedMessagesAreClosed() {
    let inner = "Content-Type: message/rfc822\n\nSubject: inner\nFrom: i@example.org\n\n"
    let result = page(["Subject: outer\n" + inner + "text\n"])
    #expect(result.contains("<th>Subject</th><td>inner</td>"))
    #expect(result.split(separator: "<div").count == result.split(separator: "</div").count)
  }

  @Test func unnamedMessagesHaveAHeading() {
    #expect(page(["From: a@example.org\n\nx\n"]).contains("(no subject)"))
  }

  @Test func allFieldsAreThereOnRequest() {
    let text = "Subject: x\nX-Odd: odd <value>\n\nx\n"
    #expect(!page([text]).contains("X-Odd"))
    #expect(page([text]) { $0.showsAllHeaders = true }.contains("<th>X-Odd</th><td>odd &lt;value&gt;</td>"))
  }

  @Test func eachMessageIsAnArticle() {
    let result = page(["Subject: one\n\n1\n", "Subject: two\n\n2\n"])
    #expect(result.split(separator: "<article>").count == 3)
    #expect(result.contains("<title>one</title>"))
  }
}
