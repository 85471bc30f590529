/// Collects output and writes it in large pieces. An error with `isBrokenPipe` says that nobody reads on; that is no fault.
public struct OutputBuffer: ~Copyable {
  private let descriptor: Int32
  private let capacity: Int
  private var bytes: [UInt8] = []

  /// A buffer before `descriptor`, standard output by default. Call `flush()` at the end: what is left is not written by
  /// itself.
  public init(descriptor: Int32 = 1, capacity: Int = 65_536) {
    self.descriptor = descriptor
    self.capacity = capacity
    bytes.reserveCapacity(capacity)
  }

  public mutating func write(_ text: String) throws(SystemError) {
    bytes.append(contentsOf: text.utf8)
    if bytes.count >= capacity { try flush() }
  }

  public mutating func write(_ text: StaticString) throws(SystemError) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    if bytes.count >= capacity { try flush() }
  }

  public mutating func write(_ part: [UInt8]) throws(SystemError) { try write(part[...]) }

  public mutating func write(_ part: ArraySlice<UInt8>) throws(SystemError) {
    if part.count >= capacity {
      try flush()
      try writeAll(part, to: descriptor)
    } else {
      bytes.append(contentsOf: part)
      if bytes.count >= capacity { try flush() }
    }
  }

  public mutating func write(_ part: Span<UInt8>) throws(SystemError) {
    unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    if bytes.count >= capacity { try flush() }
  }

  public mutating func write(byte: UInt8) throws(SystemError) {
    bytes.append(byte)
    if bytes.count >= capacity { try flush() }
  }

  /// Writes what has been collected.
  public mutating func flush() throws(SystemError) {
    guard !bytes.isEmpty else { return }
    defer { bytes.removeAll(keepingCapacity: true) }
    try writeAll(bytes, to: descriptor)
  }
}
