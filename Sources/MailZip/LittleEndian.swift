extension Span<UInt8> {
  /// The number in the two bytes at `offset`.
  func word(_ offset: Int) -> Int { Int(self[offset]) | Int(self[offset + 1]) << 8 }

  /// The number in the four bytes at `offset`.
  func long(_ offset: Int) -> Int64 { Int64(word(offset)) | Int64(word(offset + 2)) << 16 }

  /// The number in the eight bytes at `offset`; nil for one that no file has.
  func quad(_ offset: Int) -> Int64? {
    let high = long(offset + 4)
    return high < 1 << 30 ? long(offset) | high << 32 : nil
  }
}

extension [UInt8] {
  mutating func append(word value: Int) {
    append(UInt8(truncatingIfNeeded: value))
    append(UInt8(truncatingIfNeeded: value >> 8))
  }

  mutating func append(long value: Int64) {
    append(word: Int(truncatingIfNeeded: value))
    append(word: Int(truncatingIfNeeded: value >> 16))
  }

  mutating func append(quad value: Int64) {
    append(long: value)
    append(long: value >> 32)
  }
}

/// The numbers by which the records of a zip file are known, and their lengths without names. PKWARE's APPNOTE, section 4.3.
enum Record {
  static let localHeader: Int64 = 0x0403_4B50
  static let localHeaderLength = 30
  static let centralHeader: Int64 = 0x0201_4B50
  static let centralHeaderLength = 46
  static let end: Int64 = 0x0605_4B50
  static let endLength = 22
  static let end64: Int64 = 0x0606_4B50
  static let end64Length = 56
  static let locator64: Int64 = 0x0706_4B50
  static let locator64Length = 20
  static let extra64 = 0x0001
  static let extraTime = 0x5455
  static let extraUnicodePath = 0x7075
}
