import MailCommand
import MailSending

@main
struct MailSend: Command {
  static let configuration = CommandConfiguration(name: "mail-send", abstract: "Send a message from standard input.")
  func run() throws {}
}
