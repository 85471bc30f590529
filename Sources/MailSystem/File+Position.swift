internal import Glibc

/// Reads the `count` bytes from `offset` on, fewer where the file ends before. The place where the next read happens stays,
/// so several threads may read one descriptor.
public func readBytes(
  _ descriptor: Int32, at offset: Int64, count: Int, path: String? = nil
) throws(SystemError) -> [UInt8] {
  var failure: Int32 = 0
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    while filled < count {
      let target = unsafe buffer.baseAddress.map { unsafe $0 + filled }
      let got = unsafe pread(descriptor, target, count - filled, off_t(offset) + off_t(filled))
      if got > 0 {
        filled += got
      } else if got == 0 {
        break
      } else if errno != EINTR {
        failure = errno
        break
      }
    }
  }
  if failure != 0 { throw SystemError(call: "read", path: path, errno: failure) }
  return bytes
}

/// Lets the system forget what it holds of a file in memory, so that what is read next comes from the disk. Only a request.
public func dropCache(_ descriptor: Int32) { _ = posix_fadvise(descriptor, 0, 0, Int32(POSIX_FADV_DONTNEED)) }
