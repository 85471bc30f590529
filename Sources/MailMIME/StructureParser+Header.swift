internal import MailBytes

extension StructureParser {
  /// Reads the header that starts at `start`; gives the place where the body starts.
  mutating func parseHeader(_ bytes: Span<UInt8>, of index: Int, from start: Int, to end: Int) -> Int {
    var reader = HeaderReader(start: start)
    var position = start
    var bodyStart = end
    records[index].fieldsEnd = -1
    while position < end {
      if let length = emptyLineLength(bytes, position, end, newline) {
        bodyStart = position + length
        break
      }
      let lineEnd = findByte(newline, in: bytes, from: position, to: end)
      if !isHeaderLine(bytes, position, lineEnd, end, &reader, index) {
        report(.missingHeaderEnd, at: position)
        bodyStart = position
        break
      }
      position = min(lineEnd &+ 1, end)
      if records[index].fieldsEnd < 0,
        position &- start > limits.headerBytes || reader.fields > limits.headerFields
      {
        report(.headerLimit, at: position)
        records[index].fieldsEnd = position
      }
    }
    reader.endField(at: position, &records[index])
    records[index].header = reader.start..<bodyStart
    if records[index].fieldsEnd < 0 { records[index].fieldsEnd = position }
    return bodyStart
  }

  /// Takes in one line; false when the header ended before it.
  @inline(__always)
  private mutating func isHeaderLine(
    _ bytes: Span<UInt8>, _ position: Int, _ lineEnd: Int, _ end: Int, _ reader: inout HeaderReader, _ index: Int
  ) -> Bool {
    let first = bytes[position]
    if first.isWSP, reader.fields > 0 { return true }
    if first == 0x2D, isDelimiter(bytes, position, end) { return false }
    guard let name = fieldName(bytes, position, lineEnd) else {
      return isPassedOver(bytes, position, lineEnd, end, &reader, index)
    }
    reader.endField(at: position, &records[index])
    reader.fields &+= 1
    if first | 0x20 == 0x63 { reader.beginField(bytes, position, name.nameEnd, name.colon &+ 1) }
    return true
  }

  private func isDelimiter(_ bytes: Span<UInt8>, _ position: Int, _ end: Int) -> Bool {
    guard !boundaries.isEmpty, position + 1 < end, bytes[position + 1] == 0x2D else { return false }
    return boundary(bytes, at: position, to: end, floor: 0) != nil
  }

  /// Whether a line that is no field lies inside the header: an mbox `From ` line at its start, or damage that a field
  /// follows.
  private mutating func isPassedOver(
    _ bytes: Span<UInt8>, _ position: Int, _ lineEnd: Int, _ end: Int, _ reader: inout HeaderReader, _ index: Int
  ) -> Bool {
    reader.endField(at: position, &records[index])
    if reader.fields == 0, isMailboxFromLine(bytes, position, lineEnd) {
      reader.start = min(lineEnd + 1, end)
      return true
    }
    let next = lineEnd + 1
    guard next < end else { return false }
    let nextEnd = findByte(newline, in: bytes, from: next, to: min(end, next + 1_000))
    guard fieldName(bytes, next, nextEnd) != nil else { return false }
    report(.malformedHeaderLine, at: position)
    return true
  }
}

/// What a header has shown so far.
private struct HeaderReader {
  private enum Awaited { case none, contentType, transferEncoding }

  var start: Int
  var fields = 0
  private var awaited = Awaited.none
  private var valueStart = 0

  init(start: Int) { self.start = start }

  mutating func beginField(_ bytes: Span<UInt8>, _ start: Int, _ nameEnd: Int, _ valueStart: Int) {
    switch nameEnd - start {
    case 12 where equalsIgnoringCase(bytes, start, nameEnd, "content-type".utf8.span): awaited = .contentType
    case 25 where equalsIgnoringCase(bytes, start, nameEnd, "content-transfer-encoding".utf8.span):
      awaited = .transferEncoding
    default: return
    }
    self.valueStart = valueStart
  }

  @inline(__always)
  mutating func endField(at end: Int, _ record: inout PartRecord) {
    switch awaited {
    case .none: return
    case .contentType: if record.contentType == nil { record.contentType = valueStart..<end }
    case .transferEncoding: if record.transferEncoding == nil { record.transferEncoding = valueStart..<end }
    }
    awaited = .none
  }
}

/// Whether the line is the envelope line of an mbox file, quoted or not. RFC 4155, appendix A.
private func isMailboxFromLine(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  let word = start < end && bytes[start] == 0x3E ? start + 1 : start
  guard end - word >= 5 else { return false }
  return bytes[word] == 0x46 && bytes[word + 1] == 0x72 && bytes[word + 2] == 0x6F && bytes[word + 3] == 0x6D
    && bytes[word + 4] == 0x20
}
