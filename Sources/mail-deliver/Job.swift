import MailCommand
import MailConfiguration
import MailDelivery
import MailSystem

/// One delivery, as the command line asks for it.
struct Job {
  var user: String?
  var sender: String?
  var recipient: String?
  var folder: String?
  var store: String?
  var configuration: String?
  var skipsFilters = false

  init() {}

  /// Reads a command line of options and values as mail servers write it: `-f sender`, `-fsender`, `--sender sender`. Nil for
  /// anything else, which is for the parser that all commands share.
  init?(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let option = rest.popFirst() {
      if option == "--no-filter" {
        skipsFilters = true
        continue
      }
      guard option.utf8.first == UInt8(ascii: "-") else { return nil }
      let isJoined = option.utf8.count > 2 && !option.hasPrefix("--")
      // A value that looks like an option is a mistake, or means more than can be told here.
      // Except for an address, which a stranger may choose.
      let takesAddress = ["-f", "-r", "-a", "--sender", "--recipient"].contains(option)
      guard let value = isJoined ? String(option.dropFirst(2)) : rest.popFirst(),
        isJoined || takesAddress || !value.hasPrefix("-")
      else {
        return nil
      }
      switch isJoined ? String(option.prefix(2)) : option {
      case "-d", "--user": user = value
      case "-f", "-r", "--sender": sender = value
      case "-a", "--recipient": recipient = value
      case "-m", "--folder": folder = value
      case "--store": store = value
      case "--config": configuration = value
      default: return nil
      }
    }
  }

  /// Why it went wrong, with the exit code for it.
  struct Problem: Error {
    let failure: Failure

    init(_ error: DeliveryError) {
      failure =
        switch error {
        case .noSuchUser: Failure(.noUser, error.description)
        case _ where error.isFinal: Failure(.refused, error.description)
        default: Failure(.temporary, error.description)
        }
    }
  }

  func run() throws(Problem) {
    do throws(DeliveryError) { try deliver() } catch { throw Problem(error) }
  }

  private func deliver() throws(DeliveryError) {
    guard ensureStandardDescriptors() else { throw .noInput }
    var request = DeliveryRequest()
    request.sender = sender
    request.recipient = recipient ?? user
    request.folder = folder
    request.skipsFilters = skipsFilters

    let account = try Account(user: user)
    let settings = try account.configuration(path: configuration)
    let path = try account.storePath(option: store, configuration: settings)
    let delivery = try Delivery(store: path, configuration: settings, report: Job.note)
    _ = try delivery.run(request, from: standardInput)
  }

  private static func note(_ event: DeliveryEvent) {
    switch event {
    case .receiving(let path): removeOnTermination(path)
    case .committing: ignoreTermination()
    case .notice(let text): MailDeliver.warn(text)
    }
  }
}
