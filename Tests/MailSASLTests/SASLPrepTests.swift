import Testing

@testable import MailSASL

@Suite struct SASLPrepTests {
  @Test(arguments: [
    // RFC 4013, section 3.
    ("I\u{AD}X", "IX"), ("user", "user"), ("USER", "USER"), ("\u{AA}", "a"), ("\u{2168}", "IX"),
    ("", ""), ("a\u{A0}b\u{3000}c", "a b c"), ("e\u{301}", "é"), ("\u{FB01}", "fi"), ("x\u{B2}", "x2"),
    ("½", "1\u{2044}2"),
    ("\u{FF21}\u{FF22}\u{FF5E}", "AB~"), ("\u{212B}", "\u{C5}"), ("\u{FF76}\u{FF9E}", "\u{30AC}"),
    ("a\u{200B}b", "a b"),
    ("\u{1D400}\u{1D401}", "AB"), ("\u{627}\u{628}", "\u{627}\u{628}"), ("пароль", "пароль"), ("密码", "密码"),
    ("pass😀", "pass😀"), ("\u{1100}\u{1161}", "\u{AC00}"), ("\u{A8}", " \u{308}"),
  ])
  func textIsPrepared(text: String, expected: String) throws {
    #expect(Array(try saslPrepared(text, "password").unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    "\u{7}", "\u{627}1", "a\u{85}", "\u{E000}", "\u{FFFE}", "a\u{202E}b", "\u{2FF0}", "\u{E0041}", "\u{627}a\u{628}",
    "\u{7F}é",
  ])
  func textThatCantBeAPasswordIsRefused(text: String) {
    #expect(saslError { _ = try saslPrepared(text, "password") } == .unusableText("password"))
  }
}
