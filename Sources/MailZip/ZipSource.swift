internal import MailSystem

/// Where the bytes of a zip file are: in a file, or in memory.
enum ZipSource {
  case file(Int32)
  case memory([UInt8])

  /// The `count` bytes at `offset`, or fewer where the file ends.
  func bytes(at offset: Int64, count: Int, path: String) throws(ZipError) -> [UInt8] {
    switch self {
    case .file(let descriptor):
      do throws(SystemError) {
        return try readBytes(descriptor, at: offset, count: count, path: path)
      } catch {
        throw .system(error)
      }
    case .memory(let bytes):
      let start = min(Int(offset), bytes.count)
      return Array(bytes[start..<min(start + count, bytes.count)])
    }
  }
}
