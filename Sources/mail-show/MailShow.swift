import MailCommand

@main
struct MailShow: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mail-show")
  mutating func run() throws {}
}
