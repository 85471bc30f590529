/// A set of small numbers that lie close together, as those of messages do.
struct Bitmap {
  private var words: [UInt64] = []
  private(set) var count = 0

  mutating func insert(_ number: Int64) {
    guard number >= 0, number < 1 << 36 else { return }
    let index = Int(number >> 6)
    if index >= words.count { words += Array(repeating: 0, count: index + 1 - words.count + words.count / 2) }
    let bit: UInt64 = 1 << UInt64(number & 63)
    if words[index] & bit == 0 {
      words[index] |= bit
      count += 1
    }
  }

  mutating func remove(_ number: Int64) {
    guard contains(number) else { return }
    words[Int(number >> 6)] &= ~(1 << UInt64(number & 63))
    count -= 1
  }

  func contains(_ number: Int64) -> Bool {
    guard number >= 0, Int(number >> 6) < words.count else { return false }
    return words[Int(number >> 6)] & (1 << UInt64(number & 63)) != 0
  }
}
