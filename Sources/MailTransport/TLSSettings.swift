/// How a server proves who it is, and how we do.
public struct TLSSettings: Sendable, Hashable {
  /// The name (or address) that the certificate must be for, and that is asked for (SNI). May be an internationalised name.
  public var hostName: String
  /// A file of trusted authorities in PEM form, in place of the system's; nil for the system's.
  public var caFile: String?
  /// SHA-256 fingerprints of acceptable certificates, in hexadecimal, with or without colons. If there are any, the server's
  /// certificate must have one of them, and needs neither a known authority nor the right name nor a valid date.
  public var fingerprints: [String]
  /// A file with our certificate and those between it and its authority, in PEM form.
  public var certificateFile: String?
  /// The file with its private key; nil when it is in the same file.
  public var keyFile: String?

  public init(
    hostName: String, caFile: String? = nil, fingerprints: [String] = [], certificateFile: String? = nil,
    keyFile: String? = nil
  ) {
    self.hostName = hostName
    self.caFile = caFile
    self.fingerprints = fingerprints
    self.certificateFile = certificateFile
    self.keyFile = keyFile
  }
}
