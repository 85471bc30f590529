internal import MailStore
internal import MailSystem
internal import MailZip

/// A zip file with a directory for each folder, an `.eml` for each message, and the manifest.
final class ZipOutput: ArchiveOutput {
  private let path: String
  private let selection: ArchiveSelection
  private let file: File
  private var writer: ZipWriter
  private let packer = ZipPacker()
  private var names: EntryNames
  /// The lines of the manifest but the first.
  private var lines: [UInt8] = []
  private var manifest: [UInt8] = []
  /// The place of each message's entry in the zip file, by its place in the selection.
  private var places: [Int: Int] = [:]

  init(_ path: String, _ selection: ArchiveSelection) throws {
    self.path = path
    self.selection = selection
    file = try File(path, [.readWrite, .exclusive])
    writer = ZipWriter(file.descriptor, path: path)
    names = EntryNames(folders: selection.folders)
  }

  var preparation: @Sendable (Int, [UInt8]) -> PackedEntry {
    let packer = packer
    return { packer.pack($1) }
  }

  func append(_ index: Int, _ entry: PackedEntry, comment: String?) throws {
    let item = selection.items[index]
    let name = names.name(folder: item.folder, date: item.date, subject: item.subject, checksum: entry.checksum)
    places[index] = writer.count
    try writer.add(entry, name: name, modified: item.date)
    Manifest.append(manifestLine(item, selection, file: name, comment: comment), to: &lines)
  }

  func finish() throws {
    manifest = Manifest.head(messages: places.count, colours: selection.colours) + lines
    lines = []
    let newest = selection.items.map(\.date).max() ?? 0
    try writer.add(packer.pack(manifest), name: Manifest.entryName, modified: newest)
    try writer.finish()
    try file.synchronise()
  }

  func comparison(isCareful: Bool) throws -> @Sendable (Int, [UInt8]) throws -> Bool {
    if isCareful { dropCache(file.descriptor) }
    let reader = try passingZipErrors { try ZipReader(path) }
    let (places, count) = (places, places.count)
    let isWhole = try passingZipErrors {
      guard reader.entries.count == count + 1, let last = reader.entries.last else { return false }
      return try reader.read(last) == manifest
    }
    guard isWhole else { throw ArchiveError.differs(path) }
    manifest = []
    return { index, bytes in
      guard let place = places[index] else { return false }
      return try passingZipErrors { try reader.read(reader.entries[place]) } == bytes
    }
  }

  func remove() {
    // The error that led here is the one to tell.
    try? removeFile(path)
  }
}
