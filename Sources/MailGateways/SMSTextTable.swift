/// The letters of an SMS in seven bits. 3GPP TS 23.038, section 6.2.1.
enum SMSTextTable {
  /// Those that take one septet, in the order of their codes; ESC stands where the extension begins.
  static let basic =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1B}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
  /// Those that take two.
  static let extended = "\u{0C}^{}\\[~]|€"

  /// The septets that each letter takes.
  static let lengths: [Unicode.Scalar: Int] = {
    var lengths: [Unicode.Scalar: Int] = [:]
    for scalar in basic.unicodeScalars where scalar != "\u{1B}" { lengths[scalar] = 1 }
    for scalar in extended.unicodeScalars { lengths[scalar] = 2 }
    return lengths
  }()

  /// What stands for typographic signs where nothing else keeps a text out of the seven bits.
  static let plain: [Unicode.Scalar: String] = [
    "\u{2018}": "'", "\u{2019}": "'", "\u{201A}": "'", "\u{201B}": "'", "\u{2032}": "'", "\u{60}": "'", "\u{B4}": "'",
    "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{2033}": "\"", "\u{AB}": "\"", "\u{BB}": "\"",
    "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-", "\u{2013}": "-", "\u{2014}": "-", "\u{2212}": "-",
    "\u{2026}": "...", "\u{2022}": "*", "\u{A0}": " ", "\u{202F}": " ", "\u{2009}": " ", "\u{200B}": "", "\u{AD}": "",
    "\u{200C}": "", "\t": " ",
  ]
}
