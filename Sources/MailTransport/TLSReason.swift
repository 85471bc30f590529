internal import COpenSSL

/// The last error of OpenSSL on this thread.
func lastTLSError() -> TransportError {
  let code = copenssl_last_error()
  defer { ERR_clear_error() }
  // Whoever cuts a connection without saying goodbye.
  if copenssl_error_library(code) == ERR_LIB_SSL, copenssl_error_reason(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING {
    return .closed
  }
  return .tls(lastTLSReason())
}

/// The reason of the last error in words, with what it usually means where OpenSSL's words don't tell.
func lastTLSReason() -> String {
  let code = copenssl_last_error()
  defer { ERR_clear_error() }
  if copenssl_error_library(code) == ERR_LIB_SSL, let meaning = meanings[copenssl_error_reason(code)] { return meaning }
  guard code != 0, let words = unsafe ERR_reason_error_string(code) else { return "unknown error" }
  return unsafe String(cString: words)
}

/// Reasons of libssl that say little to people.
private let meanings: [Int32: String] = [
  SSL_R_WRONG_VERSION_NUMBER: "what the server says is no TLS (perhaps it wants STARTTLS at this port)",
  SSL_R_HTTP_REQUEST: "what the server says is no TLS",
  SSL_R_UNSUPPORTED_PROTOCOL: "the server knows only versions older than TLS 1.2",
  SSL_R_TLSV1_ALERT_PROTOCOL_VERSION: "the server knows only versions older than TLS 1.2",
  SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    "the server refuses the connection (it may want a client certificate, or other ciphers)",
  SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED: "the server wants a client certificate",
  SSL_R_TLSV1_ALERT_UNKNOWN_CA: "the server doesn't trust our certificate",
  SSL_R_SSLV3_ALERT_BAD_CERTIFICATE: "the server refuses our certificate",
  SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED: "the server says that our certificate has expired",
  SSL_R_DH_KEY_TOO_SMALL: "the server's keys are too short to be safe",
  SSL_R_EE_KEY_TOO_SMALL: "the server's keys are too short to be safe",
]
