internal import MailBytes

/// Writes what stays of one part.
struct TraceWriter {
  let part: Part
  let date: MailDate
  private let lineBreak: [UInt8]
  /// Without the transfer encoding.
  private let size: Int

  /// Longer fields of the removed part are left out of the trace, and so is what comes after that many octets.
  private static let fieldLimit = 2 << 10
  private static let headerLimit = 6 << 10

  init(part: Part, date: MailDate) {
    self.part = part
    self.date = date
    lineBreak = Self.lineBreak(near: part)
    size = part.decodedBody().count
  }

  /// What is to be replaced in the message, and by what.
  var edits: [(range: Range<Int>, bytes: [UInt8])] {
    part.isMessageRoot ? rootEdits : [partEdit]
  }

  // MARK: A part of a multipart

  /// A part among others goes whole, header and all.
  private var partEdit: (range: Range<Int>, bytes: [UInt8]) {
    let range = part.record.header.lowerBound..<part.record.body.upperBound
    return (range, beginning(at: range.lowerBound) + typeField + lineBreak + phantom + ending(at: range.upperBound))
  }

  // MARK: The only part of a message

  /// The fields of a message that is one part stay, but for those that say what it holds.
  private var rootEdits: [(range: Range<Int>, bytes: [UInt8])] {
    var edits: [(range: Range<Int>, bytes: [UInt8])] = []
    var hasType = false
    var hasVersion = false
    part.forEachField { name, range in
      if name == "mime-version" { hasVersion = true }
      guard name.hasPrefix("content-") else { return }
      let isFirstType = name == "content-type" && !hasType
      if isFirstType { hasType = true }
      edits.append((range, isFirstType ? typeField : []))
    }
    let record = part.record
    var tail = hasType ? [] : typeField
    if !hasVersion { tail += Array("MIME-Version: 1.0".utf8) + lineBreak }
    // The fields end where the empty line begins, or where there is none.
    let fieldsEnd = max(edits.last?.range.upperBound ?? 0, part.fieldsEnd)
    if edits.last?.range.upperBound != fieldsEnd { tail = beginning(at: fieldsEnd) + tail }
    if fieldsEnd == record.header.lowerBound, lacksHeaderEnd(part.parent) { tail = lineBreak + tail }
    edits.append((fieldsEnd..<record.body.upperBound, tail + lineBreak + phantom + ending(at: record.body.upperBound)))
    return edits
  }

  /// A line break, if what stays before `place` has none, as in a message that ends there.
  private func beginning(at place: Int) -> [UInt8] {
    let bytes = part.message.bytes
    guard place > 0, bytes[place - 1] != part.message.structure.newline else { return [] }
    // A header begins right behind a byte order mark.
    return place == 3 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? [] : lineBreak
  }

  /// Whether the header around an embedded message runs into that message.
  private func lacksHeaderEnd(_ outer: Part?) -> Bool {
    guard let outer else { return false }
    return outer.fieldsEnd == outer.record.header.upperBound
  }

  // MARK: The trace

  /// The field that says that the part is elsewhere, that is, nowhere.
  private var typeField: [UInt8] {
    line("Content-Type: message/external-body; access-type=\(removedAccessType);")
      + line("\texpiration=\"\(date.rfc5322)\"; length=\(size); size=\(size)")
  }

  /// What the part's own header said, and a sentence for programs that know nothing of this.
  private var phantom: [UInt8] {
    var result: [UInt8] = []
    var hasType = false
    part.forEachField { name, range in
      // The transfer encoding is that of a body which isn't here; the sentence has none.
      guard name.hasPrefix("content-"), name != "content-transfer-encoding", name != "content-length",
        range.count <= Self.fieldLimit, result.count + range.count <= Self.headerLimit
      else { return }
      if name == "content-type" { hasType = true }
      result += part.message.bytes[range]
      if result.last != part.message.structure.newline { result += lineBreak }
    }
    if !hasType { result = line("Content-Type: \(mediaType)") + result }
    return result + lineBreak + sentence
  }

  private var sentence: [UInt8] {
    var name = ""
    if let text = part.filename, text.utf8.count <= 100, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      name = "\"\(text)\" "
    }
    return Array("The part \(name)(\(mediaType), \(size) bytes) was removed on \(date.rfc5322).".utf8)
  }

  /// The media type, if it is one that can be written.
  private var mediaType: String {
    let type = part.contentType.mediaType
    let isPlain = type.utf8.count <= 100 && type.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    return isPlain ? type : "application/octet-stream"
  }

  /// The line break behind the trace, unless that of the delimiter follows.
  private func ending(at place: Int) -> [UInt8] {
    let bytes = part.message.bytes
    let newline = part.message.structure.newline
    guard place < bytes.count else { return lineBreak }
    if bytes[place] == newline { return [] }
    return bytes[place] == 0x0D && place + 1 < bytes.count && bytes[place + 1] == newline ? [] : lineBreak
  }

  private func line(_ text: String) -> [UInt8] { Array(text.utf8) + lineBreak }

  /// The line break in use where the part begins.
  private static func lineBreak(near part: Part) -> [UInt8] {
    let bytes = part.message.bytes
    let newline = part.message.structure.newline
    // A message without any line break has none to go by.
    guard newline == 0x0A else { return bytes.contains(0x0D) ? [0x0D] : [0x0A] }
    let start = part.record.header.lowerBound
    let end = start > 0 ? start - 1 : bytes[start...].firstIndex(of: newline) ?? bytes.endIndex
    return end > 0 && end <= bytes.count && bytes[end - 1] == 0x0D ? [0x0D, 0x0A] : [0x0A]
  }
}

extension Part {
  /// Calls `body` with the name of each field, in lower case, and where it lies, line break and all.
  func forEachField(_ body: (String, Range<Int>) -> Void) {
    let bytes = message.bytes.span
    var position = record.header.lowerBound
    while let field = nextField(bytes, &position, record.fieldsEnd, message.structure.newline) {
      body(string(bytes.extracting(field.nameStart..<field.nameEnd)).lowercased(), field.nameStart..<position)
    }
  }

  /// Where the fields end: before the empty line, or where the body starts.
  var fieldsEnd: Int {
    let header = record.header
    let newline = message.structure.newline
    let bytes = message.bytes
    var end = header.upperBound
    guard end > header.lowerBound, bytes[end - 1] == newline else { return end }
    end -= 1
    if newline == 0x0A, end > header.lowerBound, bytes[end - 1] == 0x0D { end -= 1 }
    // What is before has to be a whole line: else the line break belonged to the last field.
    return end == header.lowerBound || bytes[end - 1] == newline ? end : header.upperBound
  }
}
