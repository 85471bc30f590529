internal import Glibc

/// The memory of one parse tree, given back all at once: the tree is never walked to free it, so it may be deep.
@safe
final class Arena {
  private static let blockSize = 256 << 10

  private var blocks: [UnsafeMutableRawPointer] = unsafe []
  private var next: UnsafeMutableRawPointer?
  private var left = 0

  deinit {
    for index in unsafe blocks.indices { unsafe free(blocks[index]) }
  }

  /// `count` bytes, aligned for any C type.
  func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
    let count = (count + 15) & ~15
    if count > left {
      let size = max(count, Self.blockSize)
      guard let block = unsafe malloc(size) else { return nil }
      unsafe blocks.append(block)
      if count == size { return unsafe block }
      unsafe next = unsafe block
      left = size
    }
    let result = unsafe next
    unsafe next = unsafe next.map { unsafe $0 + count }
    left -= count
    return unsafe result
  }
}
