import MailBytes
import Testing

@Suite struct Base64Tests {
  private func decoded(_ text: String, limit: Int = .max) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: Base64.decode(bytes.span, limit: limit), as: UTF8.self)
  }

  @Test(arguments: [
    ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
    ("Zm9vYmFy", "foobar"),
  ])
  func theVectorsOfTheRFCHold(_ encoded: String, _ plain: String) {
    #expect(decoded(encoded) == plain)
    #expect(String(decoding: Base64.encode(Array(plain.utf8).span), as: UTF8.self) == encoded)
  }

  @Test(arguments: [
    ("Zg", "f"), ("Zm8", "fo"), ("Z", ""), ("Zm9v\r\nYmFy\r\n", "foobar"), ("Z m*9\0v", "foo"), ("Zm9v====", "foo"),
    ("Zg==Zg==", "ff"), ("Zg==\nZm9v\n", "ffoo"), ("Zg==\n\n-- \nfooter text\n", "f"), ("Zg==\nfooter\n", "f"),
    ("=Zm9v", "foo"),
    ("Zm9vYg=\nYmFy", "foobbar"), ("Z=m9v", "foo"), ("Zm\n9vYm\nFy", "foobar"),
  ])
  func damageIsPassedOver(_ encoded: String, _ plain: String) { #expect(decoded(encoded) == plain) }

  @Test func theLimitHolds() {
    let text = String(repeating: "Zm9vYmFyZm9vYmFy", count: 20)
    for limit in 0..<60 { #expect(decoded(text, limit: limit).utf8.count == limit) }
    #expect(decoded(text, limit: -1).isEmpty)
  }

  @Test func octetsOfAnyLengthComeBack() {
    for count in 0..<200 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      for newline in [[0x0A], [0x0D, 0x0A]] as [[UInt8]] {
        let encoded = Base64.encode(bytes.span, lineLength: 76, newline: newline)
        #expect(Base64.decode(encoded.span) == bytes)
        #expect(encoded.split(separator: 0x0A).allSatisfy { $0.count <= 77 })
      }
    }
  }
}

@Suite struct QuotedPrintableTests {
  private func decoded(_ text: String, limit: Int = .max) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: QuotedPrintable.decode(bytes.span, limit: limit), as: UTF8.self)
  }

  @Test(arguments: [
    ("=41=42c", "ABc"), ("a=\nb", "ab"), ("a=\r\nb", "ab"), ("a= \t\nb", "ab"), ("a  \nb\t\n", "a\nb\n"),
    ("a=20\n", "a \n"),
    ("=4", "=4"), ("=XY", "=XY"), ("=", ""), ("==", "="), ("=3D=3d", "=="), ("a\r\nb", "a\r\nb"), ("", ""),
    ("\n\n", "\n\n"),
    ("=4\n1", "=4\n1"),
  ])
  func theRulesHoldAndDamageStays(_ encoded: String, _ plain: String) { #expect(decoded(encoded) == plain) }

  @Test func theLimitHolds() { #expect(decoded(String(repeating: "=41\n", count: 10), limit: 7) == "A\nA\nA\nA") }

  @Test func textComesBackInShortLines() {
    let texts = [
      "plain\n", "trailing \nspace\t\n", "From me\n.\n..\n", "naïve = 日本語\n", String(repeating: "x", count: 300) + "\n",
      String(repeating: "é", count: 100), "a\rb\u{0}c", String(repeating: "x", count: 75) + "=\n", " ",
    ]
    for text in texts {
      let encoded = QuotedPrintable.encode(Array(text.utf8).span)
      #expect(QuotedPrintable.decode(encoded.span) == Array(text.utf8))
      #expect(encoded.split(separator: 0x0A).allSatisfy { $0.count <= 76 && !$0.starts(with: "From ".utf8) })
      #expect(encoded.allSatisfy { $0 < 0x7F })
    }
  }

  @Test func underscoresAreSpacesInWords() {
    #expect(QuotedPrintable.decodeWord(Array("a_b=5F=C3=A9".utf8).span) == Array("a b_é".utf8))
  }
}
