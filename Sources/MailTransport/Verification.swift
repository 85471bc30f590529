internal import COpenSSL

/// What a connection finds out about the certificate that it is shown.
final class Verification {
  let context: TLSContext
  /// Under what its sessions are kept.
  let sessionKey: SessionCache.Key
  let host: HostName
  private(set) var fingerprint = ""
  private(set) var names: [String] = []
  /// OpenSSL's number for what is wrong; nil while nothing is.
  private(set) var failure: Int32?

  init(_ context: TLSContext, host: HostName, sessionKey: SessionCache.Key) {
    self.context = context
    self.host = host
    self.sessionKey = sessionKey
  }

  /// The one that belongs to `connection`.
  static func of(_ connection: OpaquePointer?) -> Verification? {
    guard let held = unsafe SSL_get_ex_data(connection, 0) else { return nil }
    return unsafe Unmanaged<Verification>.fromOpaque(held).takeUnretainedValue()
  }

  /// Called by OpenSSL in place of its own check: 1 when the certificate is accepted.
  static func verify(_ store: OpaquePointer?) -> Int32 {
    let connection = unsafe X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx())
    guard let verification = unsafe of(OpaquePointer(connection)) else { return 0 }
    return unsafe verification.check(store)
  }

  private func check(_ store: OpaquePointer?) -> Int32 {
    guard let leaf = unsafe X509_STORE_CTX_get0_cert(store) else {
      failure = X509_V_ERR_UNSPECIFIED
      return 0
    }
    let certificate = unsafe Certificate(leaf)
    let digest = certificate.digest
    fingerprint = hexadecimal(digest)
    names = certificate.names
    if !context.pins.isEmpty {
      if context.pins.contains(digest) {
        unsafe X509_STORE_CTX_set_error(store, X509_V_OK)
        return 1
      }
      unsafe X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION)
      failure = X509_V_ERR_APPLICATION_VERIFICATION
      return 0
    }
    if unsafe X509_verify_cert(store) == 1 { return 1 }
    failure = unsafe X509_STORE_CTX_get_error(store)
    return 0
  }

  /// What is wrong with the certificate; nil when nothing is.
  var problem: CertificateProblem? {
    guard let failure else { return nil }
    switch failure {
    case X509_V_ERR_APPLICATION_VERIFICATION: return .notPinned
    case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
      return .wrongHost(wanted: host.ascii, names: names)
    case X509_V_ERR_CERT_HAS_EXPIRED: return .expired
    case X509_V_ERR_CERT_NOT_YET_VALID: return .notYetValid
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return .selfSigned
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_UNTRUSTED:
      return .unknownAuthority
    case X509_V_ERR_CERT_REVOKED: return .revoked
    default:
      let words = unsafe String(cString: X509_verify_cert_error_string(Int(failure)))
      return .other(words)
    }
  }
}

/// `bytes` as hexadecimal digits in small letters.
func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
