import MailCommand

@main
struct MailList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mail-list")
  mutating func run() throws {}
}
