internal import MailBytes

/// The fields of one header, read from the message each time they are asked for. RFC 5322, section 2.2.
public struct Headers: Sendable {
  let message: Message
  let index: Int

  /// One field as it is in the message.
  public struct Field: Sendable {
    /// The name as written.
    public let name: String
    /// What follows the colon, without the line break at its end.
    public let value: ArraySlice<UInt8>
  }

  /// The value of the first field called `name`, as it is, without the space behind the colon; nil when there is none.
  public subscript(_ name: String) -> ArraySlice<UInt8>? {
    var first: ArraySlice<UInt8>?
    forEach(named: name) { range in
      first = message.bytes[range]
      return false
    }
    return first
  }

  /// The values of all fields called `name`, from the top.
  public func all(_ name: String) -> [ArraySlice<UInt8>] {
    var values: [ArraySlice<UInt8>] = []
    forEach(named: name) { range in
      values.append(message.bytes[range])
      return true
    }
    return values
  }

  /// Every field in order.
  public var fields: [Field] {
    var fields: [Field] = []
    let bytes = message.bytes.span
    let record = message.structure.records[index]
    var position = record.header.lowerBound
    while let field = nextField(bytes, &position, record.fieldsEnd, message.structure.newline) {
      let name = string(bytes.extracting(field.nameStart..<field.nameEnd))
      fields.append(Field(name: name, value: message.bytes[valueRange(bytes, field)]))
    }
    return fields
  }

  /// The value of the first field called `name` as text: unfolded, encoded words decoded, octets above ASCII taken as
  /// UTF-8 or, where they aren't that, in the charset of the message's text. RFC 2047; RFC 6532.
  public func text(_ name: String) -> String? {
    self[name].map { decodedHeaderText($0.span, guess: guess(for: $0.span)) }
  }

  /// The value of `field`, one of this header's, as text; see `text(_:)`.
  public func text(of field: Field) -> String {
    decodedHeaderText(field.value.span, guess: guess(for: field.value.span))
  }

  /// Every mailbox of all fields called `name`, those in groups too.
  public func addresses(_ name: String) -> [Address] {
    all(name).flatMap { parseAddressList($0.span, guess: guess(for: $0.span)).flatMap { $0.addresses } }
  }

  /// The mailboxes and groups of all fields called `name`.
  public func addressList(_ name: String) -> [AddressListEntry] {
    all(name).flatMap { parseAddressList($0.span, guess: guess(for: $0.span)) }
  }

  /// The message identifiers of all fields called `name`, without angle brackets. RFC 5322, section 3.6.4.
  public func messageIDs(_ name: String) -> [String] { all(name).flatMap { parseMessageIDs($0.span) } }

  /// The date in the first field called `name`; nil when there is none or it can't be read.
  public func date(_ name: String = "Date") -> MailDate? { self[name].flatMap { MailDate(parsing: $0.span) } }

  /// Calls `body` with the place of each value of the fields called `name`, until it returns false.
  func forEach(named name: String, _ body: (Range<Int>) -> Bool) {
    let bytes = message.bytes.span
    let record = message.structure.records[index]
    let wanted = name.lowercased()
    var position = record.header.lowerBound
    while let field = nextField(bytes, &position, record.fieldsEnd, message.structure.newline) {
      guard equalsIgnoringCase(bytes, field.nameStart, field.nameEnd, wanted.utf8.span) else { continue }
      if !body(valueRange(bytes, field)) { return }
    }
  }

  /// The charset to read octets above ASCII with; nil for UTF-8.
  func guess(for value: Span<UInt8>) -> Charset? {
    isValidUTF8(value) ? nil : message.guessedCharset(near: index)
  }
}

func valueRange(_ bytes: Span<UInt8>, _ field: FieldRange) -> Range<Int> {
  var start = field.valueStart
  while start < field.valueEnd, bytes[start].isWSP { start += 1 }
  return start..<field.valueEnd
}

extension Message {
  /// The charset that the first text at or behind the part `index` names, else the first text of the message: for headers
  /// that say none.
  func guessedCharset(near index: Int) -> Charset {
    namedCharset(from: index) ?? namedCharset(from: 0) ?? .windows1252
  }

  private func namedCharset(from start: Int) -> Charset? {
    var next: Int? = start
    for _ in 0..<10 {
      guard let current = next else { return nil }
      let type = Part(message: self, index: current).contentType(guess: nil)
      if type.isText(), let charset = type.charset.flatMap({ Charset(label: $0) }), charset != .utf8 { return charset }
      next = structure.following(current)
    }
    return nil
  }
}

/// The identifiers between angle brackets, and failing those the words that have an `@`. RFC 5322, section 3.6.4.
func parseMessageIDs(_ value: Span<UInt8>) -> [String] {
  var identifiers: [String] = []
  var index = 0
  while index < value.count {
    let open = findByte(0x3C, in: value, from: index, to: value.count)
    guard open < value.count else { break }
    let close = findByte(0x3E, in: value, from: open, to: value.count)
    guard close < value.count else { break }
    let identifier = withoutSpace(value, open + 1, close)
    if !identifier.isEmpty { identifiers.append(identifier) }
    index = close + 1
  }
  guard identifiers.isEmpty else { return identifiers }
  // QUIRK: some programs write a Message-ID without its angle brackets.
  var word: [UInt8] = []
  for position in 0...value.count {
    if position < value.count, !value[position].isFoldingSpace {
      if value[position] != 0x3C, value[position] != 0x3E { word.append(value[position]) }
    } else {
      if word.contains(0x40) { identifiers.append(string(word)) }
      word.removeAll(keepingCapacity: true)
    }
  }
  return identifiers
}

/// The text of `value[start..<end]` without white space.
func withoutSpace(_ value: Span<UInt8>, _ start: Int, _ end: Int) -> String {
  var index = start
  while index < end, !value[index].isFoldingSpace { index += 1 }
  if index == end { return string(value.extracting(start..<end)) }
  var bytes: [UInt8] = []
  for position in start..<end where !value[position].isFoldingSpace { bytes.append(value[position]) }
  return string(bytes)
}
