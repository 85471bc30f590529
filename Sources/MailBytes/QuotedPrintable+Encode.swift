extension QuotedPrintable {
  /// The quoted-printable form of the text `bytes`, each LF or CRLF of it as `newline`. Lines have at most 76 octets;
  /// trailing white space, `From ` and a lone `.` at the start of a line are encoded. RFC 2045, section 6.7; RFC 2049,
  /// section 3.
  public static func encode(_ bytes: Span<UInt8>, newline: [UInt8] = [0x0A]) -> [UInt8] {
    var writer = QuotedPrintableWriter(newline: newline)
    writer.output.reserveCapacity(bytes.count + bytes.count / 8)
    for index in 0..<bytes.count { writer.write(bytes, index) }
    return writer.output
  }
}

private struct QuotedPrintableWriter {
  let newline: [UInt8]
  var output: [UInt8] = []
  private var column = 0

  init(newline: [UInt8]) { self.newline = newline }

  mutating func write(_ bytes: Span<UInt8>, _ index: Int) {
    let byte = bytes[index]
    if byte == 0x0A {
      output += newline
      column = 0
      return
    }
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
    if byte == 0x0D, next == 0x0A, index + 1 < bytes.count { return }
    let endsLine = next == 0x0A || (next == 0x0D && index + 2 < bytes.count && bytes[index + 2] == 0x0A)
    if needsEscape(bytes, index, endsLine) {
      breakLine(before: 3, endsLine)
      output += [0x3D, hexDigit(byte >> 4), hexDigit(byte)]
      column += 3
    } else {
      breakLine(before: 1, endsLine)
      output.append(byte)
      column += 1
    }
  }

  private mutating func breakLine(before length: Int, _ endsLine: Bool) {
    guard column + length > (endsLine ? 76 : 75) else { return }
    output.append(0x3D)
    output += newline
    column = 0
  }

  private func needsEscape(_ bytes: Span<UInt8>, _ index: Int, _ endsLine: Bool) -> Bool {
    let byte = bytes[index]
    if byte == 0x3D || byte >= 0x7F { return true }
    if byte.isWSP { return endsLine }
    if byte < 0x20 { return true }
    guard column == 0 else { return false }
    if byte == 0x2E { return endsLine }
    return byte == 0x46 && index + 4 < bytes.count && bytes[index + 1] == 0x72 && bytes[index + 2] == 0x6F
      && bytes[index + 3] == 0x6D && bytes[index + 4] == 0x20
  }
}
