import MailCommand

@main
struct MailDeliver: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mail-deliver")
  mutating func run() throws {}
}
