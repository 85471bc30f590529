internal import CLinux
internal import Glibc

/// The type of a directory entry as `getdents64(2)` gives it; `unknown` where the file system doesn't say.
public enum EntryType {
  public static let unknown: UInt8 = 0
  public static let directory: UInt8 = 4
  public static let regular: UInt8 = 8
  public static let symbolicLink: UInt8 = 10
}

/// Calls `body` with the name and type (see `EntryType`) of every entry of the directory `path`, except `.` and `..`, in the
/// order the file system gives them. The name lives only as long as the call.
public func forEachDirectoryEntry(
  at path: String, _ body: (Span<UInt8>, UInt8) throws -> Void
) throws {
  let directory = try File(path, [.read, .directory])
  try forEachDirectoryEntry(of: directory, body)
}

/// The same for an open directory, from where its descriptor stands.
public func forEachDirectoryEntry(
  of directory: borrowing File, _ body: (Span<UInt8>, UInt8) throws -> Void
) throws {
  let size = 131_072
  let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
  defer { unsafe buffer.deallocate() }
  let descriptor = directory.descriptor
  while true {
    let count = try retrying("getdents64", path: directory.path) { unsafe getdents64(descriptor, buffer, size) }
    if count == 0 { return }
    var offset = 0
    while offset < count {
      // struct dirent64: inode 8 bytes, offset 8, record length 2, type 1, name up to a NUL.
      let record = unsafe buffer + offset
      let length = Int(unsafe record.load(fromByteOffset: 16, as: UInt16.self))
      let type = unsafe record.load(fromByteOffset: 18, as: UInt8.self)
      let name = unsafe (record + 19).assumingMemoryBound(to: UInt8.self)
      let nameLength = unsafe strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
      offset += length
      if unsafe name[0] == UInt8(ascii: "."),
        unsafe nameLength == 1 || (nameLength == 2 && name[1] == UInt8(ascii: "."))
      {
        continue
      }
      try unsafe body(Span(_unsafeStart: UnsafePointer(name), count: nameLength), type)
    }
  }
}

/// The names in the directory `path`, unsorted.
public func directoryEntries(_ path: String) throws(SystemError) -> [String] {
  var names: [String] = []
  do {
    try forEachDirectoryEntry(at: path) { name, _ in names.append(string(name)) }
  } catch let error as SystemError {
    throw error
  } catch {
    // The closure above throws nothing.
  }
  return names
}

/// `bytes` as a string; what isn't UTF-8 becomes U+FFFD.
func string(_ bytes: Span<UInt8>) -> String {
  unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
}
