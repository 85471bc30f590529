internal import MailBytes
public import MailSystem

/// Why a connection could not be made, or came to an end.
public enum TransportError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name service is sure that there is no such host.
  case notFound(host: String)
  /// The name service gave no answer; its words.
  case lookupFailed(host: String, String)
  /// Nobody answers at any address of the host; the last reason.
  case refused(host: String, port: UInt16, String)
  /// Nothing came, or not everything, within the time allowed; what was waited for.
  case timedOut(String)
  /// The peer closed the connection before it was time.
  case closed
  /// Somebody asked this process to stop.
  case interrupted
  /// The peer sent a line longer than the limit, in bytes.
  case lineTooLong(limit: Int)
  /// The peer sent something before the encryption began which would be taken for something said under its protection.
  case injected
  /// The two could not agree on how to encrypt, or the encryption broke; how.
  case tls(String)
  /// The peer's certificate is not acceptable: why, and its SHA-256 fingerprint in hexadecimal (empty if it showed none).
  case certificate(CertificateProblem, fingerprint: String)
  /// The proxy can't be used or won't connect; why, and whether trying again may help.
  case proxy(String, isTemporary: Bool)
  /// The program at the other end could not be run, or failed; how.
  case program(String, String)
  /// What is configured can't be used (a certificate file, a fingerprint, a host name); what and why.
  case settings(String)
  case system(SystemError)

  /// The same may work later without anybody mending the configuration.
  public var isTemporary: Bool {
    switch self {
    case .notFound, .certificate, .settings: false
    case .proxy(_, let isTemporary): isTemporary
    case .system(let error): error.isTemporary || error.isBrokenPipe
    default: true
    }
  }

  public var description: String {
    switch self {
    case .notFound(let host): "no such host: \(clean(host))"
    case .lookupFailed(let host, let reason): "can't look up \(clean(host)): \(reason)"
    case .refused(let host, let port, let reason): "can't connect to \(clean(host)), port \(port): \(reason)"
    case .timedOut(let what): "timed out: \(what)"
    case .closed: "the connection was closed by the other side"
    case .interrupted: "interrupted"
    case .lineTooLong(let limit): "the server sent a line of more than \(limit) bytes"
    case .injected: "something was inserted into the connection before the encryption began"
    case .tls(let reason): "TLS: \(reason)"
    case .certificate(let problem, let fingerprint):
      fingerprint.isEmpty
        ? "certificate refused: \(problem)" : "certificate refused: \(problem) (SHA-256 \(fingerprint))"
    case .proxy(let reason, _): "proxy: \(reason)"
    case .program(let name, let reason): "\(clean(name)): \(reason)"
    case .settings(let reason): reason
    case .system(let error): error.description
    }
  }
}

/// What is wrong with a certificate.
public enum CertificateProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is for other hosts than this one; their names.
  case wrongHost(wanted: String, names: [String])
  case expired
  /// Its time has not come yet; or this computer's clock is wrong.
  case notYetValid
  /// It is signed by itself and nobody vouches for it.
  case selfSigned
  /// It is signed by an authority that nobody trusts here.
  case unknownAuthority
  case revoked
  /// Its fingerprint is none of those configured.
  case notPinned
  /// The server showed none.
  case missing
  /// Anything else, in the words of the library.
  case other(String)

  public var description: String {
    switch self {
    case .wrongHost(let wanted, let names):
      names.isEmpty
        ? "it is not for \(clean(wanted))"
        : "it is for \(clean(names.prefix(5).joined(separator: ", "))), not for \(clean(wanted))"
    case .expired: "it has expired"
    case .notYetValid: "it is not valid yet (or the clock is wrong)"
    case .selfSigned: "it is self-signed"
    case .unknownAuthority: "it is signed by an unknown authority"
    case .revoked: "it has been revoked"
    case .notPinned: "its fingerprint is none of those configured"
    case .missing: "the server has none"
    case .other(let reason): reason
    }
  }
}
