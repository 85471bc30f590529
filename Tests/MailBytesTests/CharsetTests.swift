import MailBytes
import Testing

@Suite struct CharsetTests {
  @Test func thereAreAtLeastSeventy() { #expect(Set(Charset.allNames).count >= 70) }

  /// A charset that iconv lacks would turn everything above ASCII to U+FFFD.
  @Test(arguments: Charset.allNames) func everyCharsetDecodesSomething(_ name: String) throws {
    let charset = try #require(Charset(label: name))
    #expect(charset.name == name)
    var octets: [UInt8] = Array("plain ".utf8)
    if !charset.isASCIICompatible { return }
    octets += Array(0xA1...0xFE)
    #expect(charset.decode(octets).hasPrefix("plain "))
    let replaced = charset.decode(octets).unicodeScalars.filter { $0 == "\u{FFFD}" }.count
    #expect(replaced < 80 || charset == .utf8)
  }

  @Test(arguments: [
    ("UTF8", "utf-8"), (" \"ISO-8859-1\" ", "windows-1252"), ("US-ASCII", "windows-1252"), ("'latin1'", "windows-1252"),
    ("iso-8859-9", "windows-1254"), ("gb2312", "gbk"), ("KS_C_5601-1987", "euc-kr"), ("x-sjis", "shift_jis"),
    ("cp1251", "windows-1251"), ("unicode", "utf-16le"), ("TIS-620", "windows-874"), ("iso-8859-8-i", "iso-8859-8"),
    ("8bit", "windows-1252"), ("x-mac-roman", "macintosh"),
  ])
  func namesAreThoseOfTheWeb(_ label: String, _ name: String) { #expect(Charset(label: label)?.name == name) }

  @Test(arguments: ["", "x-nonsense", "utf-8//IGNORE", String(repeating: "a", count: 1_000), "../gconv", "utf 8"])
  func otherNamesAreNone(_ label: String) { #expect(Charset(label: label) == nil) }

  @Test func damageBecomesReplacementCharacters() {
    #expect(decodeText([0x61, 0xFF, 0x62][...], charset: "utf-8") == "a\u{FFFD}b")
    #expect(decodeText([0x82, 0xA0, 0x82][...], charset: "shift_jis") == "あ\u{FFFD}")
    #expect(decodeText([0xD8, 0x00, 0x00, 0x61][...], charset: "utf-16be") == "\u{FFFD}a")
    #expect(decodeText([0x61][...], charset: "utf-16le") == "\u{FFFD}")
  }

  @Test func withoutALabelTextIsUTF8OrElseWindows1252() {
    #expect(decodeText(Array("é€".utf8)[...], charset: nil) == "é€")
    #expect(decodeText([0xE9, 0x80][...], charset: nil) == "é€")
    #expect(decodeText([0xE9, 0x80][...], charset: "x-nonsense") == "é€")
  }

  @Test func everyOctetInEveryCharsetIsSafe() {
    var numbers = SystemRandomNumberGenerator()
    for name in Charset.allNames {
      guard let charset = Charset(label: name) else { continue }
      for _ in 0..<20 {
        let octets = (0..<64).map { _ in UInt8.random(in: 0...255, using: &numbers) }
        #expect(charset.decode(octets).unicodeScalars.count <= 300)
      }
    }
  }
}

@Suite struct ModifiedUTF7Tests {
  @Test(arguments: [
    ("INBOX", "INBOX"), ("Entwürfe", "Entw&APw-rfe"), ("&", "&-"), ("A&B", "A&-B"), ("台北", "&U,BTFw-"),
    ("日本語/台北", "&ZeVnLIqe-/&U,BTFw-"),
    ("🎉", "&2DzfiQ-"), ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
  ])
  func namesAreWrittenAndReadBack(_ name: String, _ encoded: String) {
    #expect(ModifiedUTF7.encode(name) == encoded)
    #expect(ModifiedUTF7.decode(encoded) == name)
  }

  @Test(arguments: ["&", "&U,BTFw", "&A-", "&AGE/-", "é", "&2Dw-", "a\u{7}"])
  func damageIsRefused(_ encoded: String) { #expect(ModifiedUTF7.decode(encoded) == nil) }
}

@Suite struct PunycodeTests {
  @Test(arguments: [
    ("bücher.example", "xn--bcher-kva.example"), ("例え.テスト", "xn--r8jz45g.xn--zckzah"), ("example.org", "example.org"),
    ("почта.рф", "xn--80a1acny.xn--p1ai"),
  ])
  func domainsAreWrittenAndReadBack(_ domain: String, _ ascii: String) {
    #expect(Punycode.asciiDomain(domain) == ascii)
    #expect(Punycode.unicodeDomain(ascii) == domain)
  }

  @Test(arguments: ["xn--", "xn--99999999999", "xn--a-\u{7F}", "xn--ÿ"])
  func damageStays(_ domain: String) { #expect(Punycode.unicodeDomain(domain) == domain) }
}
