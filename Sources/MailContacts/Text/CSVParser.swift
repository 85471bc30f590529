internal import MailBytes

/// How much of a CSV file is read.
public struct CSVLimits: Sendable {
  /// Bytes of one field; what is beyond is left out.
  public var field = 1 << 20
  /// Fields of one record.
  public var columns = 1_000
  /// Records of one file.
  public var rows = 200_000

  public static let standard = CSVLimits()
}

/// The records of a CSV file.
public struct ParsedTable: Sendable {
  /// Each with the line it begins on, counted from 1; empty lines are left out.
  public var rows: [(line: Int, fields: [String])] = []
  public var defects: [TextDefect] = []
}

/// Reads comma-separated values. RFC 4180; semicolons and tabs separate as well where the first line has more of them, and a
/// spreadsheet's `sep=;` in front is understood. Never fails and is linear in the input.
public func parseCSV(_ bytes: [UInt8], limits: CSVLimits = .standard) -> ParsedTable {
  var bytes = plainBytes(bytes)
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
  if !isValidUTF8(bytes.span) { bytes = utf8Text(bytes.span, charset: "windows-1252") }
  return CSVParser(bytes, limits: limits).parse()
}

private struct CSVParser {
  let bytes: [UInt8]
  let limits: CSVLimits
  var separator = UInt8(ascii: ",")
  var index = 0
  var line = 1
  var result = ParsedTable()

  init(_ bytes: [UInt8], limits: CSVLimits) {
    self.bytes = bytes
    self.limits = limits
    if bytes.count > 5, bytes[..<4].map({ $0.lowercasedASCII }).elementsEqual("sep=".utf8),
      bytes[5] == 0x0D || bytes[5] == 0x0A
    {
      separator = bytes[4]
      index = 5
      endLine()
    } else {
      separator = CSVParser.separator(of: bytes)
    }
  }

  /// The separator that stands most often outside quotes in the first line.
  private static func separator(of bytes: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes.prefix(64 << 10) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D { break }
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == 0x09 { counts[byte, default: 0] += 1 }
    }
    let most = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].max { counts[$0, default: 0] < counts[$1, default: 0] }
    return counts.isEmpty ? UInt8(ascii: ",") : most ?? UInt8(ascii: ",")
  }

  private mutating func note(_ reason: String) {
    if result.defects.count < 100 { result.defects.append(TextDefect(line: line, reason)) }
  }

  /// Goes over one line end.
  private mutating func endLine() {
    if index < bytes.count, bytes[index] == 0x0D { index += 1 }
    if index < bytes.count, bytes[index] == 0x0A { index += 1 }
    line += 1
  }

  consuming func parse() -> ParsedTable {
    while index < bytes.count {
      let start = line
      let fields = record()
      if !fields.allSatisfy({ $0.isEmpty }) { result.rows.append((start, fields)) }
      guard result.rows.count < limits.rows else {
        if index < bytes.count { note("more than \(limits.rows) records; the rest is left out") }
        break
      }
    }
    return result
  }

  private mutating func record() -> [String] {
    var fields: [String] = []
    while true {
      let text = field()
      if fields.count < limits.columns { fields.append(text) }
      guard index < bytes.count, bytes[index] == separator else { break }
      index += 1
    }
    if index < bytes.count { endLine() }
    return fields
  }

  private func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == 0x0A || byte == 0x0D }

  private mutating func field() -> String {
    var start = index
    while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    if start < bytes.count, bytes[start] == UInt8(ascii: "\"") {
      index = start + 1
      return quotedField()
    }
    start = index
    while index < bytes.count, !isEnd(bytes[index]) { index += 1 }
    return text(bytes[start..<index])
  }

  private mutating func quotedField() -> String {
    var content: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        guard index + 1 < bytes.count, bytes[index + 1] == byte else { break }
        index += 1
      }
      if byte == 0x0A { line += 1 }
      if content.count < limits.field { content.append(byte) }
      index += 1
    }
    if index < bytes.count { index += 1 } else { note("a quoted field is not ended") }
    // What stands between the quote and the next separator belongs to the field all the same.
    while index < bytes.count, !isEnd(bytes[index]) {
      if bytes[index] != 0x20, content.count < limits.field { content.append(bytes[index]) }
      index += 1
    }
    return text(content[...])
  }

  private mutating func text(_ content: ArraySlice<UInt8>) -> String {
    if content.count > limits.field { note("a field is longer than \(limits.field) bytes; the rest is left out") }
    return string(content.prefix(limits.field).filter { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 })
  }
}
