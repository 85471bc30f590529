/// A name of up to ten letters and digits as one number, six bits a character, whatever the case; nil for any other.
@inline(__always)
private func packedName(_ range: Range<Int>, in bytes: [UInt8]) -> UInt64? {
  guard range.count <= 10 else { return nil }
  var key: UInt64 = 0
  for index in range {
    let byte = bytes[index]
    guard isLetter(byte) || (byte >= 0x30 && byte <= 0x39) else { return nil }
    key = key << 6 | UInt64(lowered(byte) & 0x3F)
  }
  return key
}

private func table<Value>(of names: [String], _ value: (UInt8) -> Value?) -> [UInt64: Value] {
  var result: [UInt64: Value] = [:]
  result.reserveCapacity(names.count * 2)
  for (index, name) in names.enumerated().dropFirst() {
    let bytes = [UInt8](name.utf8)
    if let key = packedName(0..<bytes.count, in: bytes) { result[key] = value(UInt8(index)) }
  }
  return result
}

private let tags = table(of: htmlTagNames) { HTMLTag(rawValue: $0) }
private let attributes = table(of: htmlAttributeNames) { HTMLAttribute(rawValue: $0) }

extension HTMLTag {
  /// The tag with the name in `bytes[range]`, whatever its case.
  init(named range: Range<Int>, in bytes: [UInt8]) {
    self = packedName(range, in: bytes).flatMap { tags[$0] } ?? .unknown
  }
}

extension HTMLAttribute {
  /// The attribute with the name in `bytes[range]`, whatever its case.
  init(named range: Range<Int>, in bytes: [UInt8]) {
    self = packedName(range, in: bytes).flatMap { attributes[$0] } ?? .unknown
  }
}
