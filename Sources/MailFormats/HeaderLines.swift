internal import MailBytes

/// One field of a header, as places in the message.
public struct HeaderLine: Sendable, Equatable {
  /// The name, without white space before the colon.
  public let name: Range<Int>
  /// What follows the colon, over all lines of the field, without the last line break.
  public let value: Range<Int>
  /// The whole field with its last line break.
  public let lines: Range<Int>
}

/// Goes through the fields of a header from the top, without making anything of them. RFC 5322, section 2.2.
///
/// Lines that are no field are passed over. Names and values are looked at by place, so that a header is read once.
public struct HeaderLines: Sendable {
  /// Where the next line begins.
  public private(set) var position: Int
  /// Where the body begins, once all fields have been read: behind the empty line, or at the end.
  public private(set) var bodyStart: Int?
  private let end: Int

  /// The header that begins at `start` and ends before `end` at the latest.
  public init(from start: Int, to end: Int) {
    position = start
    self.end = end
  }

  /// The next field of `bytes`; nil at the end of the header.
  public mutating func next(in bytes: Span<UInt8>) -> HeaderLine? {
    while position < end, bodyStart == nil {
      let start = position
      let newline = findByte(0x0A, in: bytes, from: start, to: end)
      if isEmptyLine(bytes, start, newline) {
        position = min(newline + 1, end)
        bodyStart = position
        return nil
      }
      position = min(newline + 1, end)
      guard let name = fieldName(bytes, start, newline) else { continue }
      var valueEnd = newline
      while position < end, bytes[position].isWSP {
        valueEnd = findByte(0x0A, in: bytes, from: position, to: end)
        position = min(valueEnd + 1, end)
      }
      let linesEnd = position
      if valueEnd > name.colon + 1, bytes[valueEnd - 1] == 0x0D { valueEnd -= 1 }
      return HeaderLine(name: start..<name.end, value: (name.colon + 1)..<valueEnd, lines: start..<linesEnd)
    }
    if bodyStart == nil { bodyStart = end }
    return nil
  }
}

/// The line `bytes[start..<newline]` is empty, but for a carriage return.
@inline(__always)
func isEmptyLine(_ bytes: Span<UInt8>, _ start: Int, _ newline: Int) -> Bool {
  start == newline || (newline - start == 1 && bytes[start] == 0x0D)
}

/// The ends of the name and of the white space behind it, when the line begins as a field does.
func fieldName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (end: Int, colon: Int)? {
  var index = start
  while index < end, bytes[index] > 0x20, bytes[index] < 0x7F, bytes[index] != 0x3A { index += 1 }
  let nameEnd = index
  guard nameEnd > start else { return nil }
  while index < end, bytes[index].isWSP { index += 1 }
  guard index < end, bytes[index] == 0x3A else { return nil }
  return (nameEnd, index)
}

/// `bytes[range]` equals `name`, given in lower case, without regard to case.
@inline(__always)
func isNamed(_ bytes: Span<UInt8>, _ range: Range<Int>, _ name: StaticString) -> Bool {
  guard range.count == name.utf8CodeUnitCount else { return false }
  var index = range.lowerBound
  for position in 0..<name.utf8CodeUnitCount {
    guard unsafe name.utf8Start[position] == bytes[index].lowercasedASCII else { return false }
    index += 1
  }
  return true
}

/// `bytes` has `text` at `start`.
@inline(__always)
func begins(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, with text: StaticString) -> Bool {
  let count = text.utf8CodeUnitCount
  guard end - start >= count else { return false }
  for position in 0..<count {
    guard unsafe text.utf8Start[position] == bytes[start + position] else { return false }
  }
  return true
}

/// `range` without white space and line breaks at its ends.
func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
  var (start, end) = (range.lowerBound, range.upperBound)
  while start < end, bytes[start].isFoldingSpace { start += 1 }
  while end > start, bytes[end - 1].isFoldingSpace { end -= 1 }
  return start..<end
}
