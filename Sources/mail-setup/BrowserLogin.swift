import MailCommand
import MailConfiguration
import MailSetup
import MailSystem

/// A login with OAuth2, as people see it. All that is said goes to standard error.
struct BrowserLogin {
  let oauth: Configuration.OAuth
  let hint: String?
  var opensBrowser = true
  var timeout = 300

  private var client: OAuthClient { OAuthClient(oauth, store: TokenStore(home: userHome())) }

  init(oauth: Configuration.OAuth, hint: String?) {
    self.oauth = oauth
    self.hint = hint
  }

  func run() throws {
    try client.logIn(hint: hint, limit: timeout) { address in
      MailSetup.warn("open this address in a browser on this computer:", hint: address)
      if opensBrowser, isTerminal(2) { open(address) }
    }
    MailSetup.warn("\(oauth.name): logged in")
  }

  func runOnDevice() throws {
    try client.logInOnDevice(limit: timeout) { code in
      MailSetup.warn(
        "open \(code.address) on any device and enter the code \(code.userCode)", hint: code.completeAddress)
    }
    MailSetup.warn("\(oauth.name): logged in")
  }

  /// Opens a browser where there is one; who has none opens the address elsewhere.
  private func open(_ address: String) {
    guard let browser = environment("BROWSER") ?? Program.find("xdg-open") else { return }
    let program = Program(browser, [address])
    _ = try? program.run(input: .none, output: .discarded)
  }
}
