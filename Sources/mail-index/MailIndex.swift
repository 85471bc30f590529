import MailCommand

@main
struct MailIndex: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mail-index")
  mutating func run() throws {}
}
