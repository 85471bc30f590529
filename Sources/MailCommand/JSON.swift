internal import MailBytes

/// Writes one JSON object (RFC 8259) into a buffer, member after member.
///
/// Control characters and characters that override the direction of writing are left out of text, so that it is safe on
/// a terminal also after it was decoded; in paths, which must stay what they are, they are escaped.
public struct JSONObject: ~Copyable {
  private var isEmpty = true

  /// Begins an object.
  public init(in buffer: inout ByteBuffer) { buffer.append(UInt8(ascii: "{")) }

  /// Ends the object and the line.
  public consuming func end(in buffer: inout ByteBuffer) { buffer.append(literal: "}\n") }

  /// Ends an object inside another one.
  public consuming func close(in buffer: inout ByteBuffer) { buffer.append(UInt8(ascii: "}")) }

  private mutating func name(_ name: StaticString, in buffer: inout ByteBuffer) {
    buffer.append(isEmpty ? UInt8(ascii: "\"") : UInt8(ascii: ","))
    if !isEmpty { buffer.append(UInt8(ascii: "\"")) }
    isEmpty = false
    buffer.append(literal: name)
    buffer.append(literal: "\":")
  }

  public mutating func add(_ name: StaticString, _ value: String, in buffer: inout ByteBuffer) {
    self.name(name, in: &buffer)
    buffer.append(json: value)
  }

  /// Adds a text of several lines, which stay lines.
  public mutating func add(_ name: StaticString, lines value: String, in buffer: inout ByteBuffer) {
    self.name(name, in: &buffer)
    buffer.append(UInt8(ascii: "\""))
    buffer.append(jsonContent: cleanLines(value).utf8.span)
    buffer.append(UInt8(ascii: "\""))
  }

  /// Adds the path of a file, exactly.
  public mutating func add(_ name: StaticString, path value: String, in buffer: inout ByteBuffer) {
    self.name(name, in: &buffer)
    buffer.append(UInt8(ascii: "\""))
    buffer.append(jsonContent: value.utf8.span)
    buffer.append(UInt8(ascii: "\""))
  }

  /// Adds a string member, null when there is no text.
  public mutating func add(_ name: StaticString, orNull value: String?, in buffer: inout ByteBuffer) {
    if let value, !value.utf8.isEmpty { add(name, value, in: &buffer) } else { addNull(name, in: &buffer) }
  }

  /// Adds a string member unless it is empty.
  public mutating func add(_ name: StaticString, nonEmpty value: String, in buffer: inout ByteBuffer) {
    if !value.utf8.isEmpty { add(name, value, in: &buffer) }
  }

  public mutating func add(_ name: StaticString, _ value: Int64, in buffer: inout ByteBuffer) {
    self.name(name, in: &buffer)
    buffer.append(decimal: value)
  }

  public mutating func add(_ name: StaticString, _ value: Bool, in buffer: inout ByteBuffer) {
    self.name(name, in: &buffer)
    buffer.append(literal: value ? "true" : "false")
  }

  public mutating func add(_ name: StaticString, _ values: [String], in buffer: inout ByteBuffer) {
    self.name(name, in: &buffer)
    buffer.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      buffer.append(json: value)
    }
    buffer.append(UInt8(ascii: "]"))
  }

  public mutating func addNull(_ name: StaticString, in buffer: inout ByteBuffer) {
    self.name(name, in: &buffer)
    buffer.append(literal: "null")
  }

  /// Adds a member whose value `write` appends.
  public mutating func add(_ name: StaticString, in buffer: inout ByteBuffer, write: (inout ByteBuffer) -> Void) {
    self.name(name, in: &buffer)
    write(&buffer)
  }
}

extension ByteBuffer {
  /// Appends `text`, cleaned, as a JSON string.
  public mutating func append(json text: String) { append(json: text.utf8.span) }

  /// Appends `bytes`, which are UTF-8, as a JSON string: cleaned, with a space for line ends and tabs.
  mutating func append(json bytes: Span<UInt8>) {
    append(UInt8(ascii: "\""))
    append(jsonContent: bytes, isCleaned: true)
    append(UInt8(ascii: "\""))
  }

  /// Appends `bytes`, which are UTF-8, as the inside of a JSON string.
  mutating func append(jsonContent bytes: Span<UInt8>, isCleaned: Bool = false) {
    var start = 0
    var index = 0
    while true {
      index = endOfPlainJSON(bytes, from: index)
      guard index < bytes.count else { break }
      let here = index
      let byte = bytes[index]
      let scalar = nextScalar(in: bytes, &index)
      if byte >= 0x80, !isUnsafe(scalar) { continue }
      append(bytes.extracting(start..<here))
      if !isCleaned || !isUnsafe(scalar) {
        append(escaped: scalar)
      } else if scalar == 0x0A || scalar == 0x09 {
        append(UInt8(ascii: " "))
      }
      start = index
    }
    append(bytes.extracting(start..<bytes.count))
  }

  private mutating func append(escaped scalar: UInt32) {
    switch scalar {
    case 0x22: append(literal: "\\\"")
    case 0x5C: append(literal: "\\\\")
    case 0x0A: append(literal: "\\n")
    case 0x0D: append(literal: "\\r")
    case 0x09: append(literal: "\\t")
    case 0x10000...:
      append(unit: 0xD800 + (scalar - 0x10000) >> 10)
      append(unit: 0xDC00 + (scalar - 0x10000) & 0x3FF)
    default: append(unit: scalar)
    }
  }

  private mutating func append(unit: UInt32) {
    append(literal: "\\u")
    for shift in [12, 8, 4, 0] as [UInt32] {
      let digit = UInt8(truncatingIfNeeded: unit >> shift & 15)
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }
}

/// The first place from `start` on where `bytes` has something else than ASCII that stands for itself in JSON.
@inline(__always)
private func endOfPlainJSON(_ bytes: Span<UInt8>, from start: Int) -> Int {
  unsafe bytes.withUnsafeBytes { raw in
    var index = start
    // Eight bytes at a time: a high bit in `odd` marks a byte below 0x20, above 0x7E, a quote or a backslash.
    while index + 8 <= raw.count {
      let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let quotes = word ^ 0x2222_2222_2222_2222
      let slashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let below = (word &- 0x2020_2020_2020_2020) & ~word
      let equal = ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
      let odd = (below | equal | word | (word &+ ones)) & 0x8080_8080_8080_8080
      if odd != 0 { break }
      index += 8
    }
    while index < raw.count {
      let byte = unsafe raw[index]
      if byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index += 1
    }
    return index
  }
}

private let ones: UInt64 = 0x0101_0101_0101_0101
