import MailCommand

@main
struct MailList: Command {
  static let configuration = CommandConfiguration(name: "mail-list", abstract: "List the messages of a folder.")
  @OptionGroup var storeOptions: StoreOptions
  @OptionGroup var format: FormatOptions
  mutating func run() throws {}
}
