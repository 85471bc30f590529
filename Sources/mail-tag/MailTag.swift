import MailCommand
import MailStore
import MailSystem

@main
struct MailTag: Command {
  static let configuration = CommandConfiguration(
    name: "mail-tag", abstract: "Put tags on messages, take them off, and look after the tags.",
    usage: """
      mail-tag [--thread] [-0] [+<tag> | -<tag>] ... [<ref> ...]
      mail-tag list | create | colour | delete | import
      """,
    subcommands: [Change.self, List.self, Create.self, Colour.self, Delete.self, Import.self],
    defaultSubcommand: Change.self)

  /// Options that take the next word; any other word that begins with "-" is a tag to take off.
  private static let optionsWithValue: Set<String> = [
    "--store", "--config", "--folder", "--generate-completion-script",
  ]

  static func prepare(_ arguments: [String]) -> [String] {
    separateWords(
      arguments, optionsWithValue: optionsWithValue, default: "change",
      subcommands: ["list", "create", "colour", "color", "delete", "import", "help"])
  }

  struct Change: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "change", abstract: "Put tags on messages and take them off; this is done without a word too.",
      usage: "mail-tag [<options>] [+<tag> | -<tag>] ... [<ref> ...]")

    @Argument(
      help: ArgumentHelp(
        "Tags to put on (+todo) and to take off (-inbox; -* all). Then messages; without them, those on standard input.",
        valueName: "word"), completion: .tagWords)
    var words: [String] = []
    @Flag(name: .long, help: "Also all other messages of the same conversations.") var thread = false
    @Flag(name: [.customShort("0"), .customLong("null")], help: "References on standard input are separated by NUL.")
    var null = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let words = try TagWords(words)
      let store = try storeOptions.openSynchronised { MailTag.warn($0) }
      var resolver = ReferenceResolver(store, for: .change) { MailTag.complain($0) }
      var ids = try resolver.numbers(words.references)
      if thread { ids = try store.withConversations(of: ids) }
      catchInterrupts()
      var bar = Progress("Tagging", total: ids.count)
      let change = try store.changeTags(
        ids, add: words.add, remove: words.remove, removesAll: words.removesAll
      ) { bar.update($0) }
      bar.finish()
      for name in change.unknown { MailTag.warn("\(name): no such tag, nothing to take off") }
      if Terminal(descriptor: 2).isTerminal { for name in change.made { MailTag.warn("\(name): a new tag") } }
      if !change.missing.isEmpty {
        throw Failure.gone(change.missing.count, othersAre: "tagged")
      }
      try resolver.finish()
    }
  }
}
