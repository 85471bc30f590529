import MailCommand

@main
struct MailFolder: Command {
  static let configuration = CommandConfiguration(name: "mail-folder", abstract: "List and create folders.")
  @OptionGroup var storeOptions: StoreOptions
  mutating func run() throws {}
}
