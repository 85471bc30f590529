internal import COpenSSL
internal import Glibc
internal import MailBytes

/// A connection that is encrypted.
@safe final class TLSSession {
  let facts: TLSFacts
  private let connection: OpaquePointer
  private let socket: Socket
  private let verification: Verification
  private var isBroken = false

  /// Agrees with the server on the encryption and checks that it is who it should be.
  init(_ socket: Socket, endPoint: String, _ settings: TLSSettings, _ patience: Patience) throws(TransportError) {
    let host = try HostName(settings.hostName)
    let context = try TLSContext.context(for: settings)
    self.socket = socket
    let key = SessionCache.Key(settings: settings, endPoint: endPoint)
    verification = Verification(context, host: host, sessionKey: key)
    ERR_clear_error()
    guard let connection = unsafe SSL_new(context.pointer) else { throw lastTLSError() }
    unsafe self.connection = unsafe connection
    do throws(TransportError) {
      try unsafe Self.prepare(connection, socket, host, verification)
      unsafe SessionCache.take(key, for: connection)
      try unsafe Self.shakeHands(connection, socket, verification, patience)
      facts = try unsafe Self.facts(of: connection)
    } catch {
      unsafe SSL_free(connection)
      throw error
    }
    if facts.isResumed, facts.version == "TLSv1.2" { unsafe SessionCache.keepAgain(key, of: connection) }
  }

  deinit { unsafe SSL_free(connection) }

  private static func prepare(
    _ connection: OpaquePointer, _ socket: Socket, _ host: HostName, _ verification: Verification
  ) throws(TransportError) {
    guard let bio = unsafe copenssl_new_socket(socketMethod.pointer, socket.descriptor) else { throw lastTLSError() }
    unsafe SSL_set_bio(connection, bio, bio)
    // The connection never outlives the session that holds `verification`.
    _ = unsafe SSL_set_ex_data(connection, 0, Unmanaged.passUnretained(verification).toOpaque())
    let parameters = unsafe SSL_get0_param(connection)
    // RFC 9525: names stand in subjectAltName, whole or with a whole first label as "*".
    unsafe X509_VERIFY_PARAM_set_hostflags(
      parameters, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
    let bare = String(host.ascii.prefix { $0 != "%" })
    let isSet =
      host.isAddress
      ? unsafe X509_VERIFY_PARAM_set1_ip_asc(parameters, bare) == 1
      : unsafe X509_VERIFY_PARAM_set1_host(parameters, bare, 0) == 1
        && copenssl_set_server_name(connection, bare) == 1
    guard isSet else { throw lastTLSError() }
  }

  private static func shakeHands(
    _ connection: OpaquePointer, _ socket: Socket, _ verification: Verification, _ patience: Patience
  ) throws(TransportError) {
    while true {
      ERR_clear_error()
      let result = unsafe SSL_connect(connection)
      if result == 1 { return }
      switch unsafe SSL_get_error(connection, result) {
      case SSL_ERROR_WANT_READ: try patience.wait(socket.descriptor, .readable)
      case SSL_ERROR_WANT_WRITE: try patience.wait(socket.descriptor, .writable)
      case SSL_ERROR_SYSCALL: throw .closed
      default:
        if let problem = verification.problem {
          throw .certificate(problem, fingerprint: verification.fingerprint)
        }
        throw lastTLSError()
      }
    }
  }

  func read(into buffer: inout [UInt8], atMost count: Int, _ patience: Patience) throws(TransportError) -> Int {
    guard !isBroken else { throw .closed }
    let count = min(count, 1 << 20)
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: count))
    var received = 0
    defer { buffer.removeLast(count - received) }
    while true {
      ERR_clear_error()
      let result = unsafe buffer.withUnsafeMutableBytes { space in
        unsafe SSL_read(connection, space.baseAddress.map { unsafe $0 + start }, Int32(count))
      }
      if result > 0 {
        if let deadline = patience.deadline, deadline.hasPassed { throw .timedOut(patience.purpose) }
        received = Int(result)
        return received
      }
      if try settle(result, patience) == .ended { return 0 }
    }
  }

  func write(_ bytes: ArraySlice<UInt8>, _ patience: Patience) throws(TransportError) {
    guard !isBroken else { throw .closed }
    var rest = bytes
    while !rest.isEmpty {
      ERR_clear_error()
      let result = unsafe rest.withUnsafeBytes { space in
        unsafe SSL_write(connection, space.baseAddress, Int32(clamping: min(space.count, 1 << 20)))
      }
      if result > 0 {
        rest = rest.dropFirst(Int(result))
        if let deadline = patience.deadline, deadline.hasPassed, !rest.isEmpty { throw .timedOut(patience.purpose) }
      } else {
        do throws(TransportError) {
          if try settle(result, patience) == .ended { throw .closed }
        } catch {
          throw error == .closed ? farewell() : error
        }
      }
    }
  }

  /// Why the server has gone: with TLS 1.3 it refuses our certificate, or that there is none, after the handshake.
  private func farewell() -> TransportError {
    ERR_clear_error()
    var byte: UInt8 = 0
    let result = unsafe SSL_read(connection, &byte, 1)
    guard result <= 0, unsafe SSL_get_error(connection, result) == SSL_ERROR_SSL else { return .closed }
    return lastTLSError()
  }

  private enum Settled { case again, ended }

  /// Waits for what OpenSSL waits for, or throws what went wrong.
  private func settle(_ result: Int32, _ patience: Patience) throws(TransportError) -> Settled {
    switch unsafe SSL_get_error(connection, result) {
    case SSL_ERROR_WANT_READ: try patience.wait(socket.descriptor, .readable)
    case SSL_ERROR_WANT_WRITE: try patience.wait(socket.descriptor, .writable)
    case SSL_ERROR_ZERO_RETURN: return .ended
    case SSL_ERROR_SYSCALL:
      isBroken = true
      throw .closed
    default:
      isBroken = true
      throw lastTLSError()
    }
    return .again
  }

  /// Tells the server that nothing more will come, if that can be said without waiting.
  func shutDown() {
    guard !isBroken else { return }
    isBroken = true
    ERR_clear_error()
    _ = unsafe SSL_shutdown(connection)
    ERR_clear_error()
  }
}

/// The kind of BIO that sends without SIGPIPE, made at first use and kept.
@safe private struct SocketMethod: @unchecked Sendable {
  let pointer = unsafe copenssl_make_socket_method()
}

private let socketMethod = SocketMethod()
