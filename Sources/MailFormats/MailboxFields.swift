internal import MailBytes
public import MailMIME

/// The fields by which mail programs keep in the message itself what a mailbox file has no other place for.
///
/// | Field | Written by | Means |
/// |---|---|---|
/// | Status | all | `R` read, `O` not new, `D` deleted |
/// | X-Status | c-client, Dovecot, mutt | `A` answered, `F` flagged, `T` draft, `D` deleted |
/// | X-Mozilla-Status | Thunderbird | hexadecimal bits |
/// | X-Keywords, X-Mozilla-Keys | Dovecot, Thunderbird | keywords, separated by spaces |
/// | X-Label | mutt | a label |
public struct MailboxFields: Sendable, Equatable {
  public private(set) var marks: MessageMarks = []
  /// There was a field that says whether the message has been read.
  public private(set) var saysRead = false
  /// Keywords as IMAP has them: `$Forwarded`, `work`.
  public private(set) var keywords: [String] = []
  /// The values of X-Label.
  public private(set) var labels: [String] = []
  /// The program that wrote the file has deleted the message already, and only not yet made the file shorter.
  public private(set) var isExpunged = false
  /// No message, but notes of a mail server that look like one.
  public private(set) var isInternal = false
  /// The value of a Content-Length.
  public private(set) var contentLength: Int?
  /// The last `;` and what is behind it, of the topmost Received field.
  public private(set) var received: MailDate?
  /// The Date field.
  public private(set) var date: MailDate?

  /// Where the body begins in the bytes that were read.
  let bodyStart: Int
  /// The lines that belong to the mailbox file and not to the message, in ascending order.
  private(set) var foreignLines: [Range<Int>] = []
  /// The lines of Content-Length.
  private(set) var lengthLines: Range<Int>?

  /// Reads the header at `start` of `bytes`, which ends at `end` at the latest.
  public init(_ bytes: Span<UInt8>, from start: Int = 0, to end: Int) {
    var lines = HeaderLines(from: start, to: end)
    var (hasReceived, hasIMAP, isNote) = (false, false, false)
    var found = Found()
    while let line = lines.next(in: bytes) {
      switch bytes[line.name.lowerBound] | 0x20 {
      case UInt8(ascii: "x"): hasIMAP = found.takeExtension(bytes, line) || hasIMAP
      case UInt8(ascii: "s"):
        if isNamed(bytes, line.name, "status") { found.takeStatus(bytes, line) }
        if isNamed(bytes, line.name, "subject") {
          let value = trimmed(bytes, line.value)
          isNote = begins(bytes, value.lowerBound, value.upperBound, with: "DON'T DELETE THIS MESSAGE")
        }
      case UInt8(ascii: "c"):
        if found.length == nil, isNamed(bytes, line.name, "content-length") { found.takeLength(bytes, line) }
      case UInt8(ascii: "r"):
        if !hasReceived, isNamed(bytes, line.name, "received") {
          hasReceived = true
          received = receivedDate(bytes, line.value)
        }
      case UInt8(ascii: "d"):
        if date == nil, isNamed(bytes, line.name, "date") { date = MailDate(parsing: bytes.extracting(line.value)) }
      default: break
      }
    }
    bodyStart = lines.bodyStart ?? end
    (marks, saysRead, keywords, labels) = (found.marks, found.saysRead, found.keywords, found.labels)
    (isExpunged, isInternal) = (found.isExpunged, hasIMAP && isNote)
    (contentLength, lengthLines, foreignLines) = (found.length, found.lengthLines, found.foreignLines)
  }

  /// When the message was received, by its topmost Received field, and failing that by its Date field.
  public var arrival: MailDate? { received ?? date }
}

/// What has been found in the fields so far.
private struct Found {
  var marks: MessageMarks = []
  var saysRead = false
  var keywords: [String] = []
  var labels: [String] = []
  var isExpunged = false
  var length: Int?
  var lengthLines: Range<Int>?
  var foreignLines: [Range<Int>] = []

  /// Status: RO. A value of other letters is somebody else's field and stays in the message.
  mutating func takeStatus(_ bytes: Span<UInt8>, _ line: HeaderLine) {
    let value = trimmed(bytes, line.value)
    guard value.count <= 6 else { return }
    var found: MessageMarks = []
    for index in value {
      switch bytes[index] {
      case UInt8(ascii: "R"): found.insert(.seen)
      case UInt8(ascii: "D"): found.insert(.deleted)
      case UInt8(ascii: "O"), UInt8(ascii: "N"), UInt8(ascii: "U"): break
      default: return
      }
    }
    marks.formUnion(found)
    saysRead = true
    foreignLines.append(line.lines)
  }

  /// A field whose name begins with X-; true for that of c-client's notes.
  mutating func takeExtension(_ bytes: Span<UInt8>, _ line: HeaderLine) -> Bool {
    let name = line.name
    if isNamed(bytes, name, "x-status") {
      takeExtendedStatus(bytes, line)
    } else if isNamed(bytes, name, "x-mozilla-status") {
      takeMozillaStatus(bytes, line)
    } else if isNamed(bytes, name, "x-mozilla-status2") || isNamed(bytes, name, "x-uid")
      || isNamed(bytes, name, "x-imapbase")
    {
      foreignLines.append(line.lines)
    } else if isNamed(bytes, name, "x-keywords") || isNamed(bytes, name, "x-mozilla-keys") {
      keywords += words(bytes, line.value)
      foreignLines.append(line.lines)
    } else if isNamed(bytes, name, "x-label") {
      let label = string(bytes.extracting(trimmed(bytes, line.value)))
      if !label.isEmpty { labels.append(label) }
    } else if isNamed(bytes, name, "x-imap") {
      foreignLines.append(line.lines)
      return true
    }
    return false
  }

  private mutating func takeExtendedStatus(_ bytes: Span<UInt8>, _ line: HeaderLine) {
    let value = trimmed(bytes, line.value)
    guard value.count <= 8 else { return }
    var found: MessageMarks = []
    for index in value {
      switch bytes[index] {
      case UInt8(ascii: "A"): found.insert(.answered)
      case UInt8(ascii: "F"): found.insert(.flagged)
      case UInt8(ascii: "T"): found.insert(.draft)
      case UInt8(ascii: "D"): found.insert(.deleted)
      case UInt8(ascii: "P"): found.insert(.forwarded)
      case UInt8(ascii: "R"), UInt8(ascii: "N"), UInt8(ascii: "O"): break
      default: return
      }
    }
    marks.formUnion(found)
    foreignLines.append(line.lines)
  }

  private mutating func takeMozillaStatus(_ bytes: Span<UInt8>, _ line: HeaderLine) {
    let value = trimmed(bytes, line.value)
    guard (1...8).contains(value.count) else { return }
    var bits: UInt32 = 0
    for index in value {
      guard let digit = bytes[index].hexDigitValue else { return }
      bits = bits << 4 | UInt32(digit)
    }
    saysRead = true
    if bits & 0x0001 != 0 { marks.insert(.seen) }
    if bits & 0x0002 != 0 { marks.insert(.answered) }
    if bits & 0x0004 != 0 { marks.insert(.flagged) }
    if bits & 0x1000 != 0 { marks.insert(.forwarded) }
    if bits & 0x0008 != 0 { isExpunged = true }
    foreignLines.append(line.lines)
  }

  mutating func takeLength(_ bytes: Span<UInt8>, _ line: HeaderLine) {
    let value = trimmed(bytes, line.value)
    guard (1...15).contains(value.count) else { return }
    var number = 0
    for index in value {
      guard bytes[index].isDigit else { return }
      number = number * 10 + Int(bytes[index] - 0x30)
    }
    length = number
    lengthLines = line.lines
  }
}

/// The words of a value, separated by white space or commas.
private func words(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [String] {
  var words: [String] = []
  var start = range.lowerBound
  for index in range.lowerBound...range.upperBound {
    let isEnd = index == range.upperBound || bytes[index].isFoldingSpace || bytes[index] == 0x2C
    guard isEnd else { continue }
    if index > start, words.count < 1_000 { words.append(string(bytes.extracting(start..<index))) }
    start = index + 1
  }
  return words
}

/// The date behind the last semicolon of a Received field. RFC 5322, section 3.6.7.
private func receivedDate(_ bytes: Span<UInt8>, _ range: Range<Int>) -> MailDate? {
  var index = range.upperBound
  while index > range.lowerBound, bytes[index - 1] != 0x3B { index -= 1 }
  guard index > range.lowerBound else { return nil }
  return MailDate(parsing: bytes.extracting(index..<range.upperBound))
}
