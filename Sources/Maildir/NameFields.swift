/// What the file name of a message says, as lengths and numbers: no string is made. For those who read many names.
public struct NameFields: Sendable, Equatable {
  /// The length of the key, the part before the first `,` or `:`. It stays the same through moves and flag changes.
  public var keyLength = 0
  /// The length of the part before the first `:`: the key and its fields.
  public var baseLength = 0
  public var flags: MaildirFlags = []
  /// There are letters among the flags that we give no meaning, such as Dovecot's keywords `a` to `z`.
  public var hasOtherLetters = false
  /// The claim of `S=`: the size of the file in bytes.
  public var size: Int64?
  /// The claim of `W=`: the size in bytes with CRLF at the ends of lines.
  public var wireSize: Int64?

  /// Reads a file name, without its directory. Every name can be read; what is missing stays empty.
  public init(_ name: Span<UInt8>) {
    let count = name.count
    var index = 0
    while index < count, name[index] != UInt8(ascii: ","), name[index] != UInt8(ascii: ":") { index += 1 }
    keyLength = index
    while index < count, name[index] == UInt8(ascii: ",") {
      index += 1
      let isNumber = index + 1 < count && name[index + 1] == UInt8(ascii: "=")
      let letter = index < count ? name[index] : 0
      if isNumber { index += 2 }
      var value: Int64? = isNumber && index < count && isDigit(name[index]) ? 0 : nil
      while index < count, name[index] != UInt8(ascii: ","), name[index] != UInt8(ascii: ":") {
        value = value.flatMap { appending(name[index], to: $0) }
        index += 1
      }
      if isNumber, letter == UInt8(ascii: "S") { size = value }
      if isNumber, letter == UInt8(ascii: "W") { wireSize = value }
    }
    baseLength = index
    guard index + 3 <= count, name[index + 1] == UInt8(ascii: "2"), name[index + 2] == UInt8(ascii: ",") else { return }
    index += 3
    while index < count {
      let flag = MaildirFlags(letter: name[index])
      if flag.isEmpty { hasOtherLetters = true } else { flags.insert(flag) }
      index += 1
    }
  }
}

@inline(__always)
private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// `value` with one more digit; nil when `byte` is none or the number is too large to be a size.
@inline(__always)
private func appending(_ byte: UInt8, to value: Int64) -> Int64? {
  guard isDigit(byte), value < 1 << 55 else { return nil }
  return value * 10 + Int64(byte &- UInt8(ascii: "0"))
}
