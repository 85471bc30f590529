import MailCommand
import MailSending
import MailSystem

@main
struct MailSend: Command {
  static let configuration = CommandConfiguration(
    name: "mail-send", abstract: "Send a message from standard input, and manage the queue.",
    usage: "mail-send [-t] [-f <sender>] [<recipient> ...] < message\nmail-send --queue <action> [<id> ...]",
    discussion: "Usable in the place of sendmail, whose options it takes.")

  @Flag(name: .customShort("t"), help: "Send to those whom the message names, besides those named here.")
  var readRecipients = false

  @Option(
    name: [.customShort("f", allowingJoined: true), .customShort("r", allowingJoined: true), .long],
    help: "The envelope sender, to whom reports go.")
  var sender: String?

  @Option(
    name: .customShort("F", allowingJoined: true),
    help: ArgumentHelp("The name for a From field that is missing.", valueName: "name"))
  var fullName: String?

  @Option(name: .long, help: ArgumentHelp("Send at this time.", valueName: "time"))
  var at: String?

  @Option(
    name: .long, help: ArgumentHelp("Send after so many seconds; until then it can be undone.", valueName: "seconds"))
  var delay: Int?

  @Flag(name: .long, help: "Take back the last message that has not gone yet, or those named.")
  var undo = false

  @Option(
    name: .long, help: ArgumentHelp("What to do with the queue.", valueName: "list|run|flush|hold|release|delete"))
  var queue: String?

  @Flag(name: .customLong("no-copy"), help: "Keep no copy in Sent.")
  var noCopy = false

  @Flag(name: [.customShort("v"), .long], help: "Show what is said to the server and by it.")
  var verbose = false

  @Option(name: .long, help: ArgumentHelp("Results as text on standard error, or as JSON.", valueName: "text|json"))
  var format: String?

  @OptionGroup var storeOptions: StoreOptions

  @Argument(help: ArgumentHelp("Addresses, or entries of the queue.", valueName: "recipient"))
  var words: [String] = []

  /// The parser of arguments takes longer than most of the rest, and knows less of what sendmail knows.
  static func job(_ arguments: [String]) -> (() throws -> Void)? {
    let name = lastComponent(of: CommandLine.arguments.first ?? "")
    do throws(ArgumentProblem) {
      let parsed = try SendArguments(arguments, name: name)
      return { try SendCommand(parsed).run() }
    } catch {
      guard case .wrong(let problem) = error else { return nil }
      return { throw Failure.usage(problem, hint: "Try 'mail-send --help'.") }
    }
  }

  static func failure(for error: any Error) -> Failure? { SendCommand.failure(for: error) }

  /// Reached only where `job` did not understand what the parser did.
  func run() throws { throw Failure.usage("this combination of options is not understood") }
}
