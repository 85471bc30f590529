internal import MailBytes

/// How much a server may answer.
public struct ReplyLimits: Sendable, Equatable {
  /// Octets of one line, its end included. RFC 5321, section 4.5.3.1.5, says 512; servers write longer ones.
  public var lineLength = 4_096
  /// Lines of one reply.
  public var lines = 512
  /// Octets of one reply.
  public var size = 65_536

  /// What is enough for every server that means well.
  public static let standard = ReplyLimits()
}

/// Why what a server wrote is no reply.
public enum ReplyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A line that doesn't begin with a code from 200 to 599 and a space or hyphen.
  case notAReply([UInt8])
  /// The lines of one reply have different codes.
  case mixedCodes(Int, Int)
  /// A reply to nothing that was asked; its code.
  case unsolicited(Int)
  /// A code that is no answer to what was asked.
  case unexpected(Int)
  /// A line is longer than the limit.
  case lineTooLong
  /// The reply has more lines or octets than the limits.
  case tooLong

  public var description: String {
    switch self {
    case .notAReply(let line): "the answer is not SMTP: \"\(clean(string(line.prefix(80))))\""
    case .mixedCodes(let first, let second): "the answer has two codes, \(first) and \(second)"
    case .unsolicited(let code): "an answer (\(code)) came that nobody asked for"
    case .unexpected(let code): "the answer \(code) makes no sense here"
    case .lineTooLong: "a line of the answer is too long"
    case .tooLong: "the answer is too long"
    }
  }
}

/// Puts a reply together from its lines. Pure: it is given lines as they come.
public struct ReplyParser: Sendable {
  private let limits: ReplyLimits
  private var code = 0
  private var enhanced: EnhancedStatus?
  private var lines: [[UInt8]] = []
  private var size = 0

  /// A parser at the start of a reply.
  public init(limits: ReplyLimits = .standard) { self.limits = limits }

  /// Lines of the reply that have come so far.
  public var lineCount: Int { lines.count }

  // Reply-line = *( Reply-code "-" [ textstring ] CRLF )
  //              Reply-code [ SP textstring ] CRLF
  // Reply-code = %x32-35 %x30-35 %x30-39
  // textstring = 1*(%d09 / %d32-126)
  /// Takes the next line, without its line end; the reply when this was its last line, nil when more lines follow.
  /// RFC 5321, section 4.2. Any octet is accepted in the text, and as second digit as well.
  public mutating func take(_ line: ArraySlice<UInt8>) throws(ReplyError) -> SMTPReply? {
    var line = line
    while line.last == 0x0D || line.last == 0x0A { line.removeLast() }
    guard line.count + 2 <= limits.lineLength else { throw .lineTooLong }
    size += line.count + 2
    guard lines.count < limits.lines, size <= limits.size else { throw .tooLong }
    let start = line.startIndex
    guard line.count >= 3, 0x32...0x35 ~= line[start], line[start + 1].isDigit, line[start + 2].isDigit,
      line.count == 3 || line[start + 3] == 0x20 || line[start + 3] == 0x2D
    else { throw .notAReply(Array(line)) }
    let code = Int(line[start] - 0x30) * 100 + Int(line[start + 1] - 0x30) * 10 + Int(line[start + 2] - 0x30)
    if lines.isEmpty { self.code = code }
    guard code == self.code else { throw .mixedCodes(self.code, code) }
    let text = line.dropFirst(4)
    if let found = parseEnhancedStatus(text.span, status: code / 100) {
      if enhanced == nil { enhanced = found.code }
      lines.append(Array(text.dropFirst(found.length)))
    } else {
      lines.append(Array(text))
    }
    if line.count > 3, line[start + 3] == 0x2D { return nil }
    let reply = SMTPReply(code: code, enhanced: enhanced, lines: lines)
    self = ReplyParser(limits: limits)
    return reply
  }
}
