internal import MailSystem

/// Which of its two directories a message lies in.
public enum Subdirectory: String, Sendable {
  /// Delivered, and not yet seen by any program that reads mail.
  case new
  case cur
}

/// Calls `body` with the file name of every message in the folder at `path`: first those in `new/`, then those in `cur/`,
/// as the file system lists them. The name lives only as long as the call. A name may be missing or come twice when other
/// programs rename files meanwhile.
public func forEachMessage(
  inFolder path: String, _ body: (Span<UInt8>, Subdirectory) throws -> Void
) throws {
  for subdirectory in [Subdirectory.new, .cur] { try forEachMessage(inFolder: path, subdirectory, body) }
}

/// The same for one of the two directories. A missing directory holds no messages.
public func forEachMessage(
  inFolder path: String, _ subdirectory: Subdirectory, _ body: (Span<UInt8>, Subdirectory) throws -> Void
) throws {
  let directory: File
  do throws(SystemError) {
    directory = try File("\(path)/\(subdirectory.rawValue)", [.read, .directory])
  } catch {
    if error.isNotFound { return }
    throw error
  }
  try forEachDirectoryEntry(of: directory) { name, type in
    if name[0] == UInt8(ascii: ".") || type == EntryType.directory { return }
    try body(name, subdirectory)
  }
}
