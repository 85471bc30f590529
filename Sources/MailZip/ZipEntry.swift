/// A file or directory in a zip file.
public struct ZipEntry: Sendable, Equatable {
  /// The name with `/` between directories; decoded by UTF-8 or, where the entry is older than that, by code page 437.
  public let name: String
  /// The size of the contents in bytes, as claimed; reading holds it against what is there.
  public let size: Int64
  /// The size in the file, in bytes.
  public let packedSize: Int64
  /// When the file was last changed, seconds since 1970. Nil where the entry gives no valid time.
  public let modified: Int64?
  public let isDirectory: Bool
  /// Why the entry is not to be used; nil for a good one. Reading it throws this.
  public internal(set) var problem: ZipProblem?

  let nameBytes: [UInt8]
  let method: Int
  let checksum: UInt32
  /// Where its local header begins in the file.
  let offset: Int64
}

/// Why `name` must not be used as the name of a file; nil when it may.
func problem(withName name: String) -> String? {
  if name.isEmpty { return "empty" }
  if name.utf8.first == UInt8(ascii: "/") { return "it begins with /" }
  if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
    return "it contains a control character"
  }
  let bytes = Array(name.utf8.prefix(2))
  if bytes.count == 2, bytes[1] == UInt8(ascii: ":"), (bytes[0] | 0x20) &- UInt8(ascii: "a") < 26 {
    return "it begins with a drive letter"
  }
  let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  if parts.contains(where: { $0.elementsEqual("..".utf8) }) { return "it contains .." }
  if name.utf8.count > 4_096 { return "it is too long" }
  return nil
}
