import MailCommand
import MailConfiguration
import MailSetup
import MailSystem

/// `mail-setup [account]`.
struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "Ask for the address and the server, test the login, and write the configuration.",
    discussion: "Where nobody can be asked, options answer. Nothing that is there is lost.")

  @Flag(name: .long, help: "Tell every mistake of FILE, or of the configuration, and change nothing.") var check = false
  @Argument(help: ArgumentHelp("The file to check.", valueName: "file")) var file: String?
  @OptionGroup(title: "Answers") var answers: AnswerOptions
  @OptionGroup(title: "Ways to find the server") var search: SearchOptions
  @Flag(name: .long, help: "Put the account beside those that are there.") var add = false
  @Flag(name: .long, help: "Change the account with this address.") var replace = false
  @Flag(name: [.short, .long], help: "Take what is found without asking.") var yes = false
  @Flag(name: .long, help: "Don't connect to the server.") var noTest = false
  @Flag(name: [.customShort("n"), .long], help: "Print the file instead of writing it.") var dryRun = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.", valueName: "file"))
  var config: String?

  func validate() throws {
    if add, replace { throw ValidationError("--add and --replace exclude each other") }
    try answers.check()
  }

  mutating func run() throws {
    if file != nil, !check { throw Failure.usage("a file is for --check alone; --config names the one to write") }
    let home = userHome()
    guard let path = Configuration.path(named: check ? file ?? config : config, home: home) else {
      throw Failure(.configuration, "there is no home directory", hint: "Name a file with --config.")
    }
    if check { return try checkConfiguration(path, isNamed: file ?? config != nil, home: home) }
    let target = try ConfigurationFile(path)
    let source = target.content ?? []
    let (_, problems) = Configuration.reading(source, file: path, home: home)
    guard problems.isEmpty else {
      for problem in problems { MailSetup.complain(MailSetup.commonFailure(for: problem)) }
      throw Failure(.configuration, "\(path): nothing is changed while it has mistakes")
    }
    let writer = try AccountWriter(source, file: path, home: home)
    var interview = Interview(
      answers: answers, search: search, writer: writer, path: target.path, takesAll: yes, isTested: !noTest && !dryRun)
    let conflict = try interview.conflict(add: add, replace: replace)
    let result = try interview.run()
    let bytes = try writer.adding(result.account, conflict)
    if dryRun {
      let output = Output()
      try output.write(bytes)
      return try output.finish()
    }
    // From here on an interrupt waits until all is written.
    catchInterrupts()
    if let secret = result.secretToStore { try writeSecretFile(secret.path, secret.value.bytes) }
    let copy = try target.replace(with: bytes)
    MailSetup.warn(
      "\(target.path) is written" + (copy.map { "; what it held is in \($0)" } ?? ""), hint: result.nextStep)
  }
}
