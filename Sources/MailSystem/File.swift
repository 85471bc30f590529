internal import CLinux
internal import Glibc

/// An open file. Closed when it goes out of scope; `close()` closes it earlier and says whether that went well.
public struct File: ~Copyable {
  /// How a file is opened.
  public struct Mode: OptionSet, Sendable {
    public let rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    public static let read = Mode(rawValue: O_RDONLY)
    public static let write = Mode(rawValue: O_WRONLY)
    public static let readWrite = Mode(rawValue: O_RDWR)
    public static let create = Mode(rawValue: O_CREAT)
    /// Fail when the file is there already.
    public static let exclusive = Mode(rawValue: O_CREAT | O_EXCL)
    public static let truncate = Mode(rawValue: O_TRUNC)
    public static let append = Mode(rawValue: O_APPEND)
    public static let directory = Mode(rawValue: O_DIRECTORY)
    /// Fail when the last component is a symbolic link.
    public static let noFollow = Mode(rawValue: O_NOFOLLOW)
    public static let nonBlocking = Mode(rawValue: O_NONBLOCK)
  }

  /// The number of the descriptor. It stays open as long as this value lives.
  public private(set) var descriptor: Int32
  /// The path it was opened by, for error messages.
  public let path: String?

  /// Takes over an open descriptor.
  public init(descriptor: Int32, path: String? = nil) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Opens `path`, relative to the directory `directory` if one is given. A new file gets `permissions`; nothing is passed
  /// on to child processes.
  public init(
    _ path: String, _ mode: Mode = .read, at directory: Int32? = nil, permissions: UInt32 = 0o600
  ) throws(SystemError) {
    let flags = mode.rawValue | O_CLOEXEC | O_NOCTTY
    descriptor = try retrying32("open", path: path) {
      unsafe openat(directory ?? AT_FDCWD, path, flags, mode_t(permissions))
    }
    self.path = path
  }

  deinit { if descriptor >= 0 { _ = Glibc.close(descriptor) } }

  /// Closes the file. The descriptor is free afterwards even when an error is thrown.
  public consuming func close() throws(SystemError) {
    let number = descriptor
    descriptor = -1
    // The descriptor is gone after EINTR as well, so there is nothing to try again.
    guard Glibc.close(number) == 0 || errno == EINTR else { throw SystemError.last("close", path: path) }
  }

  /// Gives the descriptor away; it is no longer closed by this value.
  public consuming func release() -> Int32 {
    let number = descriptor
    descriptor = -1
    return number
  }

  /// What the system knows about the file.
  public func status() throws(SystemError) -> FileStatus {
    var status = stat()
    _ = try retrying32("fstat", path: path) { unsafe fstat(descriptor, &status) }
    return FileStatus(status)
  }

  /// Reads at most `count` bytes behind the end of `buffer`; the number of bytes, 0 at the end of the file.
  public func read(into buffer: inout [UInt8], count: Int) throws(SystemError) -> Int {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: count))
    do throws(SystemError) {
      let result = try retrying("read", path: path) {
        unsafe buffer.withUnsafeMutableBytes {
          unsafe Glibc.read(descriptor, $0.baseAddress.map { unsafe $0 + start }, count)
        }
      }
      buffer.removeLast(count - result)
      return result
    } catch {
      buffer.removeLast(count)
      throw error
    }
  }

  /// Returns when everything written to the file system of `descriptor` is on the disk: cheaper than syncing many files.
  public func synchroniseFileSystem(_ descriptor: Int32, path: String? = nil) throws(SystemError) {
    _ = try retrying32("syncfs", path: path) { syncfs(descriptor) }
  }

  /// Writes all of `bytes`.
  public func write(_ bytes: [UInt8]) throws(SystemError) { try writeAll(bytes, to: descriptor, path: path) }
  /// Writes all of `bytes`.
  public func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) { try writeAll(bytes, to: descriptor, path: path) }

  /// Returns when the contents are on the disk.
  public func synchronise() throws(SystemError) { try MailSystem.synchronise(descriptor, path: path) }

  /// Moves the place where the next read or write happens to `offset` bytes from the start.
  public func seek(to offset: Int64) throws(SystemError) {
    _ = try retrying("lseek", path: path) { Int(lseek(descriptor, off_t(offset), SEEK_SET)) }
  }

  /// Cuts the file, or extends it with zeros, to `size` bytes.
  public func truncate(to size: Int64) throws(SystemError) {
    _ = try retrying32("ftruncate", path: path) { ftruncate(descriptor, off_t(size)) }
  }
}

/// Closes `descriptor`; it is free afterwards even when an error is thrown.
public func closeDescriptor(_ descriptor: Int32, path: String? = nil) throws(SystemError) {
  guard Glibc.close(descriptor) == 0 || errno == EINTR else { throw SystemError.last("close", path: path) }
}

/// Returns when the contents of `descriptor` are on the disk; for a directory, its entries.
public func synchronise(_ descriptor: Int32, path: String? = nil) throws(SystemError) {
  _ = try retrying32("fsync", path: path) { fsync(descriptor) }
}

/// Lets the system begin to write what it holds of a file. Only a request; `synchronise` waits for it.
public func beginWriting(_ descriptor: Int32) {
  _ = sync_file_range(descriptor, 0, 0, UInt32(CLINUX_SYNC_FILE_RANGE_WRITE))
}

/// Returns when everything written to the file system of `descriptor` is on the disk: cheaper than syncing many files.
public func synchroniseFileSystem(_ descriptor: Int32, path: String? = nil) throws(SystemError) {
  _ = try retrying32("syncfs", path: path) { syncfs(descriptor) }
}

/// Returns when the entries of the directory `path` are on the disk.
public func synchroniseDirectory(_ path: String) throws(SystemError) {
  let directory = try File(path, [.read, .directory])
  try directory.synchronise()
}

/// Writes all of `bytes`, however many calls that takes.
public func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String? = nil) throws(SystemError) {
  var rest = unsafe bytes[...]
  while unsafe !rest.isEmpty {
    let written = try retrying("write", path: path) {
      let part = unsafe UnsafeRawBufferPointer(rebasing: rest)
      return unsafe Glibc.write(descriptor, part.baseAddress, part.count)
    }
    // A regular file that takes nothing and names no error is full for all we know.
    guard written > 0 else { throw SystemError(call: "write", path: path, errno: ENOSPC) }
    unsafe rest = unsafe rest.dropFirst(written)
  }
}

/// Writes all of `bytes`, however many calls that takes.
public func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String? = nil) throws(SystemError) {
  try writeAll(bytes[...], to: descriptor, path: path)
}

/// Writes all of `bytes`, however many calls that takes.
public func writeAll(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, path: String? = nil) throws(SystemError) {
  try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(SystemError) -> Void in
    try unsafe writeAll(UnsafeRawBufferPointer(buffer), to: descriptor, path: path)
  }
}

/// Writes all of `text` as UTF-8.
public func writeAll(_ text: String, to descriptor: Int32) throws(SystemError) {
  try writeAll(Array(text.utf8), to: descriptor)
}
