public import MailSystem

/// Writes one message into a folder so that at every moment either none of it or all of it is there: a file in `tmp/`,
/// synced, renamed into `new/` or `cur/`, the directory synced. Going out of scope before `commit` removes what was written.
public struct MessageWriter: ~Copyable {
  /// The key the message will have.
  public private(set) var key: String
  /// The bytes written so far.
  public private(set) var size: Int64 = 0
  /// The bytes written so far, had every line ended in CRLF.
  public var wireSize: Int64 { size + bareLines }
  /// The file in `tmp/`.
  public let temporaryPath: String
  /// The open file in `tmp/`, for reading what was written; open until `commit`.
  public let descriptor: Int32

  private let folder: String
  private var isOpen = true
  private var bareLines: Int64 = 0
  private var lastByte: UInt8 = 0
  private var isFinished = false

  /// Opens a new file in `tmp/` of the folder at `folder`. An error with `isNotFound` says that the folder isn't there.
  public init(folder: String) throws(SystemError) {
    self.folder = folder
    var attempts = 3
    while true {
      let key = uniqueKey()
      let path = "\(folder)/tmp/\(key)"
      do throws(SystemError) {
        let file = try File(path, [.readWrite, .exclusive])
        descriptor = file.release()
        self.key = key
        temporaryPath = path
        return
      } catch {
        attempts -= 1
        guard error.isExisting, attempts > 0 else { throw error }
      }
    }
  }

  deinit {
    // Nothing can be done here about a file that stays: it is removed after 36 hours.
    if isOpen { try? closeDescriptor(descriptor) }
    if !isFinished { try? removeFile(temporaryPath) }
  }

  /// Writes `bytes` behind what is there.
  public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    guard unsafe !bytes.isEmpty else { return }
    let written = unsafe Span<UInt8>(_unsafeBytes: bytes)
    var (count, last) = (Int64(0), lastByte)
    for index in written.indices {
      let byte = written[index]
      if byte == 10, last != 13 { count += 1 }
      last = byte
    }
    try unsafe writeAll(bytes, to: descriptor, path: temporaryPath)
    (bareLines, lastByte, size) = (bareLines + count, last, size + Int64(bytes.count))
  }

  /// Writes `bytes` behind what is there.
  public mutating func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
    try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(SystemError) -> Void in
      try unsafe write(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Writes `bytes` behind what is there.
  public mutating func write(_ bytes: [UInt8]) throws(SystemError) { try write(bytes[...]) }

  /// Makes the message appear in `folder` (where it was written, if nil), and returns its path when it is on the disk.
  /// With `isDurable` false the caller syncs the directory later. After an error the message is
  /// nowhere, and `commit` may be tried again.
  public mutating func commit(
    to folder: String? = nil, _ subdirectory: Subdirectory = .new, flags: MaildirFlags = [],
    modificationTime: Int64? = nil, isDurable: Bool = true
  ) throws(SystemError) -> String {
    if let modificationTime { try setModificationTime(temporaryPath, to: modificationTime) }
    // INVARIANT: contents synced, then renamed, then the directory synced, and only then success.
    if isOpen {
      try synchronise(descriptor, path: temporaryPath)
      isOpen = false
      try closeDescriptor(descriptor, path: temporaryPath)
    }

    let directory = "\(folder ?? self.folder)/\(subdirectory.rawValue)"
    let name = MessageName(key: key, size: size, wireSize: wireSize, flags: flags)
    let path = "\(directory)/\(subdirectory == .new ? name.newFileName : name.fileName)"
    do throws(SystemError) {
      try renameFileExclusively(temporaryPath, to: path)
    } catch {
      guard error.isOtherFileSystem, let folder, folder != self.folder else { throw error }
      return try copy(to: folder, subdirectory, flags: flags, modificationTime: modificationTime, isDurable: isDurable)
    }
    isFinished = true
    guard isDurable else { return path }
    do throws(SystemError) {
      try synchroniseDirectory(directory)
    } catch {
      // The caller will say that the message was not accepted, so it must not stay. Whether this works is out of our hands.
      try? removeFile(path)
      throw error
    }
    return path
  }

  /// Writes the message once more, in a folder on another file system; the first file goes with this writer.
  private func copy(
    to folder: String, _ subdirectory: Subdirectory, flags: MaildirFlags, modificationTime: Int64?, isDurable: Bool
  ) throws(SystemError) -> String {
    let source = try File(temporaryPath)
    var copy = try MessageWriter(folder: folder)
    while true {
      let piece = try readToEnd(source.descriptor, limit: 1 << 20, path: temporaryPath)
      if piece.isEmpty { break }
      try copy.write(piece)
    }
    return try copy.commit(
      to: nil, subdirectory, flags: flags, modificationTime: modificationTime, isDurable: isDurable)
  }
}
