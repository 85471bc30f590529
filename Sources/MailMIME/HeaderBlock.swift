/// The fields at the head of a message, as ranges of its bytes. Made for editing the head of a message whose rest is not
/// looked at; RFC 5322, section 2.2.
package struct HeaderBlock {
  /// A field with its continuation lines and line ending.
  package struct Field {
    /// The name and what follows, up to the next field.
    package let range: Range<Int>
    /// The name alone, without the colon.
    package let name: Range<Int>
  }

  package let bytes: [UInt8]
  /// The mbox line `From sender date` before the first field; empty when there is none.
  package private(set) var mboxLine: Range<Int>
  package private(set) var fields: [Field] = []
  /// Where the fields end: at the empty line, at a line that is no field, or at the end of the bytes.
  package private(set) var end: Int
  /// The lines end in CRLF.
  package let usesCRLF: Bool

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let span = bytes.span
    let firstLine = lineEnd(span, from: 0)
    usesCRLF = firstLine >= 2 && span[firstLine - 2] == 13 && span[firstLine - 1] == 10
    var place = 0
    if starts(span, at: 0, with: "From ") { place = firstLine }
    mboxLine = 0..<place
    while place < span.count, let nameEnd = fieldNameEnd(span, from: place) {
      var next = lineEnd(span, from: place)
      while next < span.count, span[next] == 32 || span[next] == 9 { next = lineEnd(span, from: next) }
      fields.append(Field(range: place..<next, name: place..<nameEnd))
      place = next
    }
    end = place
  }

  /// The fields called `name`, in their order.
  package func fields(named name: StaticString) -> [Field] { fields.filter { isName($0, name) } }

  package func isName(_ field: Field, _ name: StaticString) -> Bool {
    field.name.count == name.utf8CodeUnitCount && starts(bytes.span, at: field.name.lowerBound, with: name)
  }

  /// The value of `field`, without the space around it; continuation lines are joined as they are.
  package func value(of field: Field) -> ArraySlice<UInt8> {
    // Between the name and the colon there may be space (RFC 5322, section 4.5).
    let colon = bytes[field.name.upperBound...].firstIndex(of: UInt8(ascii: ":")) ?? field.name.upperBound
    var value = bytes[min(colon + 1, field.range.upperBound)..<field.range.upperBound]
    while let first = value.first, isSpace(first) { value.removeFirst() }
    while let last = value.last, isSpace(last) { value.removeLast() }
    return value
  }

  /// The sender that the mbox line names; nil without one. `MAILER-DAEMON` and `<>` stand for the empty sender.
  package var mboxSender: String? {
    guard !mboxLine.isEmpty else { return nil }
    let rest = bytes[mboxLine].dropFirst(5).drop { isSpace($0) }
    let sender = String(decoding: rest.prefix { !isSpace($0) }, as: UTF8.self)
    return sender == "MAILER-DAEMON" ? "" : sender
  }

  /// What follows the fields is the empty line, or nothing.
  package var endsProperly: Bool {
    end == bytes.count || bytes[end] == 10 || (bytes[end] == 13 && end + 1 < bytes.count && bytes[end + 1] == 10)
  }
}

/// Where the header ends in `bytes`: behind the first empty line; nil when there is none yet.
package func headerEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
  var place = start
  while place < bytes.count {
    let next = lineEnd(bytes, from: place)
    guard next > place, bytes[next - 1] == 10 else { return nil }
    if next - place == 1 || (next - place == 2 && bytes[place] == 13) { return next }
    place = next
  }
  return nil
}

/// The place behind the newline at or after `start`, or the end.
package func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
  var index = start
  while index < bytes.count {
    if bytes[index] == 10 { return index + 1 }
    index += 1
  }
  return index
}

/// The end of the field name at `start`: printable characters but the colon, then perhaps space, then a colon. Nil when the
/// line there is no field.
private func fieldNameEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
  var index = start
  while index < bytes.count, bytes[index] > 32, bytes[index] < 127, bytes[index] != UInt8(ascii: ":") { index += 1 }
  let end = index
  guard end > start else { return nil }
  while index < bytes.count, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
  return index < bytes.count && bytes[index] == UInt8(ascii: ":") ? end : nil
}

/// The bytes at `start` are `text`, letters of either case being equal; only its first letters up to the first space must be
/// letters, digits or `-`.
private func starts(_ bytes: Span<UInt8>, at start: Int, with text: StaticString) -> Bool {
  guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
  return text.withUTF8Buffer { wanted in
    for index in wanted.indices {
      let (found, expected) = unsafe (bytes[start + index], wanted[index])
      let isLetter = (expected | 0x20) &- UInt8(ascii: "a") < 26
      guard found == expected || (isLetter && found ^ expected == 0x20) else { return false }
    }
    return true
  }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 || byte == 10 }
