internal import Glibc

/// Opens `/dev/null` for each of the descriptors 0, 1 and 2 that is closed, so that no file opened later takes its number and
/// is written to by mistake. False when standard input was closed.
public func ensureStandardDescriptors() -> Bool {
  var hasInput = true
  for descriptor in [Int32(0), 1, 2] where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
    if descriptor == 0 { hasInput = false }
    // The lowest free number is the one that was closed.
    _ = unsafe open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
  }
  return hasInput
}

/// There is something to read on `descriptor`: bytes in a pipe or socket that come within `patience` milliseconds, or a file
/// that isn't at its end. A terminal has nothing until somebody types.
public func hasInput(_ descriptor: Int32, patience: Int32) -> Bool {
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0 else { return false }
  switch status.st_mode & S_IFMT {
  case S_IFREG: return lseek(descriptor, 0, SEEK_CUR) < status.st_size
  case S_IFIFO, S_IFSOCK:
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&request, 1, patience) > 0, request.revents & Int16(POLLIN) != 0 else { return false }
    var byte: UInt8 = 0
    return unsafe read(descriptor, &byte, 1) > 0
  default: return false
  }
}

/// Sets the permissions that new files and directories never get.
public func setFileCreationMask(_ mask: UInt32) { _ = umask(mode_t(mask)) }

/// The descriptor that a message comes in on.
public let standardInput: Int32 = 0

/// Reads from `descriptor` over the first bytes of `buffer`, as many as there are now; their number, 0 at the end.
public func readSome(_ descriptor: Int32, into buffer: inout [UInt8]) throws(SystemError) -> Int {
  try unsafe buffer.withUnsafeMutableBufferPointer { (space) throws(SystemError) -> Int in
    try retrying("read", path: nil) { unsafe read(descriptor, space.baseAddress, space.count) }
  }
}
