internal import MailBytes

/// What a server answers to a command. RFC 5321, section 4.2.
///
///     S: 250-mail.example.org
///     S: 250 SIZE 50000000
public struct SMTPReply: Sendable, Equatable {
  /// 200 to 599.
  public let code: Int
  /// The first enhanced code of the reply, when there is one that fits. RFC 2034.
  public let enhanced: EnhancedStatus?
  /// The texts of the lines as they came, without code and enhanced code: any octets but LF.
  public let lines: [[UInt8]]

  /// A reply of `lines`.
  public init(code: Int, enhanced: EnhancedStatus? = nil, lines: [[UInt8]] = []) {
    self.code = code
    self.enhanced = enhanced
    self.lines = lines
  }

  /// A reply of one line.
  public init(code: Int, enhanced: EnhancedStatus? = nil, text: String) {
    self.init(code: code, enhanced: enhanced, lines: [Array(text.utf8)])
  }

  /// 2yz: it is done.
  public var isPositive: Bool { code / 100 == 2 }
  /// 3yz: the server waits for more.
  public var isIntermediate: Bool { code / 100 == 3 }
  /// 4yz: trying again later may help.
  public var isTransient: Bool { code / 100 == 4 }
  /// 5yz: trying again doesn't help.
  public var isPermanent: Bool { code / 100 == 5 }
  /// 421: the server ends the session, whatever it was asked. RFC 5321, section 3.8.
  public var endsSession: Bool { code == 421 }

  /// The words of the server for people: one line, without control characters, at most 1,000 characters.
  public var text: String {
    let parts = lines.map { clean(string($0)).trimmed }.filter { !$0.isEmpty }
    let joined = parts.joined(separator: " ")
    return joined.count > 1_000 ? String(joined.prefix(1_000)) + "…" : joined
  }

  /// Code, enhanced code and text, as in `550 5.1.1 no such user`, for people and reports.
  public var description: String {
    var words = ["\(code)"]
    if let enhanced { words.append("\(enhanced)") }
    let text = text
    if !text.isEmpty { words.append(text) }
    return words.joined(separator: " ")
  }
}

extension SMTPReply: CustomStringConvertible {}

extension String {
  /// Without the spaces at both ends.
  fileprivate var trimmed: String {
    guard let start = firstIndex(where: { $0 != " " }), let end = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[start...end])
  }
}
