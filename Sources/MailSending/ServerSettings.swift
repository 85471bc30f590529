internal import MailConfiguration
internal import MailSASL
internal import MailSMTP
internal import MailTransport

extension SMTPServer {
  /// The server that the configuration describes.
  init(_ outgoing: Configuration.Outgoing) throws(ServerProblem) {
    guard let port = UInt16(exactly: outgoing.port) else { throw .configuration("\(outgoing.name): no such port") }
    let proxy = outgoing.proxy.map {
      Proxy(host: $0.host, port: UInt16(clamping: $0.port), user: $0.user, password: $0.password)
    }
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
      fingerprints: trust.fingerprints,
      certificateFile: trust.certificate, keyFile: trust.certificateKey)
    self.init(place, security: security, tls: tls)
    isLMTP = outgoing.kind == .lmtp
    heloName = outgoing.heloName
    timeouts = SMTPTimeouts(reply: outgoing.limits.replyTimeout, connect: outgoing.limits.connectTimeout)
    recipientLimit = max(1, outgoing.limits.recipients)
    mechanisms = outgoing.login.mechanisms
    allowsClearTextLogin = outgoing.login.allowsClearText
  }
}

extension Credentials {
  /// Who logs in at the server, with the secret; nil where nobody does.
  static func of(
    _ outgoing: Configuration.Outgoing, prompt: ((String) -> MailConfiguration.Secret?)?
  ) throws(ServerProblem) -> Credentials? {
    let login = outgoing.login
    guard login.isWanted else { return nil }
    let secret: Credentials.Secret
    do throws(SecretError) {
      if login.mechanisms == ["EXTERNAL"] {
        secret = .external
      } else if login.tokenCommand != nil {
        secret = .token(try outgoing.token().text)
      } else {
        secret = .password(try outgoing.password(prompt: prompt).text)
      }
    } catch {
      throw error.isTemporary ? .unreachable(error.description) : .login(error.description)
    }
    return Credentials(
      user: login.user ?? "", secret: secret, host: outgoing.host, port: UInt16(clamping: outgoing.port))
  }
}
