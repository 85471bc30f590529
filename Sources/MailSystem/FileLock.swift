internal import Glibc

/// A lock on a file between processes, held until it goes out of scope. It belongs to the open file, not to the process
/// (`flock(2)`), and ends with the process whatever happens.
public struct FileLock: ~Copyable {
  private let file: File

  public enum Kind: Sendable { case shared, exclusive }

  /// Locks `path`, which is made if it isn't there, and waits for others at most `patience` nanoseconds (without end when
  /// nil). An error with `wouldBlock` says that they still hold it.
  public init(_ path: String, _ kind: Kind = .exclusive, patience: Int64? = nil) throws(SystemError) {
    let file = try File(path, [.readWrite, .create])
    let operation = kind == .shared ? LOCK_SH : LOCK_EX
    guard let patience else {
      _ = try retrying32("flock", path: path) { flock(file.descriptor, operation) }
      self.file = file
      return
    }
    let end = monotonicNow() + patience
    var pause: Int64 = 1_000_000
    while true {
      if flock(file.descriptor, operation | LOCK_NB) == 0 { break }
      guard errno == EWOULDBLOCK || errno == EINTR, monotonicNow() < end else {
        throw SystemError.last("flock", path: path)
      }
      sleep(nanoseconds: pause)
      pause = min(pause * 2, 50_000_000)
    }
    self.file = file
  }

  /// The locked file, to read and write it.
  public var descriptor: Int32 { file.descriptor }

  /// Lets the lock go.
  public consuming func unlock() {}
}

/// Locks the open file `descriptor` until it is closed everywhere; false when another open file has the lock (`flock(2)`).
public func tryLock(_ descriptor: Int32) throws(SystemError) -> Bool {
  do throws(SystemError) {
    _ = try retrying32("flock") { flock(descriptor, LOCK_EX | LOCK_NB) }
    return true
  } catch {
    if error.wouldBlock { return false }
    throw error
  }
}
