internal import MailBytes

extension ByteBuffer {
  /// Appends `text` as a person may see it: cleaned, cut to `width` columns with `…` where it is longer, and filled up
  /// to them with spaces if `fills`. Returns the columns taken.
  @discardableResult
  public mutating func append(cell text: String, width: Int? = nil, fills: Bool = false) -> Int {
    append(cell: text.utf8.span, width: width, fills: fills)
  }

  @discardableResult
  mutating func append(cell bytes: Span<UInt8>, width: Int? = nil, fills: Bool = false) -> Int {
    let width = width ?? .max
    var taken = 0
    if bytes.count <= width, isPlain(bytes) {
      append(bytes)
      taken = bytes.count
    } else {
      taken = append(measured: bytes, width: width)
    }
    if fills, taken < width {
      append(repeating: UInt8(ascii: " "), width - taken)
      taken = width
    }
    return taken
  }

  /// The slow way: character by character, remembering where `…` would still fit.
  private mutating func append(measured bytes: Span<UInt8>, width: Int) -> Int {
    var meter = WidthMeter()
    var taken = 0
    var (safeCount, safeTaken) = (count, 0)
    var index = 0
    while index < bytes.count {
      let start = index
      var scalar = nextScalar(in: bytes, &index)
      if isUnsafe(scalar) {
        guard scalar == 0x0A || scalar == 0x09 else { continue }
        scalar = 0x20
      }
      let columns = meter.add(scalar)
      if taken + columns > width {
        truncate(to: safeCount)
        guard width > 0 else { return 0 }
        append(literal: "…")
        return safeTaken + 1
      }
      if scalar == 0x20 { append(0x20) } else { append(bytes.extracting(start..<index)) }
      taken += columns
      if taken < width { (safeCount, safeTaken) = (count, taken) }
    }
    return taken
  }
}
