internal import MailBytes

/// A challenge answered with a keyed hash of it. RFC 2195.
public struct CramMechanism: SASLMechanism {
  public let name = "CRAM-MD5"
  public let clientSpeaksFirst = false
  public private(set) var isComplete = false
  private let user: [UInt8]
  private let password: [UInt8]

  /// Throws `unusableText` for an empty name or password, or a NUL in them.
  public init(_ credentials: Credentials, password: String) throws(SASLError) {
    user = try withoutNUL(credentials.user, "user name")
    self.password = try withoutNUL(password, "password")
  }

  public mutating func respond(to challenge: [UInt8]?) throws(SASLError) -> [UInt8]? {
    guard let challenge else { return nil }
    guard !isComplete else { throw .unexpectedChallenge(mechanism: name) }
    guard !challenge.isEmpty, challenge.count <= 2048 else { throw .badChallenge(mechanism: name, "no challenge") }
    isComplete = true
    let digest = try Digest.md5.authenticate(challenge, key: password)
    return user + [0x20] + digest.flatMap { [hexDigit($0 >> 4) | 0x20, hexDigit($0 & 15) | 0x20] }
  }
}
