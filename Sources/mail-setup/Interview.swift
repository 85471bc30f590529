import MailCommand
import MailConfiguration
import MailSMTP
import MailSetup
import MailSystem

/// Finds out what an account needs: from the options, from what can be looked up, and by asking, where somebody can be asked.
struct Interview {
  /// What came of it.
  struct Result {
    var account: Account
    /// A password to be written to a file before the configuration names it.
    var secretToStore: (path: String, value: Secret)?
    var nextStep: String?
  }

  let answers: AnswerOptions
  let search: SearchOptions
  let writer: AccountWriter
  /// The file of the configuration.
  let path: String
  let takesAll: Bool
  let isTested: Bool
  /// Somebody can be asked.
  let asks = isTerminal(standardInput)

  /// What is to happen to accounts that are there already.
  func conflict(add: Bool, replace: Bool) throws -> AccountWriter.Conflict {
    if add || answers.outgoing != nil { return .add }
    if replace { return .replace }
    let identities = writer.configuration.identities
    guard asks, !identities.isEmpty || !writer.configuration.outgoing.isEmpty else { return .stop }
    MailSetup.warn("\(path) has \(identities.map(\.address).joined(separator: ", "))")
    switch try choose("What is to be done", ["stop", "add another address", "change the one that I shall name"]) {
    case 1: return .add
    case 2: return .replace
    default: throw Failure(.no, "stopped; nothing is changed")
    }
  }

  mutating func run() throws -> Result {
    let address = try address()
    let name = try name(of: address)
    if let outgoing = answers.outgoing {
      var account = Account(name: name, address: address)
      account.outgoingName = outgoing
      return Result(account: account, secretToStore: nil, nextStep: nil)
    }
    if let command = answers.sendCommand {
      var server = Configuration.Outgoing()
      server.kind = .command
      server.command = command
      return Result(account: Account(name: name, address: address, outgoing: server), secretToStore: nil, nextStep: nil)
    }
    let proposal = try proposal(for: address)
    var server = answers.server(proposal)
    if asks, proposal.source == .guess, !answers.noLogin, answers.user == nil {
      server.login.user = try ask("Name to log in with", usual: server.login.user)
    }
    var access = AccessQuestions(answers: answers, path: path, asks: asks, home: userHome())
    var result = Result(account: Account(name: name, address: address, outgoing: server))
    try access.fill(&result, proposal)
    if isTested { try test(&result, &access) }
    result.nextStep =
      result.nextStep
      ?? "A first message: mail-compose --to \(address) --subject Test"
    return result
  }

  private func address() throws -> String {
    if let address = answers.address { return try checked(address) }
    guard asks else { throw Failure.usage("nobody can be asked here", hint: "--address and other options answer.") }
    while true {
      let answer = try ask("Your address")
      do { return try checked(answer) } catch { MailSetup.complain(MailSetup.commonFailure(for: error)) }
    }
  }

  private func checked(_ address: String) throws -> String {
    guard isMailAddress(address) else {
      throw Failure.usage("\(address): this is no address such as you@example.org")
    }
    return address
  }

  private func name(of address: String) throws -> String? {
    if let name = answers.name { return name.isEmpty ? nil : name }
    // An account without an entry has no name to offer.
    let user = try? User.withID(effectiveUserID())
    // Who has no name of a person there has that of the account at best.
    let usual = user.map { $0.fullName == $0.name ? "" : $0.fullName } ?? ""
    let name = asks ? try ask("Your name", usual: usual) : usual
    return name.isEmpty ? nil : name
  }

  private func proposal(for address: String) throws -> Proposal {
    if let host = answers.host {
      let tls = answers.security ?? (answers.port == 587 || answers.port == 25 ? .starttls : .implicit)
      let port = answers.port ?? (tls == .implicit ? 465 : 587)
      return Proposal(source: .guess, host: host, port: port, tls: tls, user: address)
    }
    let finder = ServerFinder(search: search.search(for: address), asks: asks, takesAll: takesAll, isTested: isTested)
    return try finder.find()
  }

  /// Logs in as mail-send will. Where somebody can be asked, a mistake can be mended; else nothing is written.
  private func test(_ result: inout Result, _ access: inout AccessQuestions) throws {
    while true {
      guard let server = result.account.outgoing, server.kind != .command else { return }
      do {
        return try LoginTest(server: server, secret: try access.secret(for: server)).run()
      } catch {
        let failure = MailSetup.failure(for: error) ?? MailSetup.commonFailure(for: error)
        guard asks else { throw failure }
        MailSetup.complain(Failure(failure.code, "\(server.host): \(failure.message)", hint: failure.hint))
      }
      switch try choose(
        "What now", ["try again", "other password or token", "other server", "write it as it is", "stop"])
      {
      case 0: continue
      case 1: try access.fill(&result, nil)
      case 2: try askServer(&result)
      case 3: return
      default: throw Failure(.no, "stopped; nothing is changed")
      }
    }
  }

  private func askServer(_ result: inout Result) throws {
    guard var server = result.account.outgoing else { return }
    server.host = try ask("Server", usual: server.host)
    let kinds: [Configuration.Outgoing.Security] = [.implicit, .starttls, .none]
    server.tls = kinds[try choose("Encryption", ["TLS from the start (465)", "STARTTLS (587)", "none"])]
    let usual = server.tls == .implicit ? 465 : 587
    server.port = Int(try ask("Port", usual: "\(usual)")) ?? usual
    server.login.user = try ask("Name to log in with", usual: server.login.user)
    result.account.outgoing = server
  }
}
