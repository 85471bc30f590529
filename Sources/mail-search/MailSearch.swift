import MailCommand

@main
struct MailSearch: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mail-search")
  mutating func run() throws {}
}
