/// The client's side of one way to prove who one is. RFC 4422.
///
/// Values hold the state of one exchange; each is used once.
public protocol SASLMechanism: Sendable {
  /// The registered name, such as "SCRAM-SHA-256-PLUS".
  var name: String { get }
  /// The client speaks first, so that a protocol can send `respond(to: nil)` along with the name.
  var clientSpeaksFirst: Bool { get }
  /// The answer to what the server sent, both without base64; for nil, what the client says before the server says anything:
  /// nil if that is nothing. Throws when the server is not to be trusted or makes no sense; the exchange has to be broken off
  /// then ("*" in SMTP, IMAP and POP3).
  mutating func respond(to challenge: [UInt8]?) throws(SASLError) -> [UInt8]?
  /// Nothing is missing. A server that reports success before is not to be believed: it has not proved that it knows the
  /// password, which the mechanism is to show.
  var isComplete: Bool { get }
  /// What the server gave as the reason before it refused, for people; nil if it gave none (only OAuth mechanisms do).
  var explanation: String? { get }
}

extension SASLMechanism {
  public var clientSpeaksFirst: Bool { true }
  public var explanation: String? { nil }
}
