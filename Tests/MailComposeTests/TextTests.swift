import MailConfiguration
import MailMIME
import Testing

@testable import MailCompose

@Suite struct TextTests {
  private let attribution = Attribution("On %d, %n <%a> wrote %% %s %x:")

  @Test func flowedTextIsQuotedAsParagraphs() {
    let original = message(
      """
      From: B <b@x.example>
      Content-Type: text/plain; format=flowed

      One paragraph that goes on 
      in the next line.
      > quoted
        indented
      -- 
      B
      """)
    #expect(
      quotedText(original, Attribution(""))
        == "> One paragraph that goes on in the next line.\n>> quoted\n>  indented\n")
  }

  @Test func longQuotationsAreWrappedSoThatTheyStayOneParagraph() {
    let words = Array(repeating: "word", count: 60).joined(separator: " ")
    let quoted = quotedText(
      message("Content-Type: text/plain; format=flowed\n\n\(words)\n".replacingLongLine()), Attribution(""))
    #expect(quoted.split(separator: "\n").allSatisfy { $0.count <= 74 && $0.hasPrefix("> ") })
    let paragraphs = flowedParagraphs(quoted)
    #expect(paragraphs.count == 1 && paragraphs[0].text == words && paragraphs[0].quoteDepth == 1)
  }

  @Test func fixedTextIsQuotedLineByLine() {
    let original = message("From: b@x.example\n\n> > old\n>older\n\ncode   \n  x\n--\nme\n")
    #expect(quotedText(original, Attribution("")) == ">>> old\n>> older\n>\n> code\n>   x\n")
  }

  @Test func theAttributionSaysWhoAndWhen() {
    let original = message(
      "From: \"B \u{1B}[2J\" <b@x.example>\nDate: Mon, 23 Nov 2026 10:11:12 +0100\nSubject: =?utf-8?q?caf=C3=A9?=\n\nx\n"
    )
    #expect(
      quotedText(original, attribution)
        == "On Mon, 23 Nov 2026 10:11 +0100, B [2J <b@x.example> wrote % café %x:\n> x\n")
    #expect(quotedText(message("Date: never\n\nx\n"), Attribution("%d %n%")) == "never %\n> x\n")
  }

  @Test func htmlAloneIsQuotedAsText() {
    let original = message(
      "Content-Type: text/html\n\n<p>One <b>bold</b> <a href=\"https://x.example/\">link</a></p><blockquote type=\"cite\">old</blockquote><script>no()</script>"
    )
    #expect(quotedText(original, Attribution("")) == "> One bold link\n>\n>> old\n")
  }

  @Test func ofAlternativesThePlainOneIsQuoted() {
    func alternative(_ plain: String) -> Message {
      message(
        """
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: multipart/alternative; boundary=a

        --a

        \(plain)
        --a
        Content-Type: text/html

        <p>html</p>
        --a--
        --m
        Content-Type: text/plain
        Content-Disposition: attachment; filename=x.txt

        attached
        --m
        Content-Type: text/plain

        footer
        --m--
        """)
    }
    #expect(quotedText(alternative("plain"), Attribution("")) == "> plain\n>\n> footer\n")
    #expect(quotedText(alternative(" \n "), Attribution("")) == "> html\n>\n> footer\n")
    #expect(forwardedText(alternative("plain")).hasSuffix("\nplain\n\nfooter\n"))
    #expect(attachments(of: alternative("x")).map(\.filename) == ["x.txt"])
  }

  @Test func secretsAreNamedAsSuch() {
    let secret = message("Content-Type: multipart/encrypted; boundary=e\n\n--e\n\nx\n--e\n\ny\n--e--\n")
    #expect(quotedText(secret, Attribution("")) == "> [The message is encrypted.]\n")
    #expect(secret.isEncrypted && !message("\n\nx").isEncrypted)
    #expect(quotedText(message("Subject: x\n\n\n \n"), Attribution("x")) == "")
  }

  @Test func whatTheWriterTypedIsSentAsItIs() {
    func sent(_ text: String) -> String { FlowedText.encode(flowedParagraphs(text)) }
    #expect(
      sent("a line\n  indented\nFrom here\n> quote\n\n-- \nme\n")
        == "a line\n   indented\n From here\n> quote\n\n-- \nme\n")
    #expect(sent("goes on \nhere\n") == "goes on here\n")
    #expect(sent("> a \n> b\n>> c\n") == "> a b\n>> c\n")
    let long = Array(repeating: "longer", count: 40).joined(separator: " ")
    let wrapped = sent(long + "\n")
    #expect(wrapped.split(separator: "\n").allSatisfy { $0.count <= 73 })
    #expect(FlowedText.paragraphs(of: wrapped).map(\.text) == [long])
    let url = "https://x.example/" + String(repeating: "a", count: 2000)
    #expect(sent(url + "\n") == url + "\n")
    #expect(sent("") == "" && sent("\n\n") == "\n\n" && sent("no line end") == "no line end\n")
  }

  @Test func linesOfExactlyTheWidthAreNotTouched() {
    let line = String(repeating: "x ", count: 38) + "yy"
    #expect(line.count == 78 && FlowedText.encode(flowedParagraphs(line + "\n")) == line + "\n")
    #expect(flowedParagraphs("> " + line + "\n")[0].isFlowed)
    // Wide characters take two columns, and octets don't count.
    #expect(!flowedParagraphs(String(repeating: "é", count: 78) + "\n")[0].isFlowed)
  }

  // MARK: Signatures

  @Test func theSignatureGoesToTheEndOrToItsMark() {
    let block = SignatureBlock(text: "Ada\n", html: "<b>Ada</b>")
    func signed(_ text: String, _ block: SignatureBlock, _ format: Composition.Format = .flowed, asked: Bool = false)
      -> String
    {
      var composition = Composition()
      composition.format = format
      composition.text = text
      composition.sign(with: block, isAsked: asked)
      return composition.text
    }
    #expect(signed("Hi\n", block) == "Hi\n\n-- \nAda\n")
    #expect(signed("Hi", block) == "Hi\n\n-- \nAda\n")
    #expect(signed("", block) == "\n-- \nAda\n")
    #expect(signed("A\n {signature} \nB\n", block) == "A\nAda\nB\n")
    #expect(signed("A\n{signature}", block) == "A\nAda\n")
    #expect(signed("A\n", block, .html) == "A\n<div class=\"signature\">-- <br>\n<b>Ada</b>\n</div>\n")
    #expect(signed("A\n", SignatureBlock(text: "<A>\n"), .html).hasSuffix("&lt;A&gt;\n</div>\n"))
    for position in [SignatureBlock(text: "Ada\n", position: .none), SignatureBlock(text: "Ada\n", position: .mark)] {
      #expect(signed("A\n", position) == "A\n")
      #expect(signed("A\n", position, asked: true) == "A\n\n-- \nAda\n")
      #expect(signed("{signature}\n", position) == "Ada\n")
    }
  }

  @Test func anotherIdentityHasAnotherSignature() {
    let (old, new) = (SignatureBlock(text: "Old\n"), SignatureBlock(text: "New\n"))
    var composition = Composition()
    composition.text = "Text\n"
    composition.sign(with: old)
    composition.exchange(old, by: new)
    #expect(composition.text == "Text\n\n-- \nNew\n")
    composition.text += "more\n"
    composition.exchange(new, by: old)
    #expect(composition.text == "Text\n\n-- \nNew\nmore\n")
  }

  // MARK: Promises

  @Test func promisedAttachmentsAreFound() {
    func word(_ text: String, _ format: Composition.Format = .flowed, words: [String] = standardAttachmentWords)
      -> String?
    {
      var composition = Composition()
      composition.text = text
      composition.format = format
      return attachmentWord(in: composition, words: words)
    }
    #expect(word("I have Attached the plan.\n") == "attached")
    #expect(word("Le plan est en pièce jointe.\n") == "pièce jointe")
    #expect(word("Siehe Anhang\n") == "anhang")
    #expect(word("請看附件。\n") == "附件")
    #expect(word("> attached\n\nThanks\n-- \nattached\n") == nil)
    #expect(word("detached, unattached, Zusammenhang\n") == nil)
    #expect(word("the word at\ntached\n") == nil)
    #expect(word("ok\n\n---------- Forwarded message ----------\n\nattached\n") == nil)
    #expect(word("<p>see</p><blockquote type=\"cite\">attached</blockquote>", .html) == nil)
    #expect(word("<p>it is <b>attached</b></p>", .html) == "attached")
    #expect(word("voir le fichier\n", words: ["fichier"]) == "fichier")
    #expect(word("attached\n", words: []) == nil)
  }
}

extension String {
  /// Long lines broken as format=flowed does.
  fileprivate func replacingLongLine() -> String {
    let parts = split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return self }
    return "\(parts[0])\n\n" + FlowedText.encode([.init(text: trimmed(parts[2]))])
  }
}
