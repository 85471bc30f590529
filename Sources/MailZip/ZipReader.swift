internal import MailSystem

/// A zip file that is open for reading.
///
/// The list of entries is read and held against the limits when it is opened; contents are read one at a time, and several
/// threads may do so. Entries never lie over each other, and unpack to what they claim or not at all.
@safe public final class ZipReader: Sendable {
  /// The file's name, for messages.
  public let path: String
  /// All entries, in the order of the list in the file. Those with a `problem` are there too, and can't be read.
  public let entries: [ZipEntry]

  private let source: ZipSource
  private let size: Int64
  private let tools = Pool<Decompressor>()

  /// Opens the zip file at `path`.
  public convenience init(_ path: String, limits: ZipLimits = .standard) throws(ZipError) {
    let descriptor: Int32
    let size: Int64
    do throws(SystemError) {
      let file = try File(path)
      let status = try file.status()
      if status.isDirectory { throw SystemError.isDirectory(path) }
      // Only of a file is the end known before the start is read.
      guard status.isRegular else { throw SystemError.invalidArgument("open", path: path) }
      size = status.size
      descriptor = file.release()
    } catch {
      throw .system(error)
    }
    try self.init(.file(descriptor), size: size, path: path, limits: limits)
  }

  /// Reads the zip file with the contents `bytes`; `path` is for messages.
  public convenience init(_ bytes: [UInt8], path: String, limits: ZipLimits = .standard) throws(ZipError) {
    try self.init(.memory(bytes), size: Int64(bytes.count), path: path, limits: limits)
  }

  private init(_ source: ZipSource, size: Int64, path: String, limits: ZipLimits) throws(ZipError) {
    self.source = source
    self.size = size
    self.path = path
    do throws(ZipError) {
      let directory = try ZipDirectory(source, fileSize: size, path: path, limits: limits)
      entries = try readEntries(source, directory, fileSize: size, path: path, limits: limits)
    } catch {
      if case .file(let descriptor) = source { try? closeDescriptor(descriptor) }  // the first error is the one to tell
      throw error
    }
  }

  deinit {
    // Nothing was written that closing could lose.
    if case .file(let descriptor) = source { try? closeDescriptor(descriptor) }
  }

  /// The contents of `entry`, which match its size and its checksum.
  public func read(_ entry: ZipEntry) throws(ZipError) -> [UInt8] {
    if let problem = entry.problem { throw failure(entry, problem) }
    let fixed = Record.localHeaderLength
    // Most headers have extra fields no longer than this, so one call reads all.
    let guess = fixed + entry.nameBytes.count + 64
    let count = Int(min(Int64(guess) + entry.packedSize, size - entry.offset))
    var bytes = try source.bytes(at: entry.offset, count: count, path: path)
    guard bytes.count >= fixed, bytes.span.long(0) == Record.localHeader else {
      throw failure(entry, .damaged("its header is missing"))
    }
    let nameLength = bytes.span.word(26)
    let start = fixed + nameLength + bytes.span.word(28)
    let end = start + Int(entry.packedSize)
    guard entry.offset + Int64(end) <= size else { throw failure(entry, .damaged("it is cut off")) }
    if bytes.count < end {
      bytes += try source.bytes(at: entry.offset + Int64(bytes.count), count: end - bytes.count, path: path)
    }
    guard bytes.count >= end else { throw failure(entry, .damaged("it is cut off")) }
    guard bytes[fixed..<fixed + nameLength].elementsEqual(entry.nameBytes), bytes.span.word(8) == entry.method else {
      throw failure(entry, .damaged("its header differs from the list of entries"))
    }
    let contents = try unpack(bytes[start..<end], entry)
    guard checksum(contents) == entry.checksum else { throw failure(entry, .damaged("the checksum is wrong")) }
    return contents
  }

  private func unpack(_ packed: ArraySlice<UInt8>, _ entry: ZipEntry) throws(ZipError) -> [UInt8] {
    if entry.method == 0 { return Array(packed) }
    let size = Int(entry.size)
    guard let result = tools.with(make: { Decompressor() }, { $0.unpack(packed, size: size) }) else {
      throw .system(SystemError.outOfMemory("malloc"))
    }
    guard let contents = result else { throw failure(entry, .damaged("it can't be unpacked")) }
    return contents
  }

  private func failure(_ entry: ZipEntry, _ problem: ZipProblem) -> ZipError {
    .entry(path: path, name: entry.name, problem)
  }
}

/// The entries of `directory`, held against the limits.
private func readEntries(
  _ source: ZipSource, _ directory: ZipDirectory, fileSize: Int64, path: String, limits: ZipLimits
) throws(ZipError) -> [ZipEntry] {
  guard directory.count <= Int64(limits.entries) else { throw .tooMuch(path: path, "\(directory.count) entries") }
  let bytes = try source.bytes(at: directory.offset, count: directory.size, path: path)
  guard bytes.count == directory.size else { throw .damaged(path: path, "its list of entries is cut off") }
  var entries: [ZipEntry] = []
  entries.reserveCapacity(min(Int(directory.count), bytes.count / Record.centralHeaderLength))
  var names: Set<String> = []
  var total: Int64 = 0
  var index = 0
  while index < bytes.count {
    guard entries.count < limits.entries else { throw .tooMuch(path: path, "more than \(limits.entries) entries") }
    guard var entry = ZipEntry(bytes.span, at: &index, shift: directory.shift, limits: limits) else {
      throw .damaged(path: path, "entry \(entries.count + 1) in its list is wrong")
    }
    if !names.insert(entry.name).inserted, entry.problem == nil { entry.problem = .duplicateName }
    total = min(total + entry.size, 1 << 61)
    entries.append(entry)
  }
  // QUIRK: programs that know no zip64 write the number of entries without what is above 65,535.
  guard Int64(entries.count) & 0xFFFF == directory.count & 0xFFFF else {
    throw .damaged(path: path, "it lists \(entries.count) entries and says \(directory.count)")
  }
  guard total <= limits.freeBytes || (total - limits.freeBytes) / max(fileSize, 1) < limits.ratio else {
    throw .tooMuch(path: path, "\(total) bytes unpacked, from a file of \(fileSize)")
  }
  try checkPlaces(of: entries, before: directory.offset, path: path)
  return entries
}

/// Entries that share bytes unpack to far more than the file holds.
private func checkPlaces(of entries: [ZipEntry], before directory: Int64, path: String) throws(ZipError) {
  var places = entries.map { ($0.offset, $0.packedSize + Int64(Record.localHeaderLength + $0.nameBytes.count)) }
  places.sort { $0.0 < $1.0 }
  var end: Int64 = 0
  for (offset, length) in places {
    guard offset >= end else { throw .damaged(path: path, "entries lie over each other") }
    end = offset + length
  }
  guard end <= directory else { throw .damaged(path: path, "an entry lies outside of it") }
}
