import MailMIME
import Testing

@Suite struct FlowedTests {
  typealias Paragraph = FlowedText.Paragraph

  @Test func paragraphsAreJoined() {
    let text = "One \ntwo.\n\n> a \n> b\n>> c \n> d\n >stuffed\n From here\n-- \nAda\n"
    #expect(
      FlowedText.paragraphs(of: text) == [
        Paragraph(text: "One two.", isFlowed: true), Paragraph(text: "", isFlowed: false),
        Paragraph(quoteDepth: 1, text: "a b", isFlowed: true), Paragraph(quoteDepth: 2, text: "c ", isFlowed: true),
        Paragraph(quoteDepth: 1, text: "d", isFlowed: false), Paragraph(text: ">stuffed", isFlowed: false),
        Paragraph(text: "From here", isFlowed: false), Paragraph(text: "-- ", isFlowed: false),
        Paragraph(text: "Ada", isFlowed: false),
      ])
  }

  @Test func deletedSpacesJoinWordsOfOtherScripts() {
    #expect(FlowedText.paragraphs(of: "日本 \n語\n", deletesSpace: true).map { $0.text } == ["日本語"])
  }

  @Test func whatIsWrittenIsReadBack() {
    var numbers = SeededNumbers(state: 11)
    let words = ["a", "word", "From", ">", "--", "longer-word", "é", "x  y"]
    for _ in 0..<500 {
      let paragraphs = (0..<5).map { _ in
        let text = (0..<Int.random(in: 0...60, using: &numbers)).map { _ in words.randomElement(using: &numbers) ?? "" }
        return Paragraph(quoteDepth: Int.random(in: 0...3, using: &numbers), text: text.joined(separator: " "))
      }
      let encoded = FlowedText.encode(paragraphs)
      let decoded = FlowedText.paragraphs(of: encoded)
      #expect(decoded.map { $0.text } == paragraphs.map { $0.text })
      #expect(decoded.map { $0.quoteDepth } == paragraphs.map { $0.quoteDepth })
      #expect(encoded.split(separator: "\n").allSatisfy { $0.count <= 78 })
    }
  }
}
