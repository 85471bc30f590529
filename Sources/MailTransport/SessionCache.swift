internal import COpenSSL
internal import Synchronization

/// Sessions of earlier connections of this process, with which the next one to the same server is quicker.
enum SessionCache {
  /// A session is good for the same server under the same settings only: its certificate isn't checked again.
  struct Key: Hashable {
    var settings: TLSSettings
    var endPoint: String
  }

  /// A session that OpenSSL holds for us.
  @safe private final class Held: @unchecked Sendable {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }
    deinit { unsafe SSL_SESSION_free(pointer) }
  }

  private static let sessions = Mutex<[Key: Held]>([:])

  /// Keeps a session that a server has given; true when it is ours now.
  static func keep(_ session: OpaquePointer?, from connection: OpaquePointer?) -> Bool {
    guard let session = unsafe session, let verification = unsafe Verification.of(connection) else { return false }
    let held = unsafe Held(session)
    sessions.withLock { $0[verification.sessionKey] = held }
    return true
  }

  /// Makes `connection` take up the session kept under `key`, if there is one. It is used once: with TLS 1.3 whoever sees it
  /// twice could tell that the two connections belong together (RFC 8446, appendix C.4).
  static func take(_ key: Key, for connection: OpaquePointer) {
    let held = sessions.withLock { $0.removeValue(forKey: key) }
    if let held { _ = unsafe SSL_set_session(connection, held.pointer) }
  }

  /// Keeps the session of a connection that took one up and was given no new one (TLS 1.2).
  static func keepAgain(_ key: Key, of connection: OpaquePointer) {
    guard let session = unsafe SSL_get1_session(connection) else { return }
    let held = unsafe Held(session)
    sessions.withLock { if $0[key] == nil { $0[key] = held } }
  }
}
