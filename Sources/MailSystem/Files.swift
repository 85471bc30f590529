internal import CLinux
internal import Glibc

/// The contents of the file `path`, at most `limit` bytes of them.
public func readFile(_ path: String, limit: Int = .max) throws(SystemError) -> [UInt8] {
  try readFile(path, at: AT_FDCWD, limit: limit).bytes
}

/// The contents of the file `path`, at most `limit` bytes of them, and what the system knows about the whole file.
public func readFileWithStatus(
  _ path: String, limit: Int = .max
) throws(SystemError) -> (bytes: [UInt8], status: FileStatus) {
  try readFile(path, at: AT_FDCWD, limit: limit)
}

/// The contents of the file `path`, relative to the open directory `directory`, at most `limit` bytes of them, and what the
/// system knows about the whole file.
public func readFile(
  _ path: String, at directory: Int32, limit: Int = .max
) throws(SystemError) -> (bytes: [UInt8], status: FileStatus) {
  let file = try File(path, at: directory)
  let status = try file.status()
  if status.isDirectory { throw SystemError(call: "read", path: path, errno: EISDIR) }
  if status.isRegular, status.size > 0 {
    let wanted = Int(min(status.size, Int64(clamping: limit)))
    return (try readExactly(wanted, from: file), status)
  }
  return (try readToEnd(file.descriptor, limit: limit, path: path), status)
}

/// Everything that can be read from `descriptor`, at most `limit` bytes.
public func readToEnd(_ descriptor: Int32, limit: Int = .max, path: String? = nil) throws(SystemError) -> [UInt8] {
  var bytes: [UInt8] = []
  let step = 65_536
  while bytes.count < limit {
    let start = bytes.count
    let wanted = min(max(step, start), limit - start)
    bytes.reserveCapacity(start + wanted)
    bytes.append(contentsOf: repeatElement(0, count: wanted))
    let got = try readOnce(descriptor, into: &bytes, at: start, count: wanted, path: path)
    bytes.removeLast(wanted - got)
    if got == 0 { break }
  }
  return bytes
}

private func readOnce(
  _ descriptor: Int32, into bytes: inout [UInt8], at start: Int, count: Int, path: String?
) throws(SystemError) -> Int {
  try unsafe bytes.withUnsafeMutableBufferPointer { (buffer) throws(SystemError) -> Int in
    try retrying("read", path: path) {
      unsafe read(descriptor, buffer.baseAddress.map { unsafe $0 + start }, count)
    }
  }
}

/// Reads `count` bytes, or fewer when the file has become shorter meanwhile, with one allocation.
private func readExactly(_ count: Int, from file: borrowing File) throws(SystemError) -> [UInt8] {
  let descriptor = file.descriptor
  var failure: Int32 = 0
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    while filled < count {
      let got = unsafe read(descriptor, buffer.baseAddress.map { unsafe $0 + filled }, count - filled)
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
  if failure != 0 { throw SystemError(call: "read", path: file.path, errno: failure) }
  return bytes
}

/// Writes `bytes` to `path` so that after a crash either the old or the new contents are there, whole: a file beside it,
/// synced, renamed over it, directory synced.
public func replaceFile(_ path: String, with bytes: [UInt8], permissions: UInt32 = 0o600) throws(SystemError) {
  let temporary = "\(path).\(processID()).new"
  do throws(SystemError) {
    let file = try File(temporary, [.write, .create, .truncate], permissions: permissions)
    try file.write(bytes)
    try file.synchronise()
    try file.close()
    try renameFile(temporary, to: path)
  } catch {
    try? removeFile(temporary)  // the first error is the one to tell
    throw error
  }
  try synchroniseDirectory(parentDirectory(of: path))
}

/// Renames a file; an existing target is replaced. Paths are relative to the open directories, if given.
public func renameFile(
  _ old: String, at oldDirectory: Int32? = nil, to new: String, at newDirectory: Int32? = nil
) throws(SystemError) {
  _ = try retrying32("rename", path: old) {
    unsafe renameat(oldDirectory ?? AT_FDCWD, old, newDirectory ?? AT_FDCWD, new)
  }
}

/// Renames a file and fails when the target is there already.
public func renameFileExclusively(
  _ old: String, at oldDirectory: Int32? = nil, to new: String, at newDirectory: Int32? = nil
) throws(SystemError) {
  let (from, to) = (oldDirectory ?? AT_FDCWD, newDirectory ?? AT_FDCWD)
  do throws(SystemError) {
    _ = try retrying32("rename", path: new) { unsafe renameat2(from, old, to, new, UInt32(CLINUX_RENAME_NOREPLACE)) }
  } catch {
    guard error.errno == EINVAL || error.errno == ENOSYS else { throw error }
    // QUIRK: NFS and some FUSE file systems know no RENAME_NOREPLACE; link(2) fails on an existing target as well.
    try linkFile(old, at: from, to: new, at: to)
    try removeFile(old, at: from)
  }
}

/// Renames a directory and fails when the target is there already.
public func renameDirectory(_ old: String, to new: String) throws(SystemError) {
  do throws(SystemError) {
    _ = try retrying32("rename", path: new) {
      unsafe renameat2(AT_FDCWD, old, AT_FDCWD, new, UInt32(CLINUX_RENAME_NOREPLACE))
    }
  } catch {
    guard error.errno == EINVAL || error.errno == ENOSYS else { throw error }
    // QUIRK: NFS and some FUSE file systems know no RENAME_NOREPLACE; rename(2) itself replaces only an empty directory,
    // and a Maildir is none.
    do throws(SystemError) {
      _ = try fileStatus(new, followLinks: false)
    } catch {
      guard error.isNotFound else { throw error }
      return try renameFile(old, to: new)
    }
    throw SystemError(call: "rename", path: new, errno: EEXIST)
  }
}

/// Gives the file `old` the second name `new`; with `followLinks` the file that a symbolic link leads to.
public func linkFile(
  _ old: String, at oldDirectory: Int32? = nil, to new: String, at newDirectory: Int32? = nil, followLinks: Bool = false
) throws(SystemError) {
  _ = try retrying32("link", path: new) {
    unsafe linkat(
      oldDirectory ?? AT_FDCWD, old, newDirectory ?? AT_FDCWD, new, followLinks ? AT_SYMLINK_FOLLOW : 0)
  }
}

/// Writes a second file with the contents and the modification time of `path`, synced. False: there is none to copy. After
/// an error nothing is left of it.
public func copyFile(_ path: String, to copy: String) throws(SystemError) -> Bool {
  let source: File
  do throws(SystemError) { source = try File(path) } catch {
    guard error.isNotFound else { throw error }
    return false
  }
  let target = try File(copy, [.write, .exclusive])
  do throws(SystemError) {
    while true {
      let piece = try readToEnd(source.descriptor, limit: 1 << 20, path: path)
      if piece.isEmpty { break }
      try target.write(piece)
    }
    try setModificationTime(copy, to: source.status().modificationTime)
    try target.synchronise()
    try target.close()
    return true
  } catch {
    // The error says what is wrong; a file that can't be removed either is left to whoever cleans up.
    try? removeFile(copy)
    throw error
  }
}

/// Removes a file.
public func removeFile(_ path: String, at directory: Int32? = nil) throws(SystemError) {
  _ = try retrying32("unlink", path: path) { unsafe unlinkat(directory ?? AT_FDCWD, path, 0) }
}

/// Removes an empty directory.
public func removeDirectory(_ path: String) throws(SystemError) {
  _ = try retrying32("rmdir", path: path) { unsafe rmdir(path) }
}

/// Sets the access and modification times of a file, in nanoseconds since 1970.
public func setModificationTime(_ path: String, to time: Int64, at directory: Int32? = nil) throws(SystemError) {
  let (seconds, rest) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
  let value = timespec(tv_sec: Int(seconds), tv_nsec: Int(rest))
  let times = [value, value]
  _ = try retrying32("utimensat", path: path) { unsafe utimensat(directory ?? AT_FDCWD, path, times, 0) }
}

/// Changes the permission bits of a file.
public func setPermissions(_ path: String, to permissions: UInt32) throws(SystemError) {
  _ = try retrying32("chmod", path: path) { unsafe chmod(path, mode_t(permissions)) }
}
