import MailCommand
import MailSystem

@main
struct MailDeliver: Command {
  static let configuration = CommandConfiguration(
    name: "mail-deliver", abstract: "Deliver a message from standard input into a store.",
    discussion: "For mail servers and fetchers, which run it once for each message.")

  @Option(
    name: [.customShort("d", allowingJoined: true), .long],
    help: "Deliver to this user of the system. Only root may name another user.")
  var user: String?

  @Option(
    name: [.customShort("f", allowingJoined: true), .customShort("r", allowingJoined: true), .long],
    help: "The envelope sender, written as Return-Path; empty or <> for none.")
  var sender: String?

  @Option(
    name: [.customShort("a", allowingJoined: true), .long],
    help: "The address the message was sent to, written as Delivered-To.")
  var recipient: String?

  @Option(
    name: [.customShort("m", allowingJoined: true), .long], help: "Deliver into this folder, made if it is missing.")
  var folder: String?

  @Flag(name: .customLong("no-filter"), help: "Leave out filters and the folder that the address names.")
  var noFilter = false

  @OptionGroup var storeOptions: StoreOptions

  /// Does what every command's `main` does, but never gives a mail server a code that makes it return the mail to its sender,
  /// unless that is meant.
  static func main() {
    onSignal(.pipe, .ignore)
    onSignal(.fileSize, .ignore)
    exitOnTermination(with: ExitCode.temporary.rawValue)
    setFileCreationMask(0o077)
    // The parser of arguments takes longer than all the rest; what mail servers say is understood without it.
    let code = Job(CommandLine.arguments.dropFirst()).map { perform($0) } ?? ExitCode(execute())
    switch code {
    case .success, .noUser, .refused: exitProcess(code.rawValue)
    // A mistake on the command line is one for the person who types it. With a message waiting it is a mistake in the
    // configuration of a mail server, and the message must wait until that is mended.
    case .usage where !hasInput(standardInput, patience: 3000): exitProcess(code.rawValue)
    default: exitProcess(ExitCode.temporary.rawValue)
    }
  }

  static func failure(for error: any Error) -> Failure? { (error as? Job.Problem)?.failure }

  func run() throws {
    var job = Job()
    job.user = user
    job.sender = sender
    job.recipient = recipient
    job.folder = folder
    job.skipsFilters = noFilter
    job.store = storeOptions.store
    job.configuration = storeOptions.config
    try job.run()
  }

  private static func perform(_ job: Job) -> ExitCode {
    do throws(Job.Problem) {
      try job.run()
      return .success
    } catch {
      complain(error.failure)
      return error.failure.code
    }
  }
}
