internal import COpenSSL

extension TLSSession {
  /// What was agreed on.
  static func facts(of connection: OpaquePointer) throws(TransportError) -> TLSFacts {
    guard let leaf = unsafe SSL_get0_peer_certificate(connection) else { throw .certificate(.missing, fingerprint: "") }
    let certificate = unsafe Certificate(leaf)
    return unsafe TLSFacts(
      version: String(cString: SSL_get_version(connection)),
      cipher: String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(connection))),
      fingerprint: hexadecimal(certificate.digest), names: certificate.names, expires: certificate.expires,
      isResumed: SSL_session_reused(connection) == 1, channelBindings: bindings(of: connection, certificate))
  }

  private static func bindings(
    of connection: OpaquePointer, _ certificate: Certificate
  ) -> [(name: String, data: [UInt8])] {
    var result: [(name: String, data: [UInt8])] = []
    let isNew = unsafe SSL_version(connection) >= TLS1_3_VERSION
    if isNew, let data = unsafe exported(connection) {
      result.append(("tls-exporter", data))
    } else if !isNew, unsafe copenssl_extended_master_secret(connection) == 1 {
      // Without the extended master secret somebody between could make two connections with the same binding (RFC 7627).
      result.append(("tls-unique", unsafe finished(connection)))
    }
    if let data = certificate.endPoint { result.append(("tls-server-end-point", data)) }
    return result
  }

  /// RFC 9266, section 2.
  private static func exported(_ connection: OpaquePointer) -> [UInt8]? {
    let label = "EXPORTER-Channel-Binding"
    var data = [UInt8](repeating: 0, count: 32)
    let code = unsafe SSL_export_keying_material(connection, &data, 32, label, label.utf8.count, [], 0, 1)
    return code == 1 ? data : nil
  }

  /// The first Finished message of the handshake: the client's, or the server's where a session was taken up. RFC 5929,
  /// section 3.1.
  private static func finished(_ connection: OpaquePointer) -> [UInt8] {
    var data = [UInt8](repeating: 0, count: 64)
    let count =
      unsafe SSL_session_reused(connection) == 1
      ? unsafe SSL_get_peer_finished(connection, &data, data.count)
      : unsafe SSL_get_finished(connection, &data, data.count)
    return Array(data.prefix(count))
  }
}
