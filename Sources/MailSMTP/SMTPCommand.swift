internal import MailBytes

/// A line from the client to the server. What can't be one line of printable octets can't be made.
struct SMTPCommand: Sendable, Equatable {
  /// The line with its CRLF.
  let line: [UInt8]
  let stage: SMTPStage
  /// For the log: nothing that is secret.
  let isSecret: Bool

  /// RFC 5321, section 4.5.3.1.4, allows 512 octets and more with extensions; RFC 4954, section 4, 12,288 for AUTH.
  static let longestLine = 12_288

  /// Checks that nothing in `text` ends the line or is a control character: RFC 5321, section 4.1.2.
  init(_ text: [UInt8], _ stage: SMTPStage, isSecret: Bool = false) throws(SMTPError) {
    let limit = isSecret ? 1 << 20 : SMTPCommand.longestLine
    guard text.count + 2 <= limit, text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw .invalidParameter(isSecret ? "login" : string(text.prefix(100)))
    }
    line = text + [0x0D, 0x0A]
    self.stage = stage
    self.isSecret = isSecret
  }

  private init(fixed text: StaticString, _ stage: SMTPStage) {
    line = Array(text.description.utf8) + [0x0D, 0x0A]
    self.stage = stage
    isSecret = false
  }

  /// The command without its line end, as a log may show it.
  var logText: String {
    let text = clean(string(line.dropLast(2)))
    guard isSecret else { return text }
    let verb = text.prefix { $0 != " " }
    return verb == "AUTH" ? "AUTH \(text.dropFirst(5).prefix { $0 != " " }) …" : "…"
  }

  // data = "DATA" CRLF
  static let data = SMTPCommand(fixed: "DATA", .data)
  // rset = "RSET" CRLF
  static let reset = SMTPCommand(fixed: "RSET", .reset)
  // noop = "NOOP" [ SP String ] CRLF
  static let noop = SMTPCommand(fixed: "NOOP", .noop)
  // quit = "QUIT" CRLF
  static let quit = SMTPCommand(fixed: "QUIT", .quit)
  // RFC 3207, section 4: "STARTTLS" CRLF
  static let startTLS = SMTPCommand(fixed: "STARTTLS", .startTLS)
  // RFC 4954, section 4: the client cancels with a line of a single "*"
  static let cancelAuthentication = SMTPCommand(fixed: "*", .authentication)

  /// The three ways to say hello.
  enum Hello: String {
    // ehlo = "EHLO" SP ( Domain / address-literal ) CRLF
    case extended = "EHLO"
    // helo = "HELO" SP Domain CRLF
    case plain = "HELO"
    // RFC 2033, section 4.1: LHLO, with the semantics of EHLO
    case local = "LHLO"
  }

  /// Says hello as `name`: a domain or an address literal.
  static func hello(_ form: Hello, name: String) throws(SMTPError) -> SMTPCommand {
    let bytes = Array(name.utf8)
    guard isASCII(bytes.span), isValidDomain(bytes.span) else { throw .invalidParameter(name) }
    return try SMTPCommand(Array("\(form.rawValue) ".utf8) + bytes, .hello)
  }

  // bdat-cmd   = "BDAT" SP chunk-size [ SP end-marker ] CR LF
  // chunk-size = 1*DIGIT
  // end-marker = "LAST"
  /// Announces `size` octets. RFC 3030, section 2.
  static func chunk(size: Int, isLast: Bool) throws(SMTPError) -> SMTPCommand {
    try SMTPCommand(Array("BDAT \(size)\(isLast ? " LAST" : "")".utf8), isLast ? .message : .content)
  }

  // "AUTH" SP sasl-mech [SP initial-response] *(CRLF [base64]) [CRLF cancel-response] CRLF
  // initial-response = base64 / "="
  /// Begins a login. RFC 4954, section 4 and 8.
  static func authenticate(_ mechanism: String, initial: [UInt8]?) throws(SMTPError) -> SMTPCommand {
    var text = Array("AUTH \(mechanism)".utf8)
    if let initial { text += [0x20] + (initial.isEmpty ? [0x3D] : Base64.encode(initial.span)) }
    return try SMTPCommand(text, .authentication, isSecret: true)
  }

  /// Goes on with a login.
  static func answer(_ response: [UInt8]) throws(SMTPError) -> SMTPCommand {
    try SMTPCommand(Base64.encode(response.span), .authentication, isSecret: true)
  }
}
