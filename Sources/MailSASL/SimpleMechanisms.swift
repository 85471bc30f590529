/// The name and the password as they are. RFC 4616.
public struct PlainMechanism: SASLMechanism {
  public let name = "PLAIN"
  public private(set) var isComplete = false
  private let message: [UInt8]

  /// Throws `unusableText` for a NUL, or what no prepared text may hold.
  public init(_ credentials: Credentials, password: String) throws(SASLError) {
    let authorization = try saslPrepared(credentials.authorization, "name")
    let user = try saslPrepared(credentials.user, "user name")
    message =
      Array(authorization.utf8) + [0] + Array(user.utf8) + [0] + Array(try saslPrepared(password, "password").utf8)
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

  /// Throws `unusableText` for a NUL, or what no prepared text may hold.
  public init(_ credentials: Credentials, password: String) throws(SASLError) {
    answers = [
      Array(try saslPrepared(credentials.user, "user name").utf8), Array(try saslPrepared(password, "password").utf8),
    ]
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
    message = Array(try saslPrepared(name, "user name").utf8)
  }

  public mutating func respond(to challenge: [UInt8]?) throws(SASLError) -> [UInt8]? {
    guard !isComplete else { throw .unexpectedChallenge(mechanism: name) }
    isComplete = true
    return message
  }
}
