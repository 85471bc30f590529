/// Bytes that are written now and read later, as often as wanted: in memory while they are few, else in a file without a
/// name, which goes with the process however that ends.
public final class Spool {
  /// The number of bytes written.
  public private(set) var count = 0
  private var memory: [UInt8] = []
  private var descriptor: Int32 = -1
  private let memoryLimit: Int
  private static let chunk = 64 << 10

  /// Nothing yet; more than `memoryLimit` bytes go into a file in `$TMPDIR` or `/tmp`.
  public init(memoryLimit: Int = 1 << 20) { self.memoryLimit = memoryLimit }

  deinit {
    // Nothing that was written is wanted any more.
    if descriptor >= 0 { try? closeDescriptor(descriptor) }
  }

  /// Adds `bytes`.
  public func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
    var rest = bytes
    while !rest.isEmpty {
      try hold(rest.prefix(Self.chunk))
      rest = rest.dropFirst(Self.chunk)
    }
  }

  private func hold(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
    memory += bytes
    count += bytes.count
    guard memory.count > (descriptor < 0 ? memoryLimit : Self.chunk) else { return }
    if descriptor < 0 { descriptor = try Self.namelessFile() }
    try writeAll(memory, to: descriptor)
    memory.removeAll(keepingCapacity: memory.capacity <= 4 * Self.chunk)
  }

  /// Adds `bytes`.
  public func write(_ bytes: [UInt8]) throws(SystemError) { try write(bytes[...]) }

  /// Hands over everything that was written, piece by piece.
  public func forEachPiece(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    if descriptor >= 0 {
      var offset = 0
      let end = count - memory.count
      while offset < end {
        let piece = try readBytes(descriptor, at: Int64(offset), count: min(Self.chunk, end - offset))
        guard !piece.isEmpty else { throw SystemError.notFound("read", path: "temporary file") }
        try body(piece[...])
        offset += piece.count
      }
    }
    var rest = memory[...]
    while !rest.isEmpty {
      try body(rest.prefix(Self.chunk))
      rest = rest.dropFirst(Self.chunk)
    }
  }

  /// Everything that was written.
  public func contents() throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    try forEachPiece { bytes += $0 }
    return bytes
  }

  /// Adds everything that can be read from `descriptor`, at most `limit` bytes.
  public func write(from descriptor: Int32, limit: Int = .max) throws(SystemError) {
    var buffer = [UInt8](repeating: 0, count: Self.chunk)
    var left = limit
    while left > 0 {
      let got = try readSome(descriptor, into: &buffer)
      if got == 0 { return }
      try write(buffer[..<min(got, left)])
      left -= min(got, left)
    }
  }

  private static func namelessFile() throws(SystemError) -> Int32 {
    let path = "\(environment("TMPDIR") ?? "/tmp")/postbag.\(processID()).\(monotonicNow())"
    let file = try File(path, [.readWrite, .exclusive, .noFollow], permissions: 0o600)
    try removeFile(path)
    return file.release()
  }
}
