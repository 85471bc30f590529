/// What two sides agreed on when they encrypted their connection.
public struct TLSFacts: Sendable, Equatable {
  /// The version, such as "TLSv1.3".
  public var version: String
  /// The cipher suite, such as "TLS_AES_256_GCM_SHA384".
  public var cipher: String
  /// The SHA-256 fingerprint of the server's certificate, 64 hexadecimal digits.
  public var fingerprint: String
  /// The names in the server's certificate.
  public var names: [String]
  /// When the server's certificate expires, in seconds since 1970; nil if that can't be told.
  public var expires: Int64?
  /// An earlier session with the same server was taken up again.
  public var isResumed: Bool
  /// What ties an authentication to this connection, the best first: "tls-exporter" (RFC 9266), "tls-unique" (RFC 5929, only
  /// where it is safe), "tls-server-end-point".
  public var channelBindings: [(name: String, data: [UInt8])]

  public init(
    version: String, cipher: String, fingerprint: String, names: [String] = [], expires: Int64? = nil,
    isResumed: Bool = false, channelBindings: [(name: String, data: [UInt8])] = []
  ) {
    self.version = version
    self.cipher = cipher
    self.fingerprint = fingerprint
    self.names = names
    self.expires = expires
    self.isResumed = isResumed
    self.channelBindings = channelBindings
  }

  public static func == (one: TLSFacts, other: TLSFacts) -> Bool {
    one.version == other.version && one.cipher == other.cipher && one.fingerprint == other.fingerprint
      && one.names == other.names && one.expires == other.expires && one.isResumed == other.isResumed
      && one.channelBindings.elementsEqual(other.channelBindings) { $0 == $1 }
  }
}
