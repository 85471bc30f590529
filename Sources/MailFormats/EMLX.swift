internal import MailBytes

/// A message as Apple Mail keeps it: a line with its length, the message, and a property list about it.
public struct EMLX: Sendable, Equatable {
  /// The message.
  public let bytes: [UInt8]
  public private(set) var marks: MessageMarks = []
  /// Apple Mail has marked it as junk.
  public private(set) var isJunk = false
  /// When it was received, seconds since 1970.
  public private(set) var received: Int64?
  /// The file is shorter than its first line says; `bytes` is what is there.
  public let isCut: Bool
  /// The first line says more than any message has: 1 GiB.
  public let isAbsurd: Bool

  /// Reads a file; nil when it doesn't begin with a length.
  public init?(_ file: [UInt8]) {
    let span = file.span
    guard let (start, length) = EMLX.length(span) else { return nil }
    let end = start + min(length, file.count - start)
    isAbsurd = length > 1 << 30
    isCut = length > file.count - start
    bytes = Array(file[start..<end])
    let list = PropertyList(span, from: end)
    if let flags = list.integer("flags") { takeFlags(flags) }
    received = list.integer("date-received")
  }

  /// A file that begins as one of these does: digits, spaces, a line break, and then a header.
  public static func isRecognised(_ head: Span<UInt8>) -> Bool {
    guard let (start, _) = length(head) else { return false }
    return looksLikeMessage(head.extracting(start..<head.count))
  }

  private static func length(_ file: Span<UInt8>) -> (start: Int, length: Int)? {
    var (index, length) = (0, 0)
    while index < file.count, index < 12, file[index].isDigit {
      length = length * 10 + Int(file[index] - 0x30)
      index += 1
    }
    guard index > 0 else { return nil }
    while index < file.count, index < 64, file[index].isWSP || file[index] == 0x0D { index += 1 }
    guard index < file.count, file[index] == 0x0A else { return nil }
    return (index + 1, length)
  }

  /// The bits of `flags`, from the least: read, deleted, answered, encrypted, flagged, recent, draft, initial, forwarded,
  /// redirected; bit 24 is junk.
  private mutating func takeFlags(_ flags: Int64) {
    let meanings: [(Int64, MessageMarks)] = [
      (0, .seen), (1, .deleted), (2, .answered), (4, .flagged), (6, .draft), (8, .forwarded), (9, .forwarded),
    ]
    for (bit, mark) in meanings where flags >> bit & 1 == 1 { marks.insert(mark) }
    isJunk = flags >> 24 & 1 == 1
  }
}

/// The numbers of a property list in XML, as far as these files need them: `<key>flags</key> <integer>1</integer>`.
private struct PropertyList {
  private var numbers: [String: Int64] = [:]

  init(_ bytes: Span<UInt8>, from start: Int) {
    var index = start
    var key: String?
    // Nested dictionaries, which hold other things of the same names, end the list for us.
    var depth = 0
    while index < bytes.count, numbers.count < 100 {
      let open = findByte(0x3C, in: bytes, from: index, to: bytes.count)
      let close = findByte(0x3E, in: bytes, from: open, to: bytes.count)
      guard close < bytes.count else { return }
      let tag = open + 1
      let next = findByte(0x3C, in: bytes, from: close, to: bytes.count)
      if begins(bytes, tag, close, with: "dict") { depth += 1 }
      if begins(bytes, tag, close, with: "/dict") { depth -= 1 }
      if depth <= 1 {
        let content = trimmed(bytes, (close + 1)..<max(next, close + 1))
        if begins(bytes, tag, close, with: "key") {
          key = content.count < 64 ? string(bytes.extracting(content)) : nil
        } else if let name = key,
          begins(bytes, tag, close, with: "integer") || begins(bytes, tag, close, with: "real")
        {
          if let number = number(bytes, content), numbers[name] == nil { numbers[name] = number }
          key = nil
        }
      }
      index = next
    }
  }

  func integer(_ key: String) -> Int64? { numbers[key] }

  /// The whole part of a number.
  private func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    var value: Int64 = 0
    var index = range.lowerBound
    while index < range.upperBound, bytes[index].isDigit, index - range.lowerBound < 18 {
      value = value * 10 + Int64(bytes[index] - 0x30)
      index += 1
    }
    guard index > range.lowerBound, index == range.upperBound || bytes[index] == 0x2E else { return nil }
    return value
  }
}
