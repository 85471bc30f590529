/// The text of a TOML document, changed line by line: everything else of it stays as its author wrote it.
public struct TOMLDocument: Sendable, Equatable {
  /// The header of a table.
  public struct Header: Sendable, Equatable {
    /// Counted from 1.
    public var line: Int
    public var name: [String]
    /// `[[name]]`.
    public var isArray: Bool
  }

  private var lines: [[UInt8]]
  private let lineEnd: [UInt8]

  /// The document `source`.
  public init(_ source: [UInt8]) {
    lineEnd = zip(source, source.dropFirst()).contains { $0 == 0x0D && $1 == 0x0A } ? [0x0D, 0x0A] : [0x0A]
    lines = source.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    // What stands behind the last line end is a line only if something is there.
    if lines.last?.isEmpty ?? false { lines.removeLast() }
  }

  /// The text as it is now.
  public var bytes: [UInt8] { Array(lines.map { $0 + [0x0A] }.joined()) }

  /// The headers, in the order of the document. Text that looks like one within a string is none.
  public var headers: [Header] {
    var parser = TOMLParser(bytes)
    _ = parser.parseDocument()
    return parser.headers
  }

  /// The header of the table `name` that stands at or after `line`.
  public func header(_ name: String, from line: Int = 1) -> Header? {
    headers.first { $0.name == [name] && $0.line >= line }
  }

  /// Makes `[name]` in `line` into `[[name]]`.
  public mutating func makeArray(headerAt line: Int) {
    guard lines.indices.contains(line - 1), let open = lines[line - 1].firstIndex(of: UInt8(ascii: "[")),
      let close = lines[line - 1].firstIndex(of: UInt8(ascii: "]"))
    else { return }
    lines[line - 1].insert(UInt8(ascii: "]"), at: close)
    lines[line - 1].insert(UInt8(ascii: "["), at: open)
  }

  /// Sets `key` of the table whose header stands in `header` to `value`, as TOML writes it; a comment behind the old value
  /// stays. A new key comes first.
  public mutating func set(_ key: String, to value: String, inTableAt header: Int) {
    let text = Array("\(key) = \(value)".utf8)
    guard let line = line(of: key, inTableAt: header) else {
      lines.insert(text + lineEnd.dropLast(), at: header)
      return
    }
    lines[line - 1] = text + rest(behindValueIn: line)
  }

  /// Takes `key` out of the table whose header stands in `header`.
  public mutating func remove(_ key: String, inTableAt header: Int) {
    guard let line = line(of: key, inTableAt: header) else { return }
    lines.remove(at: line - 1)
  }

  /// Adds `text`, whole lines, behind a blank line.
  public mutating func append(_ text: String) {
    if let last = lines.last, !last.isEmpty, last != [0x0D] { lines.append(Array(lineEnd.dropLast())) }
    for line in text.split(separator: "\n" as Character, omittingEmptySubsequences: false) {
      lines.append(Array(line.utf8) + lineEnd.dropLast())
    }
    while let last = lines.last, last.isEmpty || last == [0x0D] { lines.removeLast() }
  }

  /// The line of `key` in the table whose header stands in `header`.
  private func line(of key: String, inTableAt header: Int) -> Int? {
    let end = headers.first { $0.line > header }?.line ?? lines.count + 1
    return (header + 1..<max(end, header + 1)).first { line in
      var parser = TOMLParser(lines[line - 1])
      parser.skipBlanks()
      // A line that begins with no key has not this one.
      return (try? parser.parseKey()) == [key] && parser.peek() == UInt8(ascii: "=")
    }
  }

  /// What stands behind the value in `line`: blanks and a comment, and the line's end. A value that goes on in the next line
  /// leaves nothing.
  private func rest(behindValueIn line: Int) -> [UInt8] {
    var parser = TOMLParser(lines[line - 1])
    parser.skipBlanks()
    // What can't be parsed has no rest worth keeping.
    guard (try? parser.parseKey()) != nil, parser.peek() == UInt8(ascii: "=") else { return [] }
    parser.advance()
    parser.skipBlanks()
    guard (try? parser.parseValue()) != nil else { return [] }
    return Array(lines[line - 1][parser.place...])
  }
}

/// `text` as a TOML string: in quotation marks, on one line.
public func tomlString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
