internal import Glibc

extension File {
  /// The next bytes of the file, at most `count` of them; none at its end.
  public func readPiece(_ count: Int) throws(SystemError) -> [UInt8] {
    let descriptor = descriptor
    var failure: Int32 = 0
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while true {
        let got = unsafe Glibc.read(descriptor, buffer.baseAddress, count)
        if got >= 0 {
          filled = got
        } else if errno == EINTR {
          continue
        } else {
          failure = errno
        }
        return
      }
    }
    if failure != 0 { throw SystemError(call: "read", path: path, errno: failure) }
    return piece
  }
}
