/// The number of terminal columns that `text` takes: none for combining characters, two for wide ones (Unicode
/// Standard Annex 11) and for emoji, joined ones counting once.
public func displayWidth(_ text: String) -> Int {
  let bytes = text.utf8.span
  if isPlain(bytes) { return bytes.count }
  var meter = WidthMeter()
  return text.unicodeScalars.reduce(0) { $0 + meter.add($1.value) }
}

/// Adds up columns, one character after the other.
public struct WidthMeter: Sendable {
  private var previous: UInt32 = 0
  private var previousWidth = 0

  /// Nothing measured yet.
  public init() {}

  /// The columns that `scalar` takes after those before it; control characters take none.
  public mutating func add(_ scalar: UInt32) -> Int {
    defer { previous = scalar }
    if scalar < 0x7F {
      previousWidth = scalar < 0x20 ? 0 : 1
      return previousWidth
    }
    // The emoji variation selector widens what it follows: UTS 51, section 2.
    if scalar == 0xFE0F {
      guard previousWidth == 1, previous >= 0x203C else { return 0 }
      previousWidth = 2
      return 1
    }
    // What a zero width joiner joins is drawn as one.
    if previous == 0x200D, previousWidth == 2, scalar >= 0x2000 { return 0 }
    let width = columns(of: scalar)
    if width > 0 { previousWidth = width }
    return width
  }
}

/// The columns that `scalar` takes alone.
public func columns(of scalar: UInt32) -> Int {
  if scalar < 0x300 { return scalar < 0x20 || (0x7F..<0xA0).contains(scalar) ? 0 : 1 }
  // Greek, Cyrillic, and the punctuation of western text need no search.
  if (0x370..<0x483).contains(scalar) || (0x2010..<0x2028).contains(scalar) { return 1 }
  if contains(zeroWidthRanges, scalar) { return 0 }
  return scalar >= 0x1100 && contains(wideRanges, scalar) ? 2 : 1
}

private func contains(_ ranges: [UInt64], _ scalar: UInt32) -> Bool {
  var low = 0
  var high = ranges.count
  while low < high {
    let middle = (low + high) / 2
    let first = UInt32(truncatingIfNeeded: ranges[middle] >> 32)
    if scalar < first {
      high = middle
    } else if scalar > UInt32(truncatingIfNeeded: ranges[middle]) {
      low = middle + 1
    } else {
      return true
    }
  }
  return false
}

/// Reads one character of valid UTF-8 (RFC 3629, section 3).
@inlinable
public func nextScalar(in bytes: Span<UInt8>, _ index: inout Int) -> UInt32 {
  let first = UInt32(bytes[index])
  index += 1
  if first < 0x80 { return first }
  let more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3
  var scalar = first & (0x3F >> UInt32(more))
  for _ in 0..<more where index < bytes.count {
    scalar = scalar << 6 | UInt32(bytes[index] & 0x3F)
    index += 1
  }
  return scalar
}
