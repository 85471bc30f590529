/// What is counted of the bytes of a message when it is taken in. Whatever no server takes as it is, long lines and the
/// like, is mended when the server is known.
struct BodyScan: Equatable {
  /// The lines that end in LF alone.
  private(set) var bareLines: Int64 = 0
  private(set) var size: Int64 = 0
  private var last: UInt8 = 0x0A

  /// Takes the next bytes.
  mutating func take(_ bytes: Span<UInt8>) {
    var (last, bare) = (last, Int64(0))
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == 0x0A, last != 0x0D { bare += 1 }
      last = byte
    }
    self.last = last
    bareLines += bare
    size += Int64(bytes.count)
  }

  /// Every line that has come has an end.
  var endsInNewline: Bool { last == 0x0A }
}
