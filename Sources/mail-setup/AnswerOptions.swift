import MailCommand
import MailConfiguration
import MailSetup

/// The answers to the questions, for those who know them, and for scripts.
struct AnswerOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The address to write from.", valueName: "address")) var address: String?
  @Option(name: .long, help: ArgumentHelp("The name to write under.", valueName: "name")) var name: String?
  @Option(name: .long, help: ArgumentHelp("The server for outgoing mail.", valueName: "host")) var host: String?
  @Option(name: .long, help: ArgumentHelp("Its port; 465 or 587 if not given.", valueName: "number")) var port: Int?
  @Option(name: .long, help: ArgumentHelp("implicit, starttls or none.", valueName: "kind")) var tls: String?
  @Option(name: .long, help: ArgumentHelp("The name to log in with.", valueName: "name")) var user: String?
  @Flag(name: .long, help: "The server wants no login.") var noLogin = false
  @Option(
    name: .long, help: ArgumentHelp("A program takes the mail, instead of a server.", valueName: "command"))
  var sendCommand: String?
  @Option(
    name: .long, help: ArgumentHelp("An [[outgoing]] that the file has already takes the mail.", valueName: "name"))
  var outgoing: String?
  @Option(name: .long, help: ArgumentHelp("A command that prints the password.", valueName: "command"))
  var passwordCommand: String?
  @Option(name: .long, help: ArgumentHelp("A file that holds the password.", valueName: "file"))
  var passwordFile: String?
  @Flag(name: .long, help: "Read the password from standard input, and keep it in a file of mode 600.")
  var passwordStdin = false
  @Option(name: .long, help: ArgumentHelp("A command that prints an OAuth2 token.", valueName: "command"))
  var tokenCommand: String?
  @Option(name: .long, help: ArgumentHelp("What the provider of OAuth2 knows you as.", valueName: "text"))
  var clientID: String?
  @Option(
    name: .long, help: ArgumentHelp("A command that prints what belongs to the client ID.", valueName: "command"))
  var clientSecretCommand: String?
  @Option(name: .long, help: ArgumentHelp("Certificates to trust instead of the system's.", valueName: "file"))
  var caFile: String?
  @Option(name: .long, help: ArgumentHelp("The SHA-256 fingerprint of the server's certificate.", valueName: "hex"))
  var fingerprint: String?

  /// The kind of TLS that was asked for.
  var security: Configuration.Outgoing.Security? { tls.flatMap { Configuration.Outgoing.Security(rawValue: $0) } }

  func check() throws {
    if tls != nil, security == nil { throw ValidationError("--tls must be implicit, starttls or none") }
    if let port, !(1...65_535).contains(port) { throw ValidationError("--port must be between 1 and 65535") }
    let places = [host != nil, sendCommand != nil, outgoing != nil].filter { $0 }
    if places.count > 1 { throw ValidationError("--host, --send-command and --outgoing exclude each other") }
    let secrets = [
      passwordCommand != nil, passwordFile != nil, passwordStdin, tokenCommand ?? clientID != nil, noLogin,
    ]
    if secrets.filter({ $0 }).count > 1 {
      throw ValidationError(
        "--password-command, --password-file, --password-stdin, --token-command or --client-id, and --no-login"
          + " exclude each other")
    }
    if sendCommand ?? outgoing != nil,
      secrets.contains(true) || user ?? caFile ?? fingerprint ?? tls != nil || port != nil
    {
      throw ValidationError("a program or a server that is there already takes no options about servers")
    }
    if clientSecretCommand != nil, clientID == nil {
      throw ValidationError("--client-secret-command needs --client-id")
    }
    if let fingerprint, fingerprint.filter({ $0 != ":" && $0 != " " }).count != 64 {
      throw ValidationError("--fingerprint must have 64 hexadecimal digits")
    }
  }

  /// The server of `proposal`, with what the options say put over it.
  func server(_ proposal: Proposal) -> Configuration.Outgoing {
    var server = Configuration.Outgoing(host: proposal.host, port: proposal.port, tls: proposal.tls)
    if let security, security != proposal.tls {
      server.tls = security
      server.port = security == .implicit ? 465 : 587
    }
    if let port { server.port = port }
    if noLogin {
      server.login.mechanisms = ["none"]
    } else {
      server.login.user = user ?? proposal.user
      server.login.passwordCommand = passwordCommand
      server.login.tokenCommand = tokenCommand
    }
    server.trust.caFile = caFile.map { MailSetup.absolute($0) }
    if let fingerprint {
      server.trust.fingerprints = [fingerprint.filter { $0 != ":" && $0 != " " }.lowercased()]
    }
    return server
  }
}

/// Where to look for the server.
struct SearchOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("An autoconfig document, https://…", valueName: "url"))
  var autoconfigURL: String?
  @Option(
    name: .long, help: ArgumentHelp("The name server to ask, an IPv4 address.", valueName: "address[:port]"))
  var nameServer: String?
  @Option(name: .customLong("web-ca-file"), help: ArgumentHelp("Certificates to trust on the web.", valueName: "file"))
  var webCAFile: String?
  @Flag(name: .long, help: "Ask nobody outside; only the table of providers.") var offline = false

  func validate() throws {
    if let nameServer, NameService(nameServer) == nil {
      throw ValidationError("--name-server must be an IPv4 address, with or without a port")
    }
    if let autoconfigURL, !autoconfigURL.hasPrefix("https://") {
      throw ValidationError("--autoconfig-url must begin with https://")
    }
  }

  func search(for address: String) -> Search {
    var search = Search(address: address)
    search.autoconfigURL = autoconfigURL
    if let nameServer, let service = NameService(nameServer) { search.nameService = service }
    search.web = WebClient(caFile: webCAFile)
    search.isOffline = offline
    return search
  }
}
