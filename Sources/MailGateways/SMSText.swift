/// A text as it goes over the air: in which alphabet, and in how many parts. 3GPP TS 23.038; TS 23.040, section 9.2.3.24.
public struct SMSText: Sendable, Equatable {
  /// How letters are written.
  public enum Alphabet: String, Sendable {
    /// Seven bits a letter, fourteen for some.
    case gsm
    /// Sixteen bits a letter, thirty-two for some.
    case ucs2
  }

  /// The text. Typographic quotes, dashes and spaces are plain ones where that makes it fit into seven bits.
  public let text: String
  /// The alphabet that it needs.
  public let alphabet: Alphabet
  /// The parts that it takes: one up to 160 septets or 70 units; more have 153 or 67 each, and no letter is divided.
  public let parts: [String]

  /// The text `text`.
  public init(_ text: String) {
    let simple = SMSText.simplified(text)
    let (chosen, lengths) = simple.map { ($0, $0.unicodeScalars.map { SMSTextTable.lengths[$0] ?? 1 }) } ?? (text, [])
    self.text = chosen
    alphabet = simple == nil ? .ucs2 : .gsm
    let units = simple == nil ? chosen.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 } : lengths
    parts = SMSText.divide(chosen, units, alone: simple == nil ? 70 : 160, each: simple == nil ? 67 : 153)
  }

  /// `text` in letters of the seven bits; nil when it has others.
  private static func simplified(_ text: String) -> String? {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if SMSTextTable.lengths[scalar] != nil {
        result.append(scalar)
      } else if let plain = SMSTextTable.plain[scalar] {
        result.append(contentsOf: plain.unicodeScalars)
      } else {
        return nil
      }
    }
    return String(result)
  }

  private static func divide(_ text: String, _ units: [Int], alone: Int, each: Int) -> [String] {
    if units.isEmpty { return [] }
    if units.reduce(0, +) <= alone { return [text] }
    var parts: [String] = []
    var current = String.UnicodeScalarView()
    var used = 0
    for (scalar, length) in zip(text.unicodeScalars, units) {
      if used + length > each {
        parts.append(String(current))
        current = String.UnicodeScalarView()
        used = 0
      }
      current.append(scalar)
      used += length
    }
    parts.append(String(current))
    return parts
  }
}
