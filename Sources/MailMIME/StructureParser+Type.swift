internal import MailBytes

extension StructureParser {
  /// What the record `index` holds by its type and encoding. RFC 2046, sections 5.1 and 5.2; RFC 6532, section 3.7.
  mutating func kind(of index: Int, _ bytes: Span<UInt8>) -> PartRecord.Kind {
    let record = records[index]
    let encoding = TransferEncoding(bytes, record.transferEncoding)
    let kind = mediaKind(of: record, bytes)
    switch encoding {
    case .other: report(.unknownTransferEncoding, at: record.transferEncoding?.lowerBound ?? 0)
    case .base64, .quotedPrintable:
      if kind != .leaf { report(.encodedComposite, at: record.header.lowerBound) }
      if kind == .message { return .leaf }
    default: break
    }
    return kind
  }

  private func mediaKind(of record: PartRecord, _ bytes: Span<UInt8>) -> PartRecord.Kind {
    guard let range = record.contentType else {
      guard record.parent >= 0, !record.isMessageRoot, let outer = records[record.parent].contentType else {
        return .leaf
      }
      return hasMediaType(bytes, outer, "multipart/digest".utf8.span) ? .message : .leaf
    }
    if hasMediaType(bytes, range, "multipart/".utf8.span, isPrefix: true) { return .multipart }
    if hasMediaType(bytes, range, "message/rfc822".utf8.span) { return .message }
    if hasMediaType(bytes, range, "message/global".utf8.span) { return .message }
    return .leaf
  }

  func boundaryParameter(_ bytes: Span<UInt8>, of index: Int) -> [UInt8] {
    guard let range = records[index].contentType else { return [] }
    for parameter in rawParameters(bytes.extracting(range)) where parameter.name.elementsEqual("boundary".utf8) {
      var text = parameter.value
      while let last = text.last, last.isFoldingSpace { text.removeLast() }
      return text
    }
    return []
  }
}

/// Whether the Content-Type value in `range` is the media type `name`, or begins with it.
func hasMediaType(_ bytes: Span<UInt8>, _ range: Range<Int>, _ name: Span<UInt8>, isPrefix: Bool = false)
  -> Bool
{
  var start = range.lowerBound
  while start < range.upperBound, bytes[start].isFoldingSpace { start += 1 }
  let end = start + name.count
  guard end <= range.upperBound, equalsIgnoringCase(bytes, start, end, name) else { return false }
  return isPrefix || end == range.upperBound || bytes[end] == 0x3B || bytes[end].isFoldingSpace || bytes[end] == 0x28
}

func equal(_ bytes: Span<UInt8>, _ start: Int, _ other: Span<UInt8>) -> Bool {
  for index in 0..<other.count where bytes[start + index] != other[index] { return false }
  return true
}

/// The text of the first line in `body` that begins with `--` and has a `Content-` field on the next line.
func guessedBoundary(_ bytes: Span<UInt8>, in body: Range<Int>, _ newline: UInt8) -> [UInt8]? {
  var position = body.lowerBound
  while position < body.upperBound {
    let lineEnd = findByte(newline, in: bytes, from: position, to: body.upperBound)
    let next = lineEnd + 1
    if next + 8 <= body.upperBound, lineEnd - position > 2, lineEnd - position < 1_000, bytes[position] == 0x2D,
      bytes[position + 1] == 0x2D, equalsIgnoringCase(bytes, next, next + 8, "content-".utf8.span)
    {
      var end = lineEnd
      while end > position, bytes[end - 1].isFoldingSpace { end -= 1 }
      var text: [UInt8] = []
      for index in (position + 2)..<max(position + 2, end) { text.append(bytes[index]) }
      if !text.isEmpty { return text }
    }
    position = next
  }
  return nil
}
