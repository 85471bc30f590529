/// Bytes on their way out: appended at one end, written as a whole.
@safe public struct ByteBuffer: ~Copyable {
  @usableFromInline var storage: UnsafeMutablePointer<UInt8>
  /// The number of bytes held.
  public private(set) var count: Int
  @usableFromInline var capacity: Int

  /// An empty buffer with room for `capacity` bytes.
  public init(capacity: Int = 64 << 10) {
    unsafe storage = .allocate(capacity: capacity)
    count = 0
    self.capacity = capacity
  }

  deinit { unsafe storage.deallocate() }

  /// The bytes held.
  public var bytes: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(start: storage, count: count) }

  /// Forgets everything held.
  public mutating func removeAll() { count = 0 }

  /// Forgets what was appended after the buffer held `count` bytes.
  mutating func truncate(to count: Int) { self.count = min(self.count, count) }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    let larger = max(capacity * 2, count + more)
    let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe fresh.update(from: storage, count: count)
    unsafe storage.deallocate()
    unsafe storage = fresh
    capacity = larger
  }

  /// Appends one byte.
  @inline(__always)
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe storage[count] = byte
    count += 1
  }

  /// Appends `bytes`.
  public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    unsafe append(start, bytes.count)
  }

  /// Appends `bytes`.
  public mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
  }

  @inline(__always)
  private mutating func append(_ start: UnsafePointer<UInt8>, _ length: Int) {
    reserve(length)
    unsafe (storage + count).update(from: start, count: length)
    count += length
  }

  /// Appends the UTF-8 form of `string`.
  public mutating func append(_ string: String) {
    append(string.utf8.span)
  }

  /// Appends a literal.
  public mutating func append(literal: StaticString) {
    unsafe append(literal.utf8Start, literal.utf8CodeUnitCount)
  }

  /// Appends `length` times `byte`.
  public mutating func append(repeating byte: UInt8, _ length: Int) {
    guard length > 0 else { return }
    reserve(length)
    unsafe (storage + count).update(repeating: byte, count: length)
    count += length
  }

  /// Appends `number` in decimal digits, filled to `width` from the left with `fill`.
  public mutating func append(decimal number: Int64, width: Int = 0, fill: UInt8 = UInt8(ascii: " ")) {
    let room = max(20, width)
    reserve(2 * room)
    // Digits come last one first: they are written behind the free space, then moved to its beginning.
    let end = count + 2 * room
    var start = end
    var magnitude = number.magnitude
    repeat {
      let (rest, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
      start -= 1
      unsafe storage[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      magnitude = rest
    } while magnitude > 0
    if number < 0 {
      start -= 1
      unsafe storage[start] = UInt8(ascii: "-")
    }
    while end - start < width {
      start -= 1
      unsafe storage[start] = fill
    }
    unsafe (storage + count).update(from: storage + start, count: end - start)
    count += end - start
  }
}
