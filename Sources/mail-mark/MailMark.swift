import MailCommand

@main
struct MailMark: Command {
  static let configuration = CommandConfiguration(name: "mail-mark", abstract: "Mark messages.")
  @OptionGroup var storeOptions: StoreOptions
  @OptionGroup var references: ReferenceOptions
  mutating func run() throws {}
}
