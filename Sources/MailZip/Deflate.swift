internal import CDeflate
internal import Synchronization

/// Packs by deflate (RFC 1951). Belongs to one thread at a time.
@safe final class Compressor {
  private let state: OpaquePointer

  init?() {
    guard let state = unsafe libdeflate_alloc_compressor(6) else { return nil }
    unsafe self.state = unsafe state
  }

  deinit { unsafe libdeflate_free_compressor(state) }

  /// `bytes`, packed; nil when that saves nothing.
  func pack(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count > 1 else { return nil }
    let packed = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count - 1) { target, count in
      count = unsafe bytes.withUnsafeBytes { source in
        unsafe libdeflate_deflate_compress(state, source.baseAddress, source.count, target.baseAddress, target.count)
      }
    }
    return packed.isEmpty ? nil : packed
  }
}

/// Unpacks what deflate has packed. Belongs to one thread at a time.
@safe final class Decompressor {
  private let state: OpaquePointer

  init?() {
    guard let state = unsafe libdeflate_alloc_decompressor() else { return nil }
    unsafe self.state = unsafe state
  }

  deinit { unsafe libdeflate_free_decompressor(state) }

  /// The `size` bytes that `packed` unpacks to; nil when it unpacks to fewer or more, or is damaged.
  func unpack(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
    var isGood = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(size, 1)) { target, count in
      isGood = unsafe packed.withUnsafeBytes { source in
        // Without a place for the number of bytes, fewer than wanted is an error as well.
        unsafe libdeflate_deflate_decompress(
          state, source.baseAddress, source.count, target.baseAddress, size, nil) == LIBDEFLATE_SUCCESS
      }
      count = isGood ? size : 0
    }
    return isGood ? bytes : nil
  }
}

/// Things that are dear to make, kept for the next thread that needs one.
final class Pool<Tool>: Sendable {
  private let idle = Mutex<[Box<Tool>]>([])

  /// Runs `body` with a tool that nobody else has meanwhile.
  func with<Value>(make: () -> Tool?, _ body: (Tool) -> Value) -> Value? {
    let box = idle.withLock { $0.popLast() }
    guard let tool = box?.tool ?? make() else { return nil }
    let value = body(tool)
    let returned = Box(tool: tool)
    idle.withLock { $0.append(returned) }
    return value
  }
}

/// A tool on its way between threads: the pool gives it to one at a time.
@safe private struct Box<Tool>: @unchecked Sendable {
  let tool: Tool
}

/// The checksum by which zip files tell whether contents are whole: CRC-32, as in RFC 1952, section 8.
func checksum(_ bytes: [UInt8]) -> UInt32 {
  unsafe bytes.withUnsafeBytes { unsafe libdeflate_crc32(0, $0.baseAddress, $0.count) }
}
