import MailArchive
import MailCommand

@main
struct MailArchive: Command {
  static let configuration = CommandConfiguration(
    name: "mail-archive", abstract: "Put messages into a zip file, an mbox or a Maildir, and read them there.",
    usage: """
      mail-archive [<options>] [-o <file>] [<ref> ... | --folder <folder> | --all]
             mail-archive list <file> [<options>]
             mail-archive show <file> <number or name>
      """,
    subcommands: [Create.self, List.self, Show.self], defaultSubcommand: Create.self)

  static func failure(for error: any Error) -> Failure? {
    guard let error = error as? ArchiveError else { return nil }
    switch error {
    case .exists: return Failure(.cannotCreate, error.description, hint: "Name another with -o.")
    case .noDirectory: return Failure(.cannotCreate, error.description)
    case .differs: return Failure(.inputOutput, error.description)
    case .unknownForm:
      return Failure(.badData, error.description, hint: "mail-show shows a message.")
    case .manifest, .zip: return Failure(.badData, error.description)
    case .noSuchMessage:
      return Failure(.noInput, error.description, hint: "mail-archive list shows their numbers and names.")
    case .ambiguous: return Failure(.badData, error.description, hint: "Use the number that mail-archive list shows.")
    case .interrupted: return Failure(.interrupted, error.description)
    }
  }
}
