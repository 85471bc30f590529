/// Where the list of entries lies in a zip file. PKWARE's APPNOTE, sections 4.3.12 to 4.3.16.
struct ZipDirectory {
  /// From the start of the file.
  var offset: Int64
  var size: Int
  /// How many entries the file says it has.
  var count: Int64
  /// How far everything lies behind the place that the file names: something was put in front of it.
  var shift: Int64

  /// Finds the list in the file `path`, which has `fileSize` bytes.
  init(_ source: ZipSource, fileSize: Int64, path: String, limits: ZipLimits) throws(ZipError) {
    let tailSize = Int(min(fileSize, Int64(Record.endLength + Record.end64Length + Record.locator64Length + 65_535)))
    let tailOffset = fileSize - Int64(tailSize)
    let tail = try source.bytes(at: tailOffset, count: tailSize, path: path)
    guard let end = ZipDirectory.lastEndRecord(in: tail.span) else {
      let start = try source.bytes(at: 0, count: 4, path: path)
      let isZip = start.count == 4 && start.span.long(0) == Record.localHeader
      throw isZip ? .damaged(path: path, "its end is missing") : .notZip(path)
    }
    let record = tail.span
    guard record.word(end + 4) == record.word(end + 6) else {
      throw .damaged(path: path, "it is one of several parts")
    }
    count = Int64(record.word(end + 10))
    var directorySize = record.long(end + 12)
    offset = record.long(end + 16)
    var directoryEnd = tailOffset + Int64(end)

    let locator = end - Record.locator64Length
    if locator >= 0, record.long(locator) == Record.locator64 {
      let named = record.quad(locator + 8) ?? -1
      let here = directoryEnd - Int64(Record.locator64Length + Record.end64Length)
      guard let (place, bytes) = try ZipDirectory.end64(source, at: [named, here], path: path) else {
        throw .damaged(path: path, "the end of its list of entries is wrong")
      }
      guard let size = bytes.span.quad(40), let start = bytes.span.quad(48), let entries = bytes.span.quad(32) else {
        throw .damaged(path: path, "the end of its list of entries is wrong")
      }
      (count, directorySize, offset, directoryEnd) = (entries, size, start, place)
    }
    shift = directoryEnd - directorySize - offset
    guard directorySize <= directoryEnd, shift >= 0 else {
      throw .damaged(path: path, "its list of entries lies outside of it")
    }
    guard directorySize <= limits.directoryBytes else {
      throw .tooMuch(path: path, "a list of entries of \(directorySize) bytes")
    }
    size = Int(directorySize)
    offset += shift
  }

  /// The place of the last end record in `tail` whose comment fits.
  private static func lastEndRecord(in tail: Span<UInt8>) -> Int? {
    var index = tail.count - Record.endLength
    while index >= 0 {
      if tail[index] == UInt8(ascii: "P"), tail.long(index) == Record.end,
        index + Record.endLength + tail.word(index + 20) <= tail.count
      {
        return index
      }
      index -= 1
    }
    return nil
  }

  /// The end record for large files at the first of `places` where there is one.
  private static func end64(
    _ source: ZipSource, at places: [Int64], path: String
  ) throws(ZipError) -> (Int64, [UInt8])? {
    for place in places where place >= 0 {
      let bytes = try source.bytes(at: place, count: Record.end64Length, path: path)
      if bytes.count == Record.end64Length, bytes.span.long(0) == Record.end64 { return (place, bytes) }
    }
    return nil
  }
}
