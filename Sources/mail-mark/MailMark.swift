import MailCommand

@main
struct MailMark: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mail-mark")
  mutating func run() throws {}
}
