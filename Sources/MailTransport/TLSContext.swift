internal import COpenSSL
internal import MailBytes
internal import MailSystem
internal import Synchronization

/// What connections with the same settings share: trusted authorities, our certificate, and earlier sessions.
///
/// Making one takes a millisecond or two, so they are kept.
@safe final class TLSContext: @unchecked Sendable {
  /// OpenSSL counts references itself and locks what is shared.
  let pointer: OpaquePointer
  let pins: [[UInt8]]

  /// What makes one context differ from another: all the settings but the name of the host.
  private struct Key: Hashable {
    var caFile: String?
    var pins: [[UInt8]]
    var certificateFile: String?
    var keyFile: String?
  }

  private static let made = Mutex<[Key: TLSContext]>([:])

  /// The context for `settings`; throws `settings` when a file of them can't be used.
  static func context(for settings: TLSSettings) throws(TransportError) -> TLSContext {
    var pins: [[UInt8]] = []
    for text in settings.fingerprints { pins.append(try fingerprint(text)) }
    let key = Key(
      caFile: settings.caFile, pins: pins, certificateFile: settings.certificateFile, keyFile: settings.keyFile)
    if let known = made.withLock({ $0[key] }) { return known }
    let context = try TLSContext(settings, pins: pins)
    made.withLock { $0[key] = context }
    return context
  }

  private init(_ settings: TLSSettings, pins: [[UInt8]]) throws(TransportError) {
    guard let pointer = unsafe SSL_CTX_new(TLS_client_method()) else { throw lastTLSError() }
    unsafe self.pointer = unsafe pointer
    self.pins = pins
    _ = unsafe copenssl_set_client_options(pointer)
    _ = unsafe copenssl_set_min_version(pointer, TLS1_2_VERSION)
    // Parts of what is written may go; what is left may lie elsewhere the next time.
    _ = unsafe copenssl_set_mode(pointer, Int(SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
    unsafe SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
    unsafe SSL_CTX_set_cert_verify_callback(pointer, { store, _ in unsafe Verification.verify(store) }, nil)
    // A key with a password would make OpenSSL ask for it at the terminal.
    unsafe SSL_CTX_set_default_passwd_cb(pointer) { _, _, _, _ in -1 }
    // Sessions are kept by us: OpenSSL's own store can't be asked by a client.
    _ = unsafe copenssl_set_session_cache_mode(pointer, Int(SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL))
    unsafe SSL_CTX_sess_set_new_cb(pointer) { connection, session in
      unsafe SessionCache.keep(session, from: connection) ? 1 : 0
    }
    if pins.isEmpty { try loadAuthorities(settings.caFile) }
    try loadCertificate(settings)
  }

  deinit { unsafe SSL_CTX_free(pointer) }

  /// Trusts those in `file`, or those that the system trusts.
  private func loadAuthorities(_ file: String?) throws(TransportError) {
    if let file {
      guard unsafe SSL_CTX_load_verify_file(pointer, file) == 1 else {
        throw .settings("\(clean(file)): no certificates can be read from it: \(lastTLSReason())")
      }
      return
    }
    _ = unsafe SSL_CTX_set_default_verify_paths(pointer)
    // QUIRK: the place that OpenSSL was built with is Debian's; other systems keep one file elsewhere.
    let places = [
      "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
      "/etc/ssl/cert.pem",
    ]
    if environment("SSL_CERT_DIR") == nil, environment("SSL_CERT_FILE") == nil, !hasDefaultAuthorities(),
      let place = places.first(where: { isExistingFile($0) })
    {
      _ = unsafe SSL_CTX_load_verify_file(pointer, place)
    }
    ERR_clear_error()
  }

  /// OpenSSL finds authorities where it looks by itself: a directory in which they are found by hash, which is much faster than
  /// one large file.
  private func hasDefaultAuthorities() -> Bool {
    guard let directory = unsafe X509_get_default_cert_dir(), let file = unsafe X509_get_default_cert_file() else {
      return false
    }
    if unsafe isExistingFile(String(cString: file)) { return true }
    let names = (try? directoryEntries(unsafe String(cString: directory))) ?? []
    return names.contains { $0.hasSuffix(".0") }
  }

  /// Shows servers that ask for it our certificate.
  private func loadCertificate(_ settings: TLSSettings) throws(TransportError) {
    guard let file = settings.certificateFile else { return }
    guard unsafe SSL_CTX_use_certificate_chain_file(pointer, file) == 1 else {
      throw .settings("\(clean(file)): no certificate can be read from it: \(lastTLSReason())")
    }
    let keyFile = settings.keyFile ?? file
    guard unsafe SSL_CTX_use_PrivateKey_file(pointer, keyFile, SSL_FILETYPE_PEM) == 1 else {
      throw .settings(
        "\(clean(keyFile)): no private key without a password can be read from it: \(lastTLSReason())")
    }
    guard unsafe SSL_CTX_check_private_key(pointer) == 1 else {
      throw .settings("\(clean(keyFile)): not the key of the certificate in \(clean(file))")
    }
  }
}

/// There is something by this name.
private func isExistingFile(_ path: String) -> Bool { (try? fileStatus(path)) != nil }

/// The bytes of a fingerprint in hexadecimal; throws `settings` for what is none.
private func fingerprint(_ text: String) throws(TransportError) -> [UInt8] {
  var digits: [UInt8] = []
  for byte in text.utf8 where byte != UInt8(ascii: ":") && byte != UInt8(ascii: " ") {
    guard let value = byte.hexDigitValue else { throw .settings("\(clean(text)): not a SHA-256 fingerprint") }
    digits.append(value)
  }
  guard digits.count == 64 else { throw .settings("\(clean(text)): not a SHA-256 fingerprint (64 hexadecimal digits)") }
  return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
