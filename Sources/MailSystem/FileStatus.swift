internal import Glibc

/// What the system knows about a file: the fields of `struct stat` that mail needs.
public struct FileStatus: Sendable, Equatable {
  public let size: Int64
  /// Nanoseconds since 1970.
  public let modificationTime: Int64
  /// Nanoseconds since 1970.
  public let changeTime: Int64
  public let uid: UInt32
  public let gid: UInt32
  /// Type and permission bits.
  public let mode: UInt32
  public let inode: UInt64
  public let device: UInt64
  public let linkCount: Int

  public var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
  public var isRegular: Bool { mode & S_IFMT == S_IFREG }
  public var isPipe: Bool { mode & S_IFMT == S_IFIFO }
  public var isSymbolicLink: Bool { mode & S_IFMT == S_IFLNK }
  /// The permission bits alone.
  public var permissions: UInt32 { mode & 0o7777 }
  /// Somebody besides the owner may write.
  public var isWritableByOthers: Bool { mode & 0o022 != 0 }

  /// Why the user `uid` must not rely on what the file says: it belongs to somebody else (and not to root), or others may
  /// write to it. Nil when nothing speaks against it.
  public func trustProblem(for uid: UInt32) -> String? {
    if self.uid != uid, self.uid != 0 { return "belongs to another user" }
    return isWritableByOthers ? "others may write to it" : nil
  }

  init(_ status: stat) {
    size = Int64(status.st_size)
    modificationTime = nanoseconds(status.st_mtim)
    changeTime = nanoseconds(status.st_ctim)
    uid = status.st_uid
    gid = status.st_gid
    mode = status.st_mode
    inode = UInt64(status.st_ino)
    device = UInt64(status.st_dev)
    linkCount = Int(status.st_nlink)
  }
}

/// What the system knows about `path`, relative to `directory` if one is given.
public func fileStatus(
  _ path: String, at directory: Int32? = nil, followLinks: Bool = true
) throws(SystemError) -> FileStatus {
  var status = stat()
  let flags = followLinks ? 0 : AT_SYMLINK_NOFOLLOW
  _ = try retrying32("stat", path: path) { unsafe fstatat(directory ?? AT_FDCWD, path, &status, flags) }
  return FileStatus(status)
}

/// `path` is a directory, or a symbolic link to one. What can't be looked at is none.
public func isDirectory(_ path: String, at directory: Int32? = nil) -> Bool {
  var status = stat()
  return unsafe fstatat(directory ?? AT_FDCWD, path, &status, 0) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// The process may write to `path`, by its effective user and by the file system.
public func isWritable(_ path: String) -> Bool { unsafe faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 }

/// Nanoseconds since 1970; a file can have times outside the years 1678 to 2262, which are taken as the nearest of those.
private func nanoseconds(_ time: timespec) -> Int64 {
  let limit = Int64.max / 1_000_000_000 - 1
  return min(max(Int64(time.tv_sec), -limit), limit) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// A second descriptor for what `descriptor` is open on, which child processes don't get.
public func duplicate(_ descriptor: Int32) throws(SystemError) -> Int32 {
  try retrying32("dup", path: nil) { fcntl(descriptor, F_DUPFD_CLOEXEC, 3) }
}
