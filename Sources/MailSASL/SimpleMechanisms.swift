/// The name and the password as they are. RFC 4616.
public struct PlainMechanism: SASLMechanism {
  public let name = "PLAIN"
  public private(set) var isComplete = false
  private let message: [UInt8]

  /// Throws `unusableText` for an empty name or password, or a NUL in them. Everything else goes as it is: it is the server
  /// that prepares it.
  public init(_ credentials: Credentials, password: String) throws(SASLError) {
    let authorization = try withoutNUL(credentials.authorization, "name", mayBeEmpty: true)
    let user = try withoutNUL(credentials.user, "user name")
    message = authorization + [0] + user + [0] + (try withoutNUL(password, "password"))
  }

  public mutating func respond(to challenge: [UInt8]?) throws(SASLError) -> [UInt8]? {
    guard !isComplete else { throw .unexpectedChallenge(mechanism: name) }
    isComplete = true
    return message
  }
}

/// The name, then the password, each when the server asks for it. Never standardised; draft-murchison-sasl-login.
public struct LoginMechanism: SASLMechanism {
  public let name = "LOGIN"
  public let clientSpeaksFirst = false
  private var answers: ArraySlice<[UInt8]>

  /// Throws `unusableText` for an empty name or password, or a NUL in them.
  public init(_ credentials: Credentials, password: String) throws(SASLError) {
    answers = [try withoutNUL(credentials.user, "user name"), try withoutNUL(password, "password")]
  }

  public var isComplete: Bool { answers.isEmpty }

  /// QUIRK: servers ask "Username:", "User Name" or nothing at all; only the order counts.
  public mutating func respond(to challenge: [UInt8]?) throws(SASLError) -> [UInt8]? {
    guard challenge != nil else { return nil }
    guard let answer = answers.popFirst() else { throw .unexpectedChallenge(mechanism: name) }
    return answer
  }
}

/// The connection proves it. RFC 4422, appendix A.
public struct ExternalMechanism: SASLMechanism {
  public let name = "EXTERNAL"
  public private(set) var isComplete = false
  private let message: [UInt8]

  /// Throws `unusableText` for a name that can't be sent.
  public init(_ credentials: Credentials) throws(SASLError) {
    let name = credentials.authorization.isEmpty ? credentials.user : credentials.authorization
    message = try withoutNUL(name, "user name", mayBeEmpty: true)
  }

  public mutating func respond(to challenge: [UInt8]?) throws(SASLError) -> [UInt8]? {
    guard !isComplete else { throw .unexpectedChallenge(mechanism: name) }
    isComplete = true
    return message
  }
}

/// The bytes of `text`; throws when it holds a NUL, which would end it early, or nothing.
func withoutNUL(_ text: String, _ what: String, mayBeEmpty: Bool = false) throws(SASLError) -> [UInt8] {
  guard mayBeEmpty || !text.isEmpty, !text.utf8.contains(0) else { throw .unusableText(what) }
  return Array(text.utf8)
}
