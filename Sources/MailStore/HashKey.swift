internal import MailBytes

/// A keyed hash whose values fit SQLite's integers.
struct HashKey: Sendable {
  private let keyed: KeyedHash

  init(_ key0: UInt64, _ key1: UInt64) {
    keyed = KeyedHash(key0: key0, key1: key1)
  }

  func hash(_ bytes: Span<UInt8>) -> Int64 {
    Int64(bitPattern: keyed.hash(bytes))
  }

  func hash(_ text: String) -> Int64 {
    Int64(bitPattern: keyed.hash(text))
  }
}

/// A number for the path of a store, by which its databases in the cache are named.
func storePathHash(_ path: String) -> UInt64 {
  KeyedHash(key0: 0x706f_7374, key1: 0x6261_6720).hash(path)
}
