/// SipHash-2-4: a 64-bit hash that can't be steered without the key.
public struct KeyedHash: Sendable {
  let key0: UInt64
  let key1: UInt64

  /// A hash with the 128-bit key `key0`, `key1`.
  public init(key0: UInt64, key1: UInt64) {
    self.key0 = key0
    self.key1 = key1
  }

  /// The hash of `bytes`.
  public func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var state = SipState(key0: key0, key1: key1)
    let count = bytes.count
    let whole = count & ~7
    var index = 0
    while index < whole {
      state.absorb(littleEndianWord(bytes, at: index))
      index &+= 8
    }
    var last = UInt64(truncatingIfNeeded: count) << 56
    while index < count {
      last |= UInt64(bytes[index]) << UInt64((index &- whole) &* 8)
      index &+= 1
    }
    state.absorb(last)
    return state.finish()
  }

  /// The hash of the UTF-8 form of `text`.
  public func hash(_ text: String) -> UInt64 { hash(text.utf8.span) }
}

private struct SipState {
  var v0: UInt64
  var v1: UInt64
  var v2: UInt64
  var v3: UInt64

  init(key0: UInt64, key1: UInt64) {
    v0 = key0 ^ 0x736f_6d65_7073_6575
    v1 = key1 ^ 0x646f_7261_6e64_6f6d
    v2 = key0 ^ 0x6c79_6765_6e65_7261
    v3 = key1 ^ 0x7465_6462_7974_6573
  }

  @inline(__always) mutating func round() {
    v0 = v0 &+ v1
    v1 = rotated(v1, 13) ^ v0
    v0 = rotated(v0, 32)
    v2 = v2 &+ v3
    v3 = rotated(v3, 16) ^ v2
    v0 = v0 &+ v3
    v3 = rotated(v3, 21) ^ v0
    v2 = v2 &+ v1
    v1 = rotated(v1, 17) ^ v2
    v2 = rotated(v2, 32)
  }

  @inline(__always) mutating func absorb(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  mutating func finish() -> UInt64 {
    v2 ^= 0xff
    for _ in 0..<4 { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }
}

@inline(__always) private func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 {
  value << bits | value >> (64 &- bits)
}

@inline(__always) func littleEndianWord(_ bytes: Span<UInt8>, at index: Int) -> UInt64 {
  unsafe bytes.withUnsafeBytes { UInt64(littleEndian: unsafe $0.loadUnaligned(fromByteOffset: index, as: UInt64.self)) }
}

/// A fast 64-bit hash without a key, the same on every machine: for sums over file names, never for tables that a
/// sender can fill.
public func fastHash(_ bytes: Span<UInt8>) -> UInt64 {
  let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15
  var hash = UInt64(truncatingIfNeeded: bytes.count) &* multiplier
  var index = 0
  while index &+ 8 <= bytes.count {
    hash = mixed(hash ^ littleEndianWord(bytes, at: index), multiplier)
    index &+= 8
  }
  var last: UInt64 = 0
  while index < bytes.count {
    last = last << 8 | UInt64(bytes[index])
    index &+= 1
  }
  hash = mixed(hash ^ last, 0xd6e8_feb8_6659_fd93)
  return mixed(hash, multiplier)
}

@inline(__always) private func mixed(_ value: UInt64, _ multiplier: UInt64) -> UInt64 {
  let product = value.multipliedFullWidth(by: multiplier)
  return product.high ^ product.low ^ value
}
