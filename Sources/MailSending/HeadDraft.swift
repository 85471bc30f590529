internal import MailBytes
internal import MailMIME

/// The fields of a message while they are edited.
struct HeadDraft {
  private struct Line {
    var name: String
    var bytes: [UInt8]
    /// For the copy in Sent alone.
    var isHidden = false
    /// It was written here, and is not as it came.
    var isNew = false
  }

  /// The fields as they came.
  let headers: Headers
  var newline: [UInt8] = [10]
  private var lines: [Line] = []

  init(_ block: HeaderBlock, _ headers: Headers) {
    self.headers = headers
    for field in block.fields {
      var bytes = Array(block.bytes[field.range])
      // The last line of a message without body may lack its end.
      if bytes.last != 10 { bytes += block.usesCRLF ? [13, 10] : [10] }
      lines.append(Line(name: string(block.bytes[field.name]).lowercased(), bytes: bytes))
    }
  }

  /// There is such a field now.
  func has(_ name: String) -> Bool {
    let name = name.lowercased()
    return lines.contains { $0.name == name }
  }

  /// The addresses of the field `name` where it was written here; nil where it is as it came.
  func written(_ name: String) -> [Address]? {
    let wanted = name.lowercased()
    guard let line = lines.first(where: { $0.name == wanted && $0.isNew }) else { return nil }
    return Message(parsingHeaderOf: line.bytes).headers.addresses(name)
  }

  mutating func remove(_ name: String) {
    let name = name.lowercased()
    lines.removeAll { $0.name == name }
  }

  mutating func removeAll(where shouldRemove: (String) -> Bool) { lines.removeAll { shouldRemove($0.name) } }

  /// Leaves the field out of what is sent.
  mutating func hide(_ name: String) {
    let name = name.lowercased()
    for place in lines.indices where lines[place].name == name { lines[place].isHidden = true }
  }

  /// Puts `bytes` in the place of the first field `name`, and removes the others; behind all where there is none.
  mutating func replace(_ name: String, with bytes: [UInt8]) {
    let wanted = name.lowercased()
    let line = Line(name: wanted, bytes: bytes, isNew: true)
    guard let place = lines.firstIndex(where: { $0.name == wanted }) else {
      lines.append(line)
      return
    }
    lines[place] = line
    lines[(place + 1)...].removeAll { $0.name == wanted }
  }

  /// Adds a field behind the others, or on top of them, where fields of a new sending belong. RFC 5322, section 3.6.6.
  mutating func add(_ bytes: [UInt8], onTop: Bool = false) {
    let name = string(bytes.prefix { $0 != 0x3A }).lowercased()
    lines.insert(Line(name: name, bytes: bytes, isNew: true), at: onTop ? 0 : lines.count)
  }

  /// The header, those fields last that are not sent, and their places.
  func finished(blank: Bool) -> (bytes: [UInt8], omitted: [Range<Int>]) {
    var bytes: [UInt8] = []
    for line in lines where !line.isHidden { bytes += line.bytes }
    let start = bytes.count
    for line in lines where line.isHidden { bytes += line.bytes }
    let omitted = bytes.count > start ? [start..<bytes.count] : []
    return (bytes + (blank ? newline : []), omitted)
  }
}
