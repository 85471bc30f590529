internal import MailBytes

/// The places of one header field in the message.
struct FieldRange: Sendable {
  var nameStart: Int
  var nameEnd: Int
  /// Behind the colon.
  var valueStart: Int
  /// The end of the last line of the field, without its line break.
  var valueEnd: Int
}

/// The place of the colon after a field name that starts at `start`, and of the end of the name. RFC 5322, section
/// 3.6.8, with the white space before the colon that section 4.5.3 allows.
@inline(__always)
func fieldName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (nameEnd: Int, colon: Int)? {
  var index = start
  while index < end, bytes[index] > 0x20, bytes[index] < 0x7F, bytes[index] != 0x3A { index &+= 1 }
  let nameEnd = index
  guard nameEnd > start else { return nil }
  while index < end, bytes[index].isWSP { index &+= 1 }
  guard index < end, bytes[index] == 0x3A else { return nil }
  return (nameEnd, index)
}

/// Whether the line at `start` is empty; then `length` is that of its line break.
@inline(__always)
func emptyLineLength(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ newline: UInt8) -> Int? {
  if bytes[start] == newline { return 1 }
  if bytes[start] == 0x0D, start &+ 1 < end, bytes[start &+ 1] == newline { return 2 }
  return nil
}

/// The next field of a header that ends at `end`; `position` moves behind it. Lines that are no field are passed over.
func nextField(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int, _ newline: UInt8) -> FieldRange? {
  while position < end {
    let start = position
    var lineEnd = findByte(newline, in: bytes, from: start, to: end)
    position = min(lineEnd &+ 1, end)
    guard let name = fieldName(bytes, start, lineEnd) else { continue }
    while position < end, bytes[position].isWSP {
      lineEnd = findByte(newline, in: bytes, from: position, to: end)
      position = min(lineEnd &+ 1, end)
    }
    if newline == 0x0A, lineEnd > name.colon &+ 1, bytes[lineEnd &- 1] == 0x0D { lineEnd &-= 1 }
    return FieldRange(nameStart: start, nameEnd: name.nameEnd, valueStart: name.colon &+ 1, valueEnd: lineEnd)
  }
  return nil
}
