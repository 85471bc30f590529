internal import Glibc
internal import MailBytes
internal import MailSystem

/// The reader of standard output went away; no error, and the end of the work.
public struct ClosedPipe: Error {}

/// Buffered bytes to a descriptor: standard output, or a pager when what is printed is longer than the screen.
public final class Output {
  private var descriptor: Int32
  private var buffer: ByteBuffer
  private let limit: Int
  private var pager: Pager?

  /// An output to `descriptor` that is written whenever 64 kB have come together.
  public init(descriptor: Int32 = 1, pager: Pager? = nil) {
    self.descriptor = descriptor
    self.pager = pager
    buffer = ByteBuffer(capacity: descriptor == 1 ? 80 << 10 : 256)
    limit = 64 << 10
  }

  /// An error in the middle of a list doesn't leave a pager alone on the terminal.
  deinit { pager?.wait() }

  /// Lets `body` append to the buffer; writes it when it is full.
  public func withBuffer(_ body: (inout ByteBuffer) throws -> Void) throws {
    try body(&buffer)
    if buffer.count >= limit || pager != nil { try overflow() }
  }

  /// Appends `text`.
  public func write(_ text: String) throws {
    try withBuffer { $0.append(text) }
  }

  /// Appends `bytes`.
  public func write(_ bytes: some Sequence<UInt8>) throws {
    let written: Void? = try bytes.withContiguousStorageIfAvailable { bytes in
      try withBuffer { unsafe $0.append(bytes) }
    }
    if written == nil {
      try withBuffer { for byte in bytes { $0.append(byte) } }
    }
  }

  /// Writes everything that is still held, and waits for the pager.
  public func finish() throws {
    defer { pager?.wait() }
    try flush()
  }

  func finish(_ text: String) throws {
    try write(text)
    try finish()
  }

  private func overflow() throws {
    if var pager = pager {
      let begun = unsafe pager.admit(buffer.bytes)
      self.pager = pager
      if let begun {
        descriptor = begun.descriptor
        return try flush(from: begun.given)
      }
      if pager.isHolding { return }
    }
    if buffer.count >= limit { try flush() }
  }

  /// Writes everything that is still held.
  public func flush() throws { try flush(from: 0) }

  private func flush(from first: Int) throws {
    defer { buffer.removeAll() }
    let bytes = unsafe buffer.bytes
    var start = first
    while start < bytes.count {
      let written = unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start)
      if written >= 0 {
        start += written
      } else {
        switch errno {
        case EINTR: continue
        case EPIPE: throw ClosedPipe()
        default: throw SystemError(call: "write", path: "standard output", errno: errno)
        }
      }
    }
  }
}

/// Prints `lines` on standard output, cleaned.
public func printLines(_ lines: [String]) throws {
  let output = Output()
  for line in lines { try output.write(cleanLines(line) + "\n") }
  try output.finish()
}
