import MailCommand

@main
struct MailFolder: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mail-folder")
  mutating func run() throws {}
}
