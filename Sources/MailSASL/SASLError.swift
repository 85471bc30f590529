/// Why an exchange can't be gone on with.
public enum SASLError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The server offers none of the mechanisms that may be used; what it offers, and whether one of them would do if the
  /// connection were encrypted.
  case noMechanism(offered: [String], needsEncryption: Bool)
  /// What the server sent is not what the mechanism prescribes; how.
  case badChallenge(mechanism: String, String)
  /// The server asks for more work than anybody should do: the number of iterations.
  case tooManyIterations(Int)
  /// The server could not prove that it knows the password.
  case serverNotAuthentic(mechanism: String)
  /// The server says that the exchange failed; its word (a SCRAM error, such as "invalid-proof").
  case rejected(mechanism: String, String)
  /// The user name or password holds characters that no server accepts; which of the two.
  case unusableText(String)
  /// The exchange is over, and the server went on.
  case unexpectedChallenge(mechanism: String)
  /// The cryptographic library failed.
  case internalFailure(String)

  public var description: String {
    switch self {
    case .noMechanism(let offered, let needsEncryption):
      offered.isEmpty
        ? "the server offers no way to log in"
        : needsEncryption
          ? "the server offers only ways to log in that show the password, and the connection is not encrypted"
          : "none of the ways to log in that the server offers can be used: \(offered.joined(separator: " "))"
    case .badChallenge(let mechanism, let reason): "\(mechanism): bad answer of the server: \(reason)"
    case .tooManyIterations(let count): "the server asks for too many iterations (\(count))"
    case .serverNotAuthentic(let mechanism):
      "\(mechanism): the server does not know the password: it is not what it claims to be"
    case .rejected(let mechanism, let reason): "\(mechanism): refused by the server: \(reason)"
    case .unusableText(let what): "the \(what) holds characters that can't be used for logging in"
    case .unexpectedChallenge(let mechanism): "\(mechanism): the server asks more than it should"
    case .internalFailure(let what): "the cryptographic library failed: \(what)"
    }
  }
}
