import MailCommand
import MailConfiguration
import MailSASL
import MailSMTP
import MailSetup

/// Connects to a server and logs in, as mail-send does, and sends nothing.
struct LoginTest {
  enum Proof {
    case password(Secret)
    case token(Secret)
    /// Nobody can tell the password now: the connection alone is tested.
    case none
  }

  let server: Configuration.Outgoing
  let secret: Proof

  func run() throws {
    let client = try SMTPClient.connect(to: server, credentials: credentials)
    client.quit()
    let isLoggedIn = client.isAuthenticated ? "the login works" : "the server answers"
    MailSetup.warn("\(server.host): \(isLoggedIn)")
  }

  private var credentials: Credentials? {
    guard server.login.isWanted, let user = server.login.user else { return nil }
    let port = UInt16(exactly: server.port) ?? 0
    switch secret {
    case .none: return nil
    case .password(let secret):
      return Credentials(user: user, secret: .password(secret.text), host: server.host, port: port)
    case .token(let secret): return Credentials(user: user, secret: .token(secret.text), host: server.host, port: port)
    }
  }
}
