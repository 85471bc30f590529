/// What a person may begin to type to find somebody.
enum ContactWords {
  /// A word is cut here: nobody types more to find somebody.
  static let longest = 64
  /// A contact is found by so many words; a name that has more is no name.
  static let most = 64

  /// The words of a name: each of its words, folded. `Anne-Marie O'Brien` is found by `anne`, `marie`, `obrien` and `brien`.
  static func ofName(_ name: String) -> [String] {
    var words: [String] = []
    for part in folded(name).split(separator: " ") {
      let pieces = part.split { !isWordCharacter($0) }
      words += pieces.map { String($0) }
      if pieces.count > 1 {
        let joined = String(part.filter { isWordCharacter($0) })
        if part.unicodeScalars.contains(where: { $0 == "'" || $0 == "\u{2019}" }) { words.append(joined) }
        words.append(String(part))
      }
      if words.count >= most { break }
    }
    return unique(words)
  }

  /// The words of an address: all of it, and what follows each dot, dash, underscore, plus or at sign, but for the top of the
  /// domain. `ada.byron@mail.example.org` is found by `ada`, `byron`, `mail` and `example`.
  static func ofAddress(_ address: String) -> [String] {
    let text = Array(folded(address).utf8)
    var words: [String] = []
    let at = text.lastIndex(of: UInt8(ascii: "@")) ?? text.count
    // The last label of the domain is that of a million others.
    let end = text[at...].lastIndex(of: UInt8(ascii: ".")) ?? text.count
    var isStart = true
    for (index, byte) in text.enumerated() {
      if isStart, index < end, byte != UInt8(ascii: "@") {
        words.append(String(decoding: text[index...], as: UTF8.self))
      }
      switch byte {
      case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "@"): isStart = true
      default: isStart = false
      }
      if words.count >= 16 { break }
    }
    return unique(words)
  }

  /// The words of a telephone number: all its digits, the national number behind an international prefix of up to three, and
  /// the number without a zero in front.
  static func ofNumber(_ number: String) -> [String] {
    let digits = String(decoding: number.utf8.filter { 0x30...0x39 ~= $0 }, as: UTF8.self)
    guard digits.utf8.count > 4 else { return digits.isEmpty ? [] : [digits] }
    let prefixes = number.hasPrefix("+") ? 1...3 : digits.hasPrefix("0") ? 1...1 : 0...0
    return unique([digits] + prefixes.map { String(digits.dropFirst($0)) })
  }

  /// `word` as somebody types it to find a number: `+33…`, `0033…` and `06…` without what stands before the first digit that
  /// counts; other words as they are.
  static func typed(_ word: String) -> String {
    let bytes = word.utf8
    guard bytes.count > 2, let first = bytes.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "0"),
      bytes.dropFirst().allSatisfy({ 0x30...0x39 ~= $0 })
    else { return word }
    return String(word.drop { $0 == "+" || $0 == "0" })
  }

  private static func isWordCharacter(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  /// Each word once, cut, without those that another begins with: who begins to type the one begins the other.
  private static func unique(_ words: [String]) -> [String] {
    let sorted = Set(words.map { cut($0) }).subtracting([""]).sorted()
    var kept: [String] = []
    for (index, word) in sorted.enumerated() {
      if index + 1 < sorted.count, sorted[index + 1].utf8.starts(with: word.utf8) { continue }
      kept.append(word)
    }
    return Array(kept.prefix(most))
  }

  private static func cut(_ word: String) -> String {
    guard word.utf8.count > longest else { return word }
    return String(word.unicodeScalars.prefix(longest / 2))
  }
}
