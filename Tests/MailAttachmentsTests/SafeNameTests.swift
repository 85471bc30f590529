import MailAttachments
import Testing

@Suite struct SafeNameTests {
  @Test(
    arguments: [
      ("report.pdf", "report.pdf"), ("../../etc/passwd", "passwd"), ("/etc/passwd", "passwd"), ("a/b/", "b"),
      ("C:\\Users\\ada\\letter.doc", "letter.doc"), ("..\\..\\boot.ini", "boot.ini"), (".bashrc", "bashrc"),
      ("...", nil), ("", nil), ("/", nil), ("..", nil), (" .. /..", nil), (". .x", "x"), ("  a  b .txt  ", "a  b .txt"),
      ("name.", "name"), ("name. . .", "name"), ("-rf", "_rf"), ("a\nb\tc.txt", "a b c.txt"),
      ("a\u{0}b\u{1B}[31m", "ab[31m"),
      ("invoice\u{202E}fdp.exe", "invoicefdp.exe"), ("a\u{200B}b\u{200F}.pdf", "ab.pdf"), ("\u{FEFF}x", "x"),
      ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("com1", "_com1"), ("com0", "com0"), ("console", "console"),
      ("Übersicht 2024.pdf", "Übersicht 2024.pdf"), ("資料.xlsx", "資料.xlsx"), ("a\u{A0}b.txt", "a b.txt"), ("~", "~"),
      ("*?:|\"<>.txt", "*?:|\"<>.txt"), (".", nil),
    ] as [(String, String?)])
  func aNameIsMadeSafe(_ name: String, _ expected: String?) {
    #expect(safeFileName(name) == expected)
  }

  @Test func hiddenNamesStayWhenTheyAreAskedFor() {
    #expect(safeFileName(".bashrc", allowsHidden: true) == ".bashrc")
    #expect(safeFileName("../.ssh/.config", allowsHidden: true) == ".config")
    #expect(safeFileName("..", allowsHidden: true) == nil)
    #expect(safeFileName(".", allowsHidden: true) == nil)
    #expect(safeFileName("..x", allowsHidden: true) == "..x")
  }

  @Test(arguments: ["a", "é", "語", "👩‍👩‍👧", "e\u{301}"]) func aLongNameKeepsItsEnding(_ character: String) throws {
    let name = try #require(safeFileName(String(repeating: character, count: 1_000) + ".pdf"))
    #expect(name.utf8.count <= 255 && name.utf8.count > 225)
    #expect(name.hasSuffix(character + ".pdf"))
    #expect(safeFileName(name) == name)
  }

  @Test func whatIsTooLongForAnEndingIsNone() throws {
    let name = try #require(safeFileName("a." + String(repeating: "b", count: 400)))
    #expect(name.utf8.count == 255)
  }

  @Test func aCharacterOfHundredsOfMarksIsCutToo() throws {
    let name = try #require(safeFileName("e" + String(repeating: "\u{301}", count: 500) + ".txt"))
    #expect(name == "_.txt")
  }

  @Test func whateverComesTheResultIsAPlainNameAndStaysIt() {
    var numbers = SystemRandomNumberGenerator()
    let alphabet = Array("./\\ -ab\u{0}\u{7F}\u{202E}é語\n:CONnul1".unicodeScalars)
    for _ in 0..<3_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...12, using: &numbers) {
        if let scalar = alphabet.randomElement(using: &numbers) { text.append(scalar) }
      }
      for allowsHidden in [false, true] {
        guard let name = safeFileName(String(text), allowsHidden: allowsHidden) else { continue }
        #expect(!name.isEmpty && name != "." && name != ".." && !name.utf8.contains(0x2F) && !name.utf8.contains(0))
        #expect(allowsHidden || name.utf8.first != 0x2E)
        #expect(safeFileName(name, allowsHidden: allowsHidden) == name, "\(text)")
      }
    }
  }
}
