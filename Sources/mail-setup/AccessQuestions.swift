import MailCommand
import MailConfiguration
import MailSetup
import MailSystem

/// Where the password or the token comes from.
struct AccessQuestions {
  let answers: AnswerOptions
  /// The file of the configuration.
  let path: String
  let asks: Bool
  let home: String?
  /// A password that is known already: from standard input, or from the terminal.
  private var password: Secret?

  init(answers: AnswerOptions, path: String, asks: Bool, home: String?) {
    self.answers = answers
    self.path = path
    self.asks = asks
    self.home = home
  }

  /// Puts the source of the secret into `result`; `proposal` knows what the provider wants (nil when it is asked again).
  mutating func fill(_ result: inout Interview.Result, _ proposal: Proposal?) throws {
    guard var server = result.account.outgoing, server.login.mechanisms != ["none"] else { return }
    if let file = answers.passwordFile { server.login.passwordFile = MailSetup.absolute(file) }
    defer { result.account.outgoing = server }
    if server.login.passwordCommand ?? server.login.passwordFile ?? server.login.tokenCommand != nil, proposal != nil {
      return
    }
    if answers.passwordStdin {
      password = try passwordFromInput()
      return store(&result, &server)
    }
    if let id = answers.clientID {
      return try useOAuth(id, &result, &server, proposal?.oauth)
    }
    guard asks else {
      guard proposal?.access == .oauth else { return }
      throw Failure(
        .refused, "\(server.host) takes OAuth2 alone",
        hint: "--client-id or --token-command tells where tokens come from.")
    }
    try choose(&result, &server, proposal)
  }

  private mutating func choose(
    _ result: inout Interview.Result, _ server: inout Configuration.Outgoing, _ proposal: Proposal?
  ) throws {
    var ways = [
      ("keep it in a file that only I can read", 0), ("a command prints it (a password manager)", 1),
      ("ask me each time", 2),
    ]
    if proposal?.oauth != nil || proposal == nil { ways.append(("OAuth2: log in with a browser", 3)) }
    let isOAuth = proposal?.access == .oauth
    let usual = isOAuth ? ways.count - 1 : 0
    let way = ways[try MailCommand.choose("The password", ways.map(\.0), usual: usual)].1
    server.login.passwordCommand = nil
    server.login.passwordFile = nil
    server.login.tokenCommand = nil
    switch way {
    case 0:
      password = askSecret("Password of \(server.login.user ?? result.account.address): ")
      guard password != nil else { throw Failure(.no, "stopped; nothing is changed") }
      store(&result, &server)
    case 1: server.login.passwordCommand = try ask("Command that prints the password")
    case 3: try useOAuth(try ask("Client ID"), &result, &server, proposal?.oauth)
    default: break
    }
  }

  /// The password goes into a file beside the configuration, named after the address.
  private func store(_ result: inout Interview.Result, _ server: inout Configuration.Outgoing) {
    guard let password else { return }
    let name = String(result.account.address.lowercased().map { "/:".contains($0) ? "_" : $0 })
    let file = "\(parentDirectory(of: path))/passwords/\(name)"
    server.login.passwordFile = file
    result.account.passwordFile = "passwords/\(name)"
    result.secretToStore = (file, password)
  }

  private func passwordFromInput() throws -> Secret {
    let bytes = try readToEnd(standardInput, limit: 64 << 10, path: "standard input")
    var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    guard !line.isEmpty else { throw Failure(.badData, "standard input: no password") }
    return Secret(Array(line))
  }

  /// `[[oauth]]` named after the address, and the login by a browser, where somebody is there.
  private func useOAuth(
    _ id: String, _ result: inout Interview.Result, _ server: inout Configuration.Outgoing,
    _ endpoints: Provider.OAuthEndpoints?
  ) throws {
    guard let endpoints else {
      throw Failure(
        .configuration, "\(server.host): where its tokens come from is not known",
        hint: "Write an [[oauth]] into the configuration, and give --token-command 'mail-setup oauth token NAME'.")
    }
    var oauth = Configuration.OAuth(name: result.account.address)
    oauth.clientID = id
    oauth.clientSecretCommand = answers.clientSecretCommand
    oauth.authorizationEndpoint = endpoints.authorization
    oauth.tokenEndpoint = endpoints.token
    oauth.deviceEndpoint = endpoints.device
    oauth.scope = endpoints.scope
    result.account.oauth = oauth
    server.login.tokenCommand = "mail-setup oauth token \(oauth.name)" + configOption
    result.nextStep = "mail-setup oauth login \(oauth.name) logs in."
    if asks, try ask("Log in with the browser now", usual: "yes").lowercased().hasPrefix("y") {
      try BrowserLogin(oauth: oauth, hint: result.account.address).run()
      result.nextStep = nil
    }
  }

  /// What tells the command which configuration is meant, where it isn't the usual one.
  private var configOption: String {
    let usual = Configuration.path(home: home).map { absolutePath($0) }
    if usual == absolutePath(path) { return "" }
    return " --config '"
      + path.split(separator: "'" as Character, omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// What proves the user to `server`, for the test.
  mutating func secret(for server: Configuration.Outgoing) throws -> LoginTest.Proof {
    guard server.login.isWanted else { return .none }
    if let tokenCommand = server.login.tokenCommand {
      // The configuration that the command would read isn't written yet.
      guard answers.tokenCommand == tokenCommand else { return .none }
      return .token(try server.token())
    }
    if let password { return .password(password) }
    if server.login.passwordCommand ?? server.login.passwordFile != nil { return .password(try server.password()) }
    guard asks, let typed = askSecret("Password of \(server.login.user ?? ""), to test the login: ") else {
      return .none
    }
    return .password(typed)
  }
}
