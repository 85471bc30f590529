internal import MailBytes

/// Writes the fields of a report. Whatever a value holds, it stays one field: line breaks and controls become spaces.
struct FieldWriter {
  /// Letters above ASCII are written as UTF-8; else as `\x{HEX}`.
  let isGlobal: Bool
  private(set) var output: [UInt8] = []

  init(isGlobal: Bool) { self.isGlobal = isGlobal }

  /// Writes `name: value`, folded at spaces; nothing when there is no value.
  mutating func add(_ name: String, _ value: String?) {
    guard let value else { return }
    let text = trimmed(clean(value))
    guard !text.isEmpty else { return }
    let safe = isGlobal || isASCII(text.utf8.span) ? text : escaped(text)
    output += Array(name.utf8) + [0x3A]
    var column = name.utf8.count + 1
    for word in safe.utf8.split(separator: 0x20) {
      for piece in pieces(Array(word)) {
        if column + 1 + piece.count > 78, column > name.utf8.count + 1 || piece.count > 70 {
          output += [0x0A]
          column = 0
        }
        output.append(0x20)
        output += piece
        column += piece.count + 1
      }
    }
    output.append(0x0A)
  }

  /// Writes the empty line between the blocks.
  mutating func endBlock() { output.append(0x0A) }

  /// `text` with `\x{HEX}` for what isn't ASCII; spaces stay.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\x{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return result
  }

  /// A word that no line may hold is cut. RFC 5322, section 2.1.1.
  private func pieces(_ word: [UInt8]) -> [[UInt8]] {
    guard word.count > 900 else { return [word] }
    var pieces: [[UInt8]] = []
    var start = 0
    while start < word.count {
      var end = min(start + 900, word.count)
      while end < word.count, end > start + 1, word[end] & 0xC0 == 0x80 { end -= 1 }
      pieces.append(Array(word[start..<end]))
      start = end
    }
    return pieces
  }
}
