internal import Glibc

/// Classes of ASCII octets, as the grammars of RFC 5234 and RFC 5322 name them.
extension UInt8 {
  /// Space or horizontal tab. RFC 5234, appendix B.1.
  @inlinable public var isWSP: Bool { self == 0x20 || self == 0x09 }
  /// Space, tab, carriage return or line feed: everything that folding may leave behind.
  @inlinable public var isFoldingSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }
  /// `0` to `9`.
  @inlinable public var isDigit: Bool { self &- 0x30 < 10 }
  /// An ASCII letter.
  @inlinable public var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  /// The same octet, with `A`–`Z` turned to `a`–`z`.
  @inlinable public var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
  /// The value of a hexadecimal digit of either case, else nil.
  @inlinable public var hexDigitValue: UInt8? {
    let digit = self &- 0x30
    if digit < 10 { return digit }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }
}

/// The upper-case hexadecimal digit of the low four bits of `value`.
@inlinable public func hexDigit(_ value: UInt8) -> UInt8 {
  let low = value & 15
  return low < 10 ? 0x30 &+ low : 0x37 &+ low
}

extension Span<UInt8> {
  /// The index of the first `byte` at or after `start`, found by memchr.
  @inlinable public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    let found = findByte(byte, in: self, from: start, to: count)
    return found == count ? nil : found
  }
}

/// The index of the first `byte` of `bytes` in `start..<end`, or `end`.
public func findByte(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
  guard start < end, end <= bytes.count else { return end }
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress, let hit = unsafe memchr(base + start, Int32(byte), end - start) else {
      return end
    }
    return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }
}

/// Whether `bytes[start..<end]` equals `name` without regard to ASCII case; `name` is given in lower case.
public func equalsIgnoringCase(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ name: Span<UInt8>) -> Bool {
  guard end - start == name.count else { return false }
  for index in 0..<name.count where bytes[start + index].lowercasedASCII != name[index] { return false }
  return true
}

/// The text of `bytes` as UTF-8, each damaged sequence as U+FFFD.
public func string(_ bytes: Span<UInt8>) -> String {
  if let valid = try? UTF8Span(validating: bytes) {  // invalid UTF-8 is what the line below repairs
    return String(copying: valid)
  }
  return unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
}

/// The text of `bytes` as UTF-8, each damaged sequence as U+FFFD.
public func string(_ bytes: ArraySlice<UInt8>) -> String { string(bytes.span) }

/// The text of `bytes` as UTF-8, each damaged sequence as U+FFFD.
public func string(_ bytes: [UInt8]) -> String { string(bytes.span) }
