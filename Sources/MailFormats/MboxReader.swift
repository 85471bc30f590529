internal import MailBytes

/// One message of an mbox.
public struct MboxMessage: Sendable {
  /// Where its `From ` line begins in the file.
  public let offset: Int64
  public let fromLine: FromLine?
  /// The message as it was before it was put into the file. Empty when it is larger than the limit.
  public let bytes: [UInt8]
  /// What the header says about the message.
  public let fields: MailboxFields
  /// Its size in the file, without the `From ` line.
  public let size: Int64
  /// It is larger than the limit and was passed over.
  public let isTooLarge: Bool
}

/// Reads the messages of an mbox one after the other; no more of the file is in memory than one message and a little. RFC
/// 4155; <https://www.qmail.org/qmail-manual-html/man5/mbox.html>.
///
/// A message ends before a line that looks like a `From ` line of any of the usual forms, is followed by a header field and,
/// unless the file is written without them, preceded by an empty line; or where a Content-Length says, if that is true.
/// Status fields and the like belong to the file and are taken out of the message. Reading never fails but where the input does.
public struct MboxReader {
  /// The variant that was named, or found; mboxrd where nothing tells, since mboxo has `>From ` for the same.
  public private(set) var variant: MboxVariant
  /// The bytes before the first message, which are none of it.
  public private(set) var leadingBytes: Int64 = 0

  private var window: ByteWindow
  private let sizeLimit: Int
  private let named: MboxVariant?
  private var needsEmptyLine = true
  private var hasBegun = false
  /// Where the next `From ` line begins in the window.
  private var start = 0

  /// Reads from `window`, which stands at the beginning of the file. Without `variant` the file tells which it is. Messages of
  /// more than `sizeLimit` bytes are passed over.
  public init(_ window: ByteWindow, variant: MboxVariant? = nil, sizeLimit: Int = .max) {
    self.window = window
    self.variant = variant ?? .mboxrd
    named = variant
    self.sizeLimit = sizeLimit
  }

  /// How much of the file has been read, in bytes.
  public var position: Int64 { window.offset + Int64(start) }

  /// The next message; nil at the end.
  public mutating func next() throws -> MboxMessage? {
    if !hasBegun { try begin() }
    if start > 1 << 19 || start == window.bytes.count {
      window.discard(start)
      start = 0
    }
    guard try window.fill(to: start + 1) else { return nil }
    let offset = position
    let lineEnd = try endOfLine(at: start)
    let fromLine = FromLine(window.bytes.span.extracting(start..<lineEnd))
    let first = min(lineEnd + 1, window.bytes.count)
    if variant.usesLength, let message = try messageByLength(first, offset, fromLine) { return message }
    return try messageByLines(first, offset, fromLine)
  }

  /// Finds the first `From ` line and how the file was written.
  private mutating func begin() throws {
    hasBegun = true
    _ = try window.fill(to: 1 << 20)
    start = begins(window.bytes.span, 0, window.bytes.count, with: "\u{FEFF}") ? 3 : 0
    start = afterEmptyLines(window.bytes.span, start)
    if start < window.bytes.count, !begins(window.bytes.span, start, window.bytes.count, with: "From ") {
      try skipToFirst()
    }
    let survey = MboxSurvey(window.bytes.span, from: start, isWhole: window.isAtEnd)
    needsEmptyLine = survey.hasEmptyLines
    if named == nil { variant = survey.lengths ?? survey.quoting }
  }

  private mutating func skipToFirst() throws {
    var scan = MboxScan(from: start)
    while true {
      let end = scan.advance(window.bytes.span, isAtEnd: window.isAtEnd, needsEmptyLine: false)
      if let end {
        leadingBytes = window.offset + Int64(end)
        start = end
        _ = try window.fill(to: start + 1 << 20)
        return
      }
      let used = scan.forget()
      window.discard(used)
      _ = try window.grow()
    }
  }

  /// The place of the line break behind `index`, or the end of the file.
  private mutating func endOfLine(at index: Int) throws -> Int {
    var searched = index
    while true {
      let end = findByte(0x0A, in: window.bytes.span, from: searched, to: window.bytes.count)
      if end < window.bytes.count { return end }
      searched = end
      if try !window.grow() { return window.bytes.count }
    }
  }

  // MARK: By lines

  private mutating func messageByLines(_ first: Int, _ offset: Int64, _ fromLine: FromLine?) throws -> MboxMessage {
    var first = first
    var scan = MboxScan(from: first)
    var skipped: Int64 = 0
    var isTooLarge = false
    while true {
      if let end = scan.advance(window.bytes.span, isAtEnd: window.isAtEnd, needsEmptyLine: needsEmptyLine) {
        start = end
        let size = skipped + Int64(end - first)
        if size > Int64(sizeLimit) { isTooLarge = true }
        return message(
          first..<end, dropsEmptyLine: scan.isAfterEmpty, offset, fromLine, size: size, isTooLarge: isTooLarge,
          isByLength: false)
      }
      if window.bytes.count - first > sizeLimit {
        isTooLarge = true
        let used = scan.forget()
        window.discard(used)
        skipped += Int64(used - first)
        first = 0
      }
      _ = try window.grow()
    }
  }

  // MARK: By length

  /// The message that begins at `first`, if it has a Content-Length and that is true.
  private mutating func messageByLength(
    _ first: Int, _ offset: Int64, _ fromLine: FromLine?
  ) throws -> MboxMessage? {
    // A header that isn't whole after a megabyte is read by lines.
    _ = try window.fill(to: first + 1 << 16)
    var fields = MailboxFields(window.bytes.span, from: first, to: window.bytes.count)
    if fields.bodyStart == window.bytes.count, try window.fill(to: first + 1 << 20) {
      fields = MailboxFields(window.bytes.span, from: first, to: window.bytes.count)
    }
    guard let length = fields.contentLength, length <= sizeLimit else { return nil }
    let end = fields.bodyStart + length
    _ = try window.fill(to: end + longestFromLine + 4)
    guard end <= window.bytes.count, isEndOfMessage(window.bytes.span, end) else { return nil }
    start = afterEmptyLines(window.bytes.span, end)
    let size = end - first
    return message(
      first..<end, dropsEmptyLine: false, offset, fromLine, size: Int64(size), isTooLarge: size > sizeLimit,
      isByLength: true)
  }

  // MARK: The message itself

  private mutating func message(
    _ range: Range<Int>, dropsEmptyLine: Bool, _ offset: Int64, _ fromLine: FromLine?, size: Int64, isTooLarge: Bool,
    isByLength: Bool
  ) -> MboxMessage {
    var end = range.upperBound
    if dropsEmptyLine { end = withoutEmptyLine(window.bytes.span, range.lowerBound, end) }
    let fields = MailboxFields(window.bytes.span, from: range.lowerBound, to: end)
    var content: [UInt8] = []
    if !isTooLarge {
      // QUIRK: what a program finds quoted in a header is in most cases a remnant of older mail systems, and stays; who names
      // a variant knows that all lines were quoted.
      let quoted = named == nil ? fields.bodyStart : range.lowerBound
      let body = QuotedLines(window.bytes.span, from: quoted, to: end)
      // A file of lengths in which something stands unquoted quotes nothing.
      if isByLength, named == nil, body.hasUnquoted { variant = .mboxcl2 }
      var dropped = fields.foreignLines
      if isByLength, let lines = fields.lengthLines {
        dropped.append(lines)
      }
      switch variant {
      case .mboxo, .mboxcl: dropped += body.single.map { $0..<($0 + 1) }
      case .mboxrd: dropped += body.all.map { $0..<($0 + 1) }
      case .mboxcl2: break
      }
      dropped.sort { $0.lowerBound < $1.lowerBound }
      content = without(dropped, range.lowerBound..<end)
    }
    return MboxMessage(
      offset: offset, fromLine: fromLine, bytes: content, fields: fields, size: size, isTooLarge: isTooLarge)
  }

  /// The bytes of `range` but for those of `dropped`, which are in order.
  private func without(_ dropped: [Range<Int>], _ range: Range<Int>) -> [UInt8] {
    if dropped.isEmpty { return Array(window.bytes[range]) }
    var content: [UInt8] = []
    content.reserveCapacity(range.count)
    var index = range.lowerBound
    for hole in dropped {
      content.append(contentsOf: window.bytes[index..<hole.lowerBound])
      index = hole.upperBound
    }
    content.append(contentsOf: window.bytes[index..<range.upperBound])
    return content
  }
}

/// Where the first line that isn't empty begins, at or behind `start`.
private func afterEmptyLines(_ bytes: Span<UInt8>, _ start: Int) -> Int {
  var index = start
  while index < bytes.count {
    let newline = findByte(0x0A, in: bytes, from: index, to: bytes.count)
    guard isEmptyLine(bytes, index, newline) else { break }
    index = min(newline + 1, bytes.count)
  }
  return index
}

/// The end of the message without the empty line that the file puts behind it.
private func withoutEmptyLine(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
  guard end > start, bytes[end - 1] == 0x0A else { return end }
  return end - start >= 2 && bytes[end - 2] == 0x0D ? end - 2 : end - 1
}
