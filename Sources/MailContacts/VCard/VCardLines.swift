internal import MailBytes

/// The lines of a vCard file, unfolded. RFC 6350, section 3.2; for version 2.1 the soft line breaks of quoted-printable too.
struct VCardLines {
  private let bytes: [UInt8]
  private let limit: Int
  private var position = 0
  /// The number of the physical line that the last logical line began with, from 1.
  private(set) var number = 0
  private var physical = 0
  /// The last line was longer than allowed and was cut.
  private(set) var isCut = false

  init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The range of the next physical line, without its end: CR LF, LF or CR.
  private mutating func nextPhysical() -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let start = position
    let feed = findByte(0x0A, in: bytes.span, from: start, to: bytes.count)
    let carriage = findByte(0x0D, in: bytes.span, from: start, to: feed)
    if carriage < feed {
      position = carriage + 1
      if position == feed { position += 1 }
      physical += 1
      return start..<carriage
    }
    position = min(feed + 1, bytes.count)
    physical += 1
    return start..<feed
  }

  private var continues: Bool { position < bytes.count && bytes[position].isWSP }

  /// The next line with what was folded; nil at the end.
  mutating func next() -> [UInt8]? {
    guard let first = nextPhysical() else { return nil }
    number = physical
    isCut = false
    var line = Array(bytes[first])
    while continues {
      // A line of white space alone ends a base64 value in version 2.1; it adds nothing.
      guard let more = nextPhysical() else { break }
      add(bytes[more.dropFirst()], to: &line)
    }
    let isQuoted = isQuotedPrintable(line)
    while isQuoted, line.last == UInt8(ascii: "="), let more = nextPhysical() {
      line.removeLast()
      // QUIRK: some writers of 2.1 fold quoted-printable by white space as well.
      add(bytes[more.drop { bytes[$0].isWSP && bytes[more.lowerBound].isWSP }], to: &line)
    }
    return line
  }

  private mutating func add(_ more: ArraySlice<UInt8>, to line: inout [UInt8]) {
    guard line.count + more.count <= limit else {
      isCut = true
      return
    }
    line += more
  }

  /// The line has a quoted-printable value that goes on. RFC 2045, section 6.7.
  private func isQuotedPrintable(_ line: [UInt8]) -> Bool {
    guard line.last == UInt8(ascii: "=") else { return false }
    let colon = findByte(UInt8(ascii: ":"), in: line.span, from: 0, to: line.count)
    guard colon < line.count else { return false }
    let head = String(decoding: line[..<colon], as: UTF8.self).uppercased()
    return head.utf8.split(separator: UInt8(ascii: ";")).contains {
      $0.elementsEqual("QUOTED-PRINTABLE".utf8) || $0.elementsEqual("ENCODING=QUOTED-PRINTABLE".utf8)
    }
  }
}
