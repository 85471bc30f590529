internal import MailBytes

/// What a server says that it can do. RFC 5321, section 4.1.1.1.
///
///     C: EHLO client.example.org
///     S: 250-mail.example.org
///     S: 250-PIPELINING
///     S: 250-SIZE 50000000
///     S: 250 AUTH PLAIN LOGIN
public struct SMTPCapabilities: Sendable, Equatable {
  /// The name that the server gives itself, as it is.
  public private(set) var domain: [UInt8] = []
  /// Keywords in upper case, with their parameters.
  public private(set) var keywords: [String: [String]] = [:]

  /// A server that can do nothing beyond RFC 821.
  public init() {}

  // ehlo-ok-rsp  = ( "250" SP Domain [ SP ehlo-greet ] CRLF )
  //              / ( "250-" Domain [ SP ehlo-greet ] CRLF
  //                  *( "250-" ehlo-line CRLF )
  //                  "250" SP ehlo-line CRLF )
  /// Reads the reply to EHLO or LHLO. Lines that are no keyword are passed over.
  public init(_ reply: SMTPReply) {
    domain = Array((reply.lines.first ?? []).prefix { $0 != 0x20 })
    for line in reply.lines.dropFirst() { take(line) }
  }

  // ehlo-line    = ehlo-keyword *( SP ehlo-param )
  // ehlo-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
  // ehlo-param   = 1*(%d33-126)
  private mutating func take(_ line: [UInt8]) {
    // QUIRK: some servers write "AUTH=LOGIN PLAIN" for clients of the last century, besides or instead.
    let isOldAuth = line.count > 5 && equalsIgnoringCase(line.span, 0, 5, "auth=".utf8.span)
    let words = line.split { $0 == 0x20 || $0 == 0x09 || (isOldAuth && $0 == 0x3D) }
    guard let first = words.first, first.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2D }) else { return }
    let keyword = string(first).uppercased()
    let parameters = words.dropFirst().filter { $0.allSatisfy { 33...126 ~= $0 } }.map { string($0) }
    keywords[keyword, default: []] += parameters
  }

  /// Whether the server knows `keyword`, given in upper case.
  public func has(_ keyword: String) -> Bool { keywords[keyword] != nil }

  /// RFC 3207.
  public var hasStartTLS: Bool { has("STARTTLS") }
  /// RFC 2920.
  public var hasPipelining: Bool { has("PIPELINING") }
  /// RFC 6152.
  public var has8BitMIME: Bool { has("8BITMIME") }
  /// RFC 6531.
  public var hasSMTPUTF8: Bool { has("SMTPUTF8") }
  /// RFC 3030.
  public var hasChunking: Bool { has("CHUNKING") }
  /// RFC 3030, section 3; only together with CHUNKING.
  public var hasBinaryMIME: Bool { has("BINARYMIME") && hasChunking }
  /// RFC 3461.
  public var hasDSN: Bool { has("DSN") }
  /// RFC 1870.
  public var hasSize: Bool { has("SIZE") }
  /// The largest message that is taken, in octets; nil when none is named. RFC 1870, section 4.
  public var sizeLimit: Int64? { number("SIZE", 0).flatMap { $0 > 0 ? $0 : nil } }

  /// The SASL mechanisms in upper case, each once, in the server's order. RFC 4954, section 3.
  public var authentication: [String] {
    var names: [String] = []
    for name in keywords["AUTH"] ?? [] where !names.contains(name.uppercased()) { names.append(name.uppercased()) }
    return names
  }

  /// The most recipients of one message; nil when the server names no number. RFC 9422, section 4.2.
  public var recipientLimit: Int? { limit("RCPTMAX=") }
  /// The most messages of one session; nil when the server names no number. RFC 9422, section 4.1.
  public var messageLimit: Int? { limit("MAILMAX=") }

  private func limit(_ name: String) -> Int? {
    for word in keywords["LIMITS"] ?? [] where word.uppercased().hasPrefix(name) {
      guard let value = Int(word.dropFirst(name.count)), 1...1_000_000 ~= value else { return nil }
      return value
    }
    return nil
  }

  private func number(_ keyword: String, _ place: Int) -> Int64? {
    guard let parameters = keywords[keyword], place < parameters.count else { return nil }
    return Int64(parameters[place])
  }
}
