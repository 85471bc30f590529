internal import Glibc

/// A system call that failed: which, on what, and why.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name of the call, such as "open".
  public let call: String
  /// The file the call was about, if it was about one.
  public let path: String?
  /// The value of `errno`.
  public let errno: Int32

  public init(call: String, path: String? = nil, errno: Int32) {
    self.call = call
    self.path = path
    self.errno = errno
  }

  /// The error of the call that has just failed. The one place where `errno` is read.
  @inline(never)
  package static func last(_ call: String, path: String? = nil) -> SystemError {
    SystemError(call: call, path: path, errno: Glibc.errno)
  }

  /// The error for an argument that no system call need be asked about.
  public static func invalidArgument(_ call: String, path: String? = nil) -> SystemError {
    SystemError(call: call, path: path, errno: EINVAL)
  }

  /// The error for memory that the system doesn't give.
  public static func outOfMemory(_ call: String) -> SystemError { SystemError(call: call, errno: ENOMEM) }

  /// The error for a file that isn't there.
  public static func notFound(_ call: String, path: String) -> SystemError {
    SystemError(call: call, path: path, errno: ENOENT)
  }

  /// The error for a directory where a file was wanted.
  public static func isDirectory(_ path: String) -> SystemError {
    SystemError(call: "read", path: path, errno: EISDIR)
  }

  /// The same work may succeed later, without anyone repairing anything in the message or the command.
  public var isTemporary: Bool {
    switch errno {
    case ENOSPC, EDQUOT, EIO, EROFS, EMFILE, ENFILE, ENOMEM, EAGAIN, EINTR, EBUSY, ENOLCK, ESTALE, ETIMEDOUT, ENOBUFS,
      EFBIG, ETXTBSY, EDEADLK:
      true
    default: false
    }
  }

  /// The error for a lock that another process held for too long.
  public static func busy(_ call: String, path: String) -> SystemError {
    SystemError(call: call, path: path, errno: EAGAIN)
  }

  /// What `call` was to do took too long.
  public static func timeOut(_ call: String, path: String? = nil) -> SystemError {
    SystemError(call: call, path: path, errno: ETIMEDOUT)
  }

  /// It took too long.
  public var isTimeOut: Bool { errno == ETIMEDOUT }

  /// There is no such file or directory.
  public var isNotFound: Bool { errno == ENOENT || errno == ENOTDIR }
  /// Nothing can be made by this name: something else is there, or it is none that the file system takes.
  public var isAboutName: Bool { [EEXIST, ENOTDIR, ENAMETOOLONG, EINVAL, EILSEQ, ELOOP].contains(errno) }
  /// The file is there already.
  public var isExisting: Bool { errno == EEXIST || errno == ENOTEMPTY }
  /// The permission is missing.
  public var isNotPermitted: Bool { errno == EACCES || errno == EPERM }
  /// The file system is mounted read-only.
  public var isReadOnly: Bool { errno == EROFS }
  /// Nobody reads the other end of a pipe or socket any more.
  public var isBrokenPipe: Bool { errno == EPIPE }
  /// A lock is held by another process, or a descriptor has nothing to give yet.
  public var wouldBlock: Bool { errno == EAGAIN || errno == EWOULDBLOCK }
  /// The other name lies on another file system.
  public var isOtherFileSystem: Bool { errno == EXDEV }
  /// The disk is full, or the user's share of it.
  public var isFull: Bool { errno == ENOSPC || errno == EDQUOT || errno == EFBIG }

  /// The system's words for the error, such as "no such file or directory".
  public var reason: String { errorText(errno) }

  public var description: String {
    if let path { "\(path): \(reason) (\(call))" } else { "\(reason) (\(call))" }
  }
}

/// The system's words for an error number, with a small first letter.
private func errorText(_ number: Int32) -> String {
  guard let pointer = unsafe strerror(number) else { return "error \(number)" }
  let text = unsafe String(cString: pointer)
  guard let first = text.first else { return "error \(number)" }
  return first.lowercased() + text.dropFirst()
}

/// Calls `body` again as long as a signal interrupts it; a result of -1 becomes an error.
@inline(__always)
package func retrying(_ call: String, path: String? = nil, _ body: () -> Int) throws(SystemError) -> Int {
  while true {
    let result = body()
    if result >= 0 { return result }
    if errno == EINTR { continue }
    throw SystemError.last(call, path: path)
  }
}

/// The same for calls that give an `Int32`.
@inline(__always)
package func retrying32(_ call: String, path: String? = nil, _ body: () -> Int32) throws(SystemError) -> Int32 {
  while true {
    let result = body()
    if result >= 0 { return result }
    if errno == EINTR { continue }
    throw SystemError.last(call, path: path)
  }
}
