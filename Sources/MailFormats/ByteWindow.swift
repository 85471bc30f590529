/// The part of a long input that is in memory: grows at its end when more is wanted, and loses at its front what has been
/// used.
public struct ByteWindow {
  /// The bytes that are there.
  public private(set) var bytes: [UInt8] = []
  /// How many bytes of the input came before `bytes`.
  public private(set) var offset: Int64 = 0
  /// The input holds nothing behind `bytes`.
  public private(set) var isAtEnd = false
  private let read: (inout [UInt8]) throws -> Bool

  /// A window on what `read` appends to the array it is given; `read` returns false at the end.
  public init(_ read: @escaping (inout [UInt8]) throws -> Bool) { self.read = read }

  /// A window on `bytes`, and nothing behind them.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isAtEnd = true
    read = { _ in false }
  }

  /// Reads until there are `count` bytes, or the input ends; false when it has ended before.
  public mutating func fill(to count: Int) throws -> Bool {
    while bytes.count < count, !isAtEnd { isAtEnd = try !read(&bytes) }
    return bytes.count >= count
  }

  /// Reads one piece more; false at the end.
  public mutating func grow() throws -> Bool {
    guard !isAtEnd else { return false }
    isAtEnd = try !read(&bytes)
    return !isAtEnd
  }

  /// Drops the first `count` bytes.
  public mutating func discard(_ count: Int) {
    guard count > 0 else { return }
    bytes.removeFirst(count)
    offset += Int64(count)
  }
}
