/// Reads sizes: `300`, `10K`, `1.5M`, `2GB` (K is 1,024 bytes), and ranges of them with `..`.
enum SizeExpression {
  static let expected = "a size like 300, 10K, 1.5M or 2G"

  /// The range that `text` means; one size alone means that much or more.
  static func range(_ text: String, offset: Int) throws(QueryError) -> SizeRange {
    let bytes = Array(text.utf8)
    guard let dots = DateExpression.dots(in: bytes) else {
      return SizeRange(least: try size(bytes[...], offset: offset), most: nil)
    }
    let first = bytes[..<dots]
    let last = bytes[(dots + 2)...]
    guard !first.isEmpty || !last.isEmpty else { throw QueryError(.badSize(expected), at: offset) }
    let least: Int64? = first.isEmpty ? nil : try size(first, offset: offset)
    let most: Int64? = last.isEmpty ? nil : try size(last, offset: offset + last.startIndex)
    if let least, let most, least > most { throw QueryError(.emptyRange, at: offset) }
    return SizeRange(least: least, most: most)
  }

  /// One size in bytes.
  static func size(_ text: ArraySlice<UInt8>, offset: Int) throws(QueryError) -> Int64 {
    let error = QueryError(.badSize(expected), at: offset)
    var whole: Int64 = 0
    var fraction: Int64 = 0
    var scale: Int64 = 1
    var digits = 0
    var inFraction = false
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "."), !inFraction {
        inFraction = true
      } else if isDigit(byte), digits < 12 {
        digits += 1
        let digit = Int64(byte - UInt8(ascii: "0"))
        if !inFraction {
          whole = whole * 10 + digit
        } else if scale < 1_000 {
          fraction = fraction * 10 + digit
          scale *= 10
        }
      } else {
        break
      }
      index += 1
    }
    guard digits > 0, let unit = unit(text[index...]) else { throw error }
    let (bytes, overflow) = whole.multipliedReportingOverflow(by: unit)
    guard !overflow, bytes < Int64.max / 2 else { throw error }
    return bytes + fraction * unit / scale
  }

  private static func unit(_ text: ArraySlice<UInt8>) -> Int64? {
    switch String(decoding: text, as: UTF8.self).lowercased() {
    case "", "b": 1
    case "k", "kb", "kib": 1 << 10
    case "m", "mb", "mib": 1 << 20
    case "g", "gb", "gib": 1 << 30
    default: nil
    }
  }
}
