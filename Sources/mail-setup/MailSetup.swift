import MailCommand
import MailConfiguration
import MailSMTP
import MailSetup
import MailTransport

@main
struct MailSetup: Command {
  static let configuration = CommandConfiguration(
    name: "mail-setup", abstract: "Make the configuration by a few questions, check it, and get OAuth2 tokens.",
    discussion: "Without a subcommand: account.",
    subcommands: [AccountCommand.self, Providers.self, OAuth.self], defaultSubcommand: AccountCommand.self)

  static func failure(for error: any Error) -> Failure? {
    switch error {
    case let error as SetupError: setupFailure(error)
    case let error as SMTPError: sessionFailure(error)
    default: nil
    }
  }

  private static func setupFailure(_ error: SetupError) -> Failure {
    let text = error.description
    switch error {
    case .noCurl: return Failure(.configuration, text, hint: "Install it: the web is asked through curl.")
    case .noAnswer: return Failure(.temporary, text)
    case .unknownOAuth, .cannot: return Failure(.configuration, text, hint: "See mail-config(5).")
    case .notLoggedIn(let name): return Failure(.notPermitted, text, hint: "mail-setup oauth login \(name) logs in.")
    case .refused: return Failure(.notPermitted, text)
    case .noApproval: return Failure(.notPermitted, text)
    case .exists:
      return Failure(
        .cannotCreate, text,
        hint: "--add puts the account beside what is there, --replace in its place; a copy is kept.")
    case .wouldBeWrong: return Failure(.configuration, text, hint: "Nothing is changed.")
    case .interrupted: return Failure(.interrupted, text)
    case .configuration(let error): return commonFailure(for: error)
    case .secret(let error): return commonFailure(for: error)
    case .system(let error): return commonFailure(for: error)
    }
  }

  /// A refused login 77, what may pass 75, what is configured wrongly 78.
  private static func sessionFailure(_ error: SMTPError) -> Failure {
    if case .transport(.interrupted, _) = error { return Failure(.interrupted, "interrupted") }
    if error.isAboutLogin { return Failure(.notPermitted, "\(error)") }
    return Failure(error.isTemporary ? .temporary : .configuration, "\(error)")
  }
}
