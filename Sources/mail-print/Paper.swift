import MailCommand
import MailSystem
import MailView

/// The sizes of paper by their names.
enum Paper: String, ExpressibleByArgument, CaseIterable {
  /// 210 × 297 mm.
  case a4
  /// 8.5 × 11 inches.
  case letter

  var size: PrintedPage.Paper { self == .a4 ? .a4 : .letter }

  /// What this system prints on: `$PAPERSIZE`, else what `/etc/papersize` says, else what is usual where the locale is.
  static func standard() -> Paper {
    if let name = environment("PAPERSIZE") { return named(name) ?? .a4 }
    // A file that isn't there or can't be read says nothing.
    if let bytes = try? readFile("/etc/papersize", limit: 100) {
      let word = bytes.drop { $0 <= 0x20 }.prefix { $0 > 0x20 }
      if let paper = named(String(decoding: word, as: UTF8.self)) { return paper }
    }
    let locale = environment("LC_ALL") ?? environment("LC_PAPER") ?? environment("LANG") ?? ""
    let territory = locale.drop { $0 != "_" }.dropFirst().prefix(2)
    return letterTerritories.contains(String(territory)) ? .letter : .a4
  }

  private static func named(_ name: String) -> Paper? { Paper(rawValue: name.lowercased()) }

  /// Where locales have letter paper.
  private static let letterTerritories: Set<String> = [
    "US", "CA", "MX", "BO", "CL", "CO", "CR", "DO", "GT", "HN", "NI", "PA", "PH", "PR", "SV", "VE",
  ]
}
