import Testing

@testable import MailContacts

@Suite struct FoldingTests {
  @Test(arguments: [
    ("É", "e"), ("straße", "strasse"), ("Łódź", "lodz"), ("Œuvre", "oeuvre"), ("Nguyễn", "nguyen"), ("e\u{301}", "e"),
    ("  A \t B ", "a b"), ("ΆΓΙΟΣ", "αγιοσ"), ("Ёлка", "елка"), ("ＡＢＣ", "abc"), ("李小龙", "李小龙"), ("a\u{200B}b", "ab"),
    ("İstanbul", "istanbul"), ("O’Brien", "o’brien"), ("", ""),
  ])
  func textIsComparedWithoutAccentsAndCase(_ text: String, _ expected: String) {
    #expect(folded(text) == expected)
  }

  @Test func everyLetterFoldsToSomethingThatStaysWhenItIsFoldedAgain() {
    for value in UInt32(0x20)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = folded(String(Character(scalar)))
      #expect(folded(once) == once, "U+\(String(value, radix: 16))")
    }
  }

  @Test func namesAreFoundByEachOfTheirWords() {
    #expect(ContactWords.ofName("Ada King, Countess of Lovelace") == ["ada", "countess", "king", "lovelace", "of"])
    #expect(ContactWords.ofName("Anne-Marie O'Brien") == ["anne-marie", "brien", "marie", "o'brien", "obrien"])
    #expect(ContactWords.ofName("") == [])
    #expect(ContactWords.ofName(String(repeating: "x", count: 500)).map { $0.utf8.count } == [32])
  }

  @Test func addressesAreFoundByTheirPartsButNotByTheTopOfTheDomain() {
    #expect(
      ContactWords.ofAddress("Ada.Byron@mail.example.org")
        == ["ada.byron@mail.example.org", "byron@mail.example.org", "example.org", "mail.example.org"])
    #expect(ContactWords.ofAddress("ada@localhost") == ["ada@localhost", "localhost"])
    #expect(ContactWords.ofNumber("+33 6 12") == ["12", "33612", "3612", "612"])
  }
}
