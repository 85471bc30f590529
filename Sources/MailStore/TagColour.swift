/// The colour of a tag: one of a few names, or `#rrggbb`.
public struct TagColour: Sendable, Hashable, CustomStringConvertible {
  public let red: UInt8
  public let green: UInt8
  public let blue: UInt8
  /// The number of the colour among the sixteen that every terminal has; nil where it has no such number.
  public let terminalNumber: UInt8?
  /// As it is written: a name, or `#` and six digits in lower case.
  public let description: String

  /// Reads `text`; nil when that is no colour.
  public init?(_ text: String) {
    let text = text.lowercased()
    if let named = Self.named.first(where: { $0.name == text || ($0.name == "grey" && text == "gray") }) {
      self.init(rgb: named.rgb, terminalNumber: named.number, description: named.name)
      return
    }
    guard text.utf8.count == 7, text.utf8.first == UInt8(ascii: "#"),
      text.utf8.dropFirst().allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || 97...102 ~= $0 }),
      let rgb = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(rgb: rgb, terminalNumber: nil, description: text)
  }

  private init(rgb: UInt32, terminalNumber: UInt8?, description: String) {
    red = UInt8(truncatingIfNeeded: rgb >> 16)
    green = UInt8(truncatingIfNeeded: rgb >> 8)
    blue = UInt8(truncatingIfNeeded: rgb)
    self.terminalNumber = terminalNumber
    self.description = description
  }

  /// The names that colours have.
  public static let names = named.map(\.name)

  private static let named: [(name: String, rgb: UInt32, number: UInt8?)] = [
    ("black", 0x00_0000, 0), ("red", 0xcd_0000, 1), ("green", 0x00_cd00, 2), ("yellow", 0xcd_cd00, 3),
    ("blue", 0x00_00ee, 4), ("magenta", 0xcd_00cd, 5), ("cyan", 0x00_cdcd, 6), ("white", 0xe5_e5e5, 7),
    ("grey", 0x7f_7f7f, 8), ("orange", 0xff_8700, nil), ("purple", 0x87_00d7, nil), ("pink", 0xff_87af, nil),
    ("brown", 0xaf_5f00, nil),
  ]
}
