public import MailSystem

/// Writes a zip file from its first byte to its last. The same entries in the same order give the same bytes.
///
/// What only large files need (zip64) is written only when they need it.
public struct ZipWriter: ~Copyable {
  private let descriptor: Int32
  private let path: String?
  /// The place in the file where the next byte goes.
  public private(set) var offset: Int64
  /// The number of entries so far.
  public private(set) var count = 0
  private var buffer: [UInt8] = []
  private var directory: [UInt8] = []

  /// A zip file that is written to `descriptor`, which is at its start; `path` is for messages.
  public init(_ descriptor: Int32, path: String? = nil) {
    self.init(descriptor, path: path, offset: 0)
  }

  init(_ descriptor: Int32, path: String? = nil, offset: Int64) {
    self.descriptor = descriptor
    self.path = path
    self.offset = offset
  }

  /// Adds a file called `name`, with `/` between directories, last changed at `modified` (seconds since 1970).
  public mutating func add(_ entry: PackedEntry, name: String, modified: Int64) throws(SystemError) {
    let name = Array(name.utf8)
    precondition(name.count <= 65_535, "a name in a zip file has at most 65,535 bytes")
    let start = offset
    append(header(entry, name: name, modified: modified, at: start, isCentral: false))
    if buffer.count + entry.data.count > 1 << 20 { try flush() }
    if entry.data.count > 1 << 19 {
      try writeAll(entry.data, to: descriptor, path: path)
      offset += Int64(entry.data.count)
    } else {
      append(entry.data)
    }
    directory += header(entry, name: name, modified: modified, at: start, isCentral: true)
    count += 1
  }

  /// Writes the list of entries and the end. The file is not synced.
  public mutating func finish() throws(SystemError) {
    let (start, size) = (offset, Int64(directory.count))
    try flush()
    try writeAll(directory, to: descriptor, path: path)
    offset += size
    directory = []
    var end: [UInt8] = []
    if count >= 0xFFFF || start >= 0xFFFF_FFFF || size >= 0xFFFF_FFFF {
      end.append(long: Record.end64)
      end.append(quad: Int64(Record.end64Length - 12))
      end.append(word: madeBy)
      end.append(word: 45)
      end.append(quad: 0)
      end.append(quad: Int64(count))
      end.append(quad: Int64(count))
      end.append(quad: size)
      end.append(quad: start)
      end.append(long: Record.locator64)
      end.append(long: 0)
      end.append(quad: offset)
      end.append(long: 1)
    }
    end.append(long: Record.end)
    end.append(long: 0)
    end.append(word: min(count, 0xFFFF))
    end.append(word: min(count, 0xFFFF))
    end.append(long: min(size, 0xFFFF_FFFF))
    end.append(long: min(start, 0xFFFF_FFFF))
    end.append(word: 0)
    append(end)
    try flush()
  }

  private mutating func append(_ bytes: [UInt8]) {
    buffer += bytes
    offset += Int64(bytes.count)
  }

  private mutating func flush() throws(SystemError) {
    try writeAll(buffer, to: descriptor, path: path)
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Unix, so that a file unpacked there has the rights written below; version 4.5 of the format.
private let madeBy = 3 << 8 | 45

/// The header of an entry: in front of its contents, or in the list of entries.
private func header(
  _ entry: PackedEntry, name: [UInt8], modified: Int64, at offset: Int64, isCentral: Bool
) -> [UInt8] {
  let packedSize = Int64(entry.data.count)
  let large: Int64 = 0xFFFF_FFFF
  var wide: [UInt8] = []
  // Both sizes in front of the contents, in the list only what doesn't fit.
  let isWide = entry.size >= large || packedSize >= large
  if isWide, !isCentral || entry.size >= large { wide.append(quad: entry.size) }
  if isWide, !isCentral || packedSize >= large { wide.append(quad: packedSize) }
  if isCentral, offset >= large { wide.append(quad: offset) }
  var extra: [UInt8] = []
  if !wide.isEmpty {
    extra.append(word: Record.extra64)
    extra.append(word: wide.count)
    extra += wide
  }
  if let seconds = Int32(exactly: modified) {
    extra.append(word: Record.extraTime)
    extra.append(word: 5)
    extra.append(1)
    extra.append(long: Int64(seconds))
  }
  let (time, date) = packedTime(modified)
  var header: [UInt8] = []
  header.reserveCapacity(Record.centralHeaderLength + name.count + extra.count)
  header.append(long: isCentral ? Record.centralHeader : Record.localHeader)
  if isCentral { header.append(word: madeBy) }
  header.append(word: wide.isEmpty ? 20 : 45)
  // Bit 11: the name is UTF-8.
  header.append(word: 1 << 11)
  header.append(word: entry.method)
  header.append(word: time)
  header.append(word: date)
  header.append(long: Int64(entry.checksum))
  let isLocalWide = isWide && !isCentral
  header.append(long: isLocalWide ? large : min(packedSize, large))
  header.append(long: isLocalWide ? large : min(entry.size, large))
  header.append(word: name.count)
  header.append(word: extra.count)
  if isCentral {
    header.append(word: 0)
    header.append(word: 0)
    header.append(word: 0)
    // A regular file that its owner may read and write.
    header.append(long: 0o100600 << 16)
    header.append(long: min(offset, large))
  }
  return header + name + extra
}
