internal import MailBytes

/// A token in Google's and Microsoft's form, older than the standard.
public struct XOAuth2Mechanism: SASLMechanism {
  public let name = "XOAUTH2"
  public private(set) var isComplete = false
  public private(set) var explanation: String?
  private let message: [UInt8]

  /// Throws `unusableText` for a name or token that holds a control character.
  public init(_ credentials: Credentials, token: String) throws(SASLError) {
    let user = try withoutControls(credentials.user, "user name")
    message = Array("user=\(user)\u{1}auth=Bearer \(try withoutControls(token, "token"))\u{1}\u{1}".utf8)
  }

  public mutating func respond(to challenge: [UInt8]?) throws(SASLError) -> [UInt8]? {
    if isComplete {
      guard let challenge, explanation == nil else { throw .unexpectedChallenge(mechanism: name) }
      // The server explains why it refuses, and waits for an empty answer before it does.
      explanation = refusal(challenge)
      return []
    }
    isComplete = true
    return message
  }
}

/// A token in the standard form. RFC 7628.
public struct OAuthBearerMechanism: SASLMechanism {
  public let name = "OAUTHBEARER"
  public private(set) var isComplete = false
  public private(set) var explanation: String?
  private let message: [UInt8]

  /// Throws `unusableText` for a name or token that holds a control character.
  public init(_ credentials: Credentials, token: String) throws(SASLError) {
    let user = scramName(try withoutControls(credentials.user, "user name"))
    var text = "n,a=\(user),\u{1}"
    if !credentials.host.isEmpty { text += "host=\(try withoutControls(credentials.host, "host name"))\u{1}" }
    if credentials.port > 0 { text += "port=\(credentials.port)\u{1}" }
    message = Array("\(text)auth=Bearer \(try withoutControls(token, "token"))\u{1}\u{1}".utf8)
  }

  public mutating func respond(to challenge: [UInt8]?) throws(SASLError) -> [UInt8]? {
    if isComplete {
      guard let challenge, explanation == nil else { throw .unexpectedChallenge(mechanism: name) }
      explanation = refusal(challenge)
      // RFC 7628, section 3.2.3: a lone ^A says that the refusal was understood.
      return [1]
    }
    isComplete = true
    return message
  }
}

/// What the server says in its refusal, fit for people: a small piece of JSON as it is.
private func refusal(_ challenge: [UInt8]) -> String { clean(string(challenge.prefix(500))) }

/// `text`; throws if it holds a control character, by which one could smuggle in a field.
private func withoutControls(_ text: String, _ what: String) throws(SASLError) -> String {
  guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .unusableText(what) }
  return text
}
