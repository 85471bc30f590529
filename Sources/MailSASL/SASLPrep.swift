internal import MailBytes
@_spi(_Unicode) internal import Swift

/// `text` prepared as names and passwords are, so that two ways to type the same come out the same. RFC 4013.
///
/// Throws `unusableText` with `what` for text that can't be one: control characters, a mixture of directions.
func saslPrepared(_ text: String, _ what: String) throws(SASLError) -> String {
  if isASCII(text.utf8.span) {
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .unusableText(what) }
    return text
  }
  let mapped = replaced(mapped(text))
  let normal = String(String.UnicodeScalarView(mapped._nfc))
  let prohibited = CharacterRanges(prohibitedCharacters)
  guard normal.unicodeScalars.allSatisfy({ !prohibited.contains($0) }), hasOneDirection(normal) else {
    throw .unusableText(what)
  }
  return normal
}

/// `text` without what is mapped to nothing, and with every space as U+0020. RFC 4013, section 2.1.
private func mapped(_ text: String) -> String.UnicodeScalarView {
  let (removed, spaces) = (CharacterRanges(removedCharacters), CharacterRanges(spaceCharacters))
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    // U+200B is in both tables; it is mapped to a space, being listed first in RFC 4013.
    if spaces.contains(scalar) {
      result.append(" ")
    } else if !removed.contains(scalar) {
      result.append(scalar)
    }
  }
  return result
}

/// `text` with each character that is others in disguise as those: "ﬁ" as "fi", "²" as "2".
private func replaced(_ text: String.UnicodeScalarView) -> String {
  var result = String.UnicodeScalarView()
  let table = text.contains { $0.value >= 0xA0 } ? Replacements() : nil
  for scalar in text {
    if let table, let replacement = table[scalar] { result += replacement } else { result.append(scalar) }
  }
  return String(result)
}

/// Text with letters written from right to left holds none written from left to right, and begins and ends with the former.
/// RFC 3454, section 6.
private func hasOneDirection(_ text: String) -> Bool {
  let right = CharacterRanges(rightToLeftCharacters)
  guard text.unicodeScalars.contains(where: { right.contains($0) }) else { return true }
  let left = CharacterRanges(leftToRightCharacters)
  guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return true }
  return right.contains(first) && right.contains(last) && !text.unicodeScalars.contains { left.contains($0) }
}

/// A set of characters, read from one of the tables.
struct CharacterRanges {
  private let ranges: [ClosedRange<UInt32>]

  /// Reads `AD 180B-180D`.
  init(_ table: String) {
    ranges = words(table).compactMap { word in
      let ends = word.split(separator: UInt8(ascii: "-")).compactMap(number)
      guard let first = ends.first, let last = ends.last, first <= last else { return nil }
      return first...last
    }
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(scalar.value)
  }
}

/// What stands for which characters.
private struct Replacements {
  private var table: [UInt32: String.UnicodeScalarView] = [:]

  /// Reads `A8:20.308`, and `B2+2:32` for two that follow each other.
  init() {
    for word in words(compatibleCharacters) {
      let sides = word.split(separator: UInt8(ascii: ":"))
      let source = sides[0].split(separator: UInt8(ascii: "+"))
      guard sides.count == 2, let start = number(source[0]) else { continue }
      let count = source.count == 2 ? Int(string(source[1])) ?? 1 : 1
      let target = sides[1].split(separator: UInt8(ascii: ".")).compactMap(number)
      for step in 0..<UInt32(count) {
        let scalars = target.compactMap { Unicode.Scalar($0 + step) }
        table[start + step] = String.UnicodeScalarView(scalars)
      }
    }
  }

  subscript(scalar: Unicode.Scalar) -> String.UnicodeScalarView? { table[scalar.value] }
}

private func words(_ table: String) -> [ArraySlice<UInt8>] {
  Array(table.utf8).split { $0 == 0x20 || $0 == 0x0A }
}

private func number(_ digits: ArraySlice<UInt8>) -> UInt32? { UInt32(string(digits), radix: 16) }
