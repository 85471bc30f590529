internal import MailSystem

/// What a file holds, to be read more than once: the file itself, or what came out of a pipe or a device.
final class FileContent {
  let path: String
  let count: Int
  private let file: File
  private let spool: Spool?

  /// Opens the file `path` (`-` is standard input), which must not have more than `limit` octets.
  init(_ path: String, limit: Int) throws(AttachError) {
    self.path = path
    let file = File(descriptor: try Self.open(path), path: path)
    let status: FileStatus
    do throws(SystemError) {
      status = try file.status()
    } catch {
      throw .system(error)
    }
    if status.isDirectory { throw .isDirectory(path) }
    if status.isRegular, path != "-" {
      guard status.size <= Int64(limit) else { throw .tooLarge(path, limit: limit) }
      count = Int(status.size)
      spool = nil
    } else {
      let spool = try Self.spooled(file.descriptor, path: path, limit: limit)
      count = spool.count
      self.spool = spool
    }
    self.file = file
  }

  private static func open(_ path: String) throws(AttachError) -> Int32 {
    do throws(SystemError) {
      return path == "-" ? try duplicate(standardInput) : try File(path).release()
    } catch {
      throw .system(error)
    }
  }

  private static func spooled(_ descriptor: Int32, path: String, limit: Int) throws(AttachError) -> Spool {
    let spool = Spool()
    do throws(SystemError) {
      try spool.write(from: descriptor, limit: limit + 1)
    } catch {
      throw .system(SystemError(call: error.call, path: error.path ?? path, errno: error.errno))
    }
    if spool.count > limit { throw .tooLarge(path, limit: limit) }
    return spool
  }

  /// Hands over everything in pieces of `size` octets, the last one shorter.
  func forEachPiece(of size: Int, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    if let spool {
      var held: [UInt8] = []
      try spool.forEachPiece { piece in
        held += piece
        while held.count >= size {
          try body(held[..<size])
          held.removeFirst(size)
        }
      }
      if !held.isEmpty { try body(held[...]) }
      return
    }
    var offset = 0
    while offset < count {
      let wanted = min(size, count - offset)
      let piece = try readBytes(file.descriptor, at: Int64(offset), count: wanted, path: path)
      guard piece.count == wanted else { throw AttachError.changed(path) }
      try body(piece[...])
      offset += wanted
    }
  }

  /// It can be opened again.
  var isFile: Bool { spool == nil }

  /// The first octets.
  func head(_ size: Int) throws -> [UInt8] {
    var head: [UInt8] = []
    do {
      try forEachPiece(of: max(size, 1)) {
        head = Array($0)
        throw Enough()
      }
    } catch is Enough {}
    return head
  }

  /// Everything.
  func bytes() throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    try forEachPiece(of: 64 << 10) { bytes += $0 }
    return bytes
  }

  private struct Enough: Error {}
}
