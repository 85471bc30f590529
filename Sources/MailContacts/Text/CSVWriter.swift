/// Writes comma-separated values. RFC 4180: fields in quotes where they must be, lines that end in CR LF.
public enum CSVWriter {
  /// One record.
  public static func line(_ fields: [String]) -> String { fields.map { field($0) }.joined(separator: ",") + "\r\n" }

  private static func field(_ text: String) -> String {
    let text = isFormula(text) ? "'" + text : text
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D })
    else { return text }
    var quoted = "\""
    for character in text.unicodeScalars {
      if character == "\"" { quoted.unicodeScalars.append(character) }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }

  /// A spreadsheet would compute this instead of showing it, and what it computes was written by a stranger. Numbers of
  /// telephones are no danger and have to keep their `+`.
  static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    guard "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first) else { return false }
    return !(first == "+" && Phone.plain(text) != nil)
  }

  /// The text of a field that `line` protected.
  static func unprotected(_ text: String) -> String {
    guard text.hasPrefix("'") else { return text }
    let rest = String(text.dropFirst())
    return isFormula(rest) ? rest : text
  }
}
