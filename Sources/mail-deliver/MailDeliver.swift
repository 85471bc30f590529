import MailCommand
import MailConfiguration
import MailDelivery
import MailSystem

@main
struct MailDeliver: Command {
  static let configuration = CommandConfiguration(
    name: "mail-deliver", abstract: "Deliver a message from standard input into a store.",
    discussion: "For mail servers and fetchers, which run it once for each message.")

  @Option(
    name: [.customShort("d"), .long],
    help: "Deliver to this user of the system. Only root may name another user.")
  var user: String?

  @Option(
    name: [.customShort("f"), .customShort("r"), .long],
    help: "The envelope sender, written as Return-Path; empty or <> for none.")
  var sender: String?

  @Option(
    name: [.customShort("a"), .long],
    help: "The address the message was sent to, written as Delivered-To.")
  var recipient: String?

  @Option(name: [.customShort("m"), .long], help: "Deliver into this folder, made if it is missing.")
  var folder: String?

  @Flag(name: .customLong("no-filter"), help: "Leave out filters and the folder that the address names.")
  var noFilter = false

  @OptionGroup var storeOptions: StoreOptions

  /// Does what every command's `main` does, but never gives a mail server a code that makes it return the mail to its sender,
  /// unless that is meant.
  static func main() {
    onSignal(.pipe, .ignore)
    onSignal(.fileSize, .ignore)
    let hasInput = ensureStandardDescriptors()
    exitOnTermination(with: ExitCode.temporary.rawValue)
    setFileCreationMask(0o077)
    let code = ExitCode(execute())
    switch code {
    case .success, .noUser, .refused: exitProcess(code.rawValue)
    // A mistake on the command line is one for the person who types it. With a message waiting it is a mistake in the
    // configuration of a mail server, and the message must wait until that is mended.
    case .usage where !hasInput || !MailSystem.hasInput(standardInput, patience: 1000): exitProcess(code.rawValue)
    default: exitProcess(ExitCode.temporary.rawValue)
    }
  }

  static func failure(for error: any Error) -> Failure? {
    guard let error = error as? DeliveryError else { return nil }
    return switch error {
    case .noSuchUser: Failure(.noUser, error.description)
    case .tooLarge, .rejected: Failure(.refused, error.description)
    default: Failure(.temporary, error.description)
    }
  }

  func run() throws {
    var request = DeliveryRequest()
    request.sender = sender
    request.recipient = recipient ?? user
    request.folder = folder
    request.skipsFilters = noFilter

    let account = try Account(user: user)
    let configuration = try account.configuration(path: storeOptions.config)
    let store = try account.storePath(option: storeOptions.store, configuration: configuration)
    let delivery = try Delivery(store: store, configuration: configuration, report: Self.note)
    _ = try delivery.run(request, from: standardInput)
  }

  private static func note(_ event: DeliveryEvent) {
    switch event {
    case .receiving(let path): removeOnTermination(path)
    case .committing: ignoreTermination()
    case .notice(let text): warn(text)
    }
  }
}
