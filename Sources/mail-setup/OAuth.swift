import MailCommand
import MailConfiguration
import MailSetup
import MailSystem

/// `mail-setup oauth`.
struct OAuth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oauth", abstract: "Log in with OAuth2, and get tokens for the servers.",
    subcommands: [Login.self, Token.self, List.self, Forget.self])

  /// The name of an `[[oauth]]`, and where it is configured.
  struct Options: ParsableArguments {
    @Option(
      name: .long,
      help: ArgumentHelp(
        "The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.", valueName: "file"))
    var config: String?

    func load() throws -> Configuration { try Configuration.load(path: config, home: userHome()) }

    func oauth(_ name: String) throws -> Configuration.OAuth {
      guard let oauth = try load().oauth.first(where: { $0.name == name }) else { throw SetupError.unknownOAuth(name) }
      return oauth
    }
  }

  struct Login: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "login", abstract: "Log in: in a browser that comes back to this computer, or on another device.")

    @Argument(help: "The name of an [[oauth]] of the configuration.") var name: String
    @Flag(name: .long, help: "On another device, with a code.") var device = false
    @Flag(name: .long, help: "Only print the address; open no browser.") var noBrowser = false
    @Option(name: .long, help: ArgumentHelp("The address of the mailbox, for the provider.", valueName: "address"))
    var hint: String?
    @Option(name: .long, help: ArgumentHelp("How long to wait for the login, in seconds.", valueName: "seconds"))
    var timeout = 300
    @OptionGroup var options: Options

    func validate() throws {
      if !(1...3_600).contains(timeout) { throw ValidationError("--timeout must be between 1 and 3600") }
    }

    mutating func run() throws {
      catchInterrupts()
      var login = BrowserLogin(oauth: try options.oauth(name), hint: hint)
      login.opensBrowser = !noBrowser
      login.timeout = timeout
      if device { try login.runOnDevice() } else { try login.run() }
    }
  }

  struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "token", abstract: "Print an access token; a new one when the old one is about to end.",
      discussion: "For token-command in the configuration.")

    @Argument(help: "The name of an [[oauth]] of the configuration.") var name: String
    @Option(name: .long, help: ArgumentHelp("Seconds for which the token must be good.", valueName: "seconds"))
    var good: Int64 = 60
    @OptionGroup var options: Options

    func validate() throws {
      if !(0...86_400).contains(good) { throw ValidationError("--good must be between 0 and 86400") }
    }

    mutating func run() throws {
      let client = OAuthClient(try options.oauth(name), store: TokenStore(home: userHome()))
      let token = try client.accessToken(margin: good)
      let output = Output()
      try output.write(token.bytes + [0x0A])
      try output.finish()
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the names, and whether somebody is logged in.")

    @Option(name: .long, help: ArgumentHelp("table or json.", valueName: "format")) var format = "table"
    @OptionGroup var options: Options

    func validate() throws {
      if format != "table", format != "json" { throw ValidationError("--format must be table or json") }
    }

    mutating func run() throws {
      let store = TokenStore(home: userHome())
      let output = Output()
      for oauth in try options.load().oauth {
        let tokens = try store.tokens(of: oauth)
        let state = tokens.map { $0.refresh == nil ? "without renewal" : "logged in" } ?? "not logged in"
        if format == "json" {
          try output.withBuffer { buffer in
            var object = JSONObject(in: &buffer)
            object.add("name", oauth.name, in: &buffer)
            object.add("logged_in", tokens != nil, in: &buffer)
            object.add("renewable", tokens?.refresh != nil, in: &buffer)
            object.add("token_endpoint", oauth.tokenEndpoint, in: &buffer)
            if let expires = tokens?.expires { object.add("expires", expires, in: &buffer) }
            object.end(in: &buffer)
          }
        } else {
          try output.write("\(oauth.name)  \(state)\n")
        }
      }
      try output.finish()
    }
  }

  struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "forget", abstract: "Forget the tokens of a name.")

    @Argument(help: "The name of an [[oauth]] of the configuration.") var name: String
    @OptionGroup var options: Options

    mutating func run() throws {
      guard try TokenStore(home: userHome()).forget(try options.oauth(name)) else { throw SetupError.notLoggedIn(name) }
    }
  }
}
