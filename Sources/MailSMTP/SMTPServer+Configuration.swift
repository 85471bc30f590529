public import MailConfiguration
internal import MailTransport

extension SMTPServer {
  /// The server that `outgoing` describes, of the kinds smtp and lmtp. What concerns the login (user, password) stays with
  /// the caller.
  public init(configured outgoing: Configuration.Outgoing) {
    let proxy = outgoing.proxy.map {
      Proxy(host: $0.host, port: UInt16(clamping: $0.port), user: $0.user, password: $0.password)
    }
    let port = UInt16(clamping: outgoing.port)
    let place: Place = outgoing.socket.map { .socket($0) } ?? .host(outgoing.host, port: port, proxy: proxy)
    let security: Security =
      switch outgoing.tls {
      case .implicit: .implicit
      case .starttls: .startTLS
      case .none: .none
      }
    let trust = outgoing.trust
    let tls = TLSSettings(
      hostName: outgoing.host.isEmpty ? "localhost" : outgoing.host, caFile: trust.caFile,
      fingerprints: trust.fingerprints, certificateFile: trust.certificate, keyFile: trust.certificateKey)
    self.init(place, security: security, tls: tls)
    isLMTP = outgoing.kind == .lmtp
    heloName = outgoing.heloName
    timeouts = SMTPTimeouts(reply: outgoing.limits.replyTimeout, connect: outgoing.limits.connectTimeout)
    recipientLimit = max(1, outgoing.limits.recipients)
    mechanisms = outgoing.login.mechanisms
    allowsClearTextLogin = outgoing.login.allowsClearText
  }
}
