import MailCommand
import MailStore
import MailSystem

@main
struct MailMark: Command {
  static let configuration = CommandConfiguration(
    name: "mail-mark", abstract: "Mark messages as seen, flagged, answered and so on.",
    usage: "mail-mark [<options>] <mark> ... [<ref> ...]")

  @Argument(
    help: ArgumentHelp(
      "Marks: seen (read), answered, flagged, forwarded, draft, or un… of each. Then messages; without them, those on standard input.",
      valueName: "mark"))
  var words: [String] = []

  @Flag(name: .long, help: "Also all other messages of the same conversations.") var thread = false
  @Flag(name: [.customShort("0"), .customLong("null")], help: "References on standard input are separated by NUL.")
  var null = false
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  mutating func run() throws {
    var references = words
    let marks = try Marks(from: &references)
    let store = try storeOptions.openSynchronised { Self.warn($0) }
    var resolver = ReferenceResolver(store, for: .change) { Self.complain($0) }
    var ids = try resolver.numbers(references)
    if thread { ids = try store.withConversations(of: ids) }
    catchInterrupts()
    var bar = Progress("Marking", total: ids.count)
    let missing = try store.setFlags(ids, add: marks.add, remove: marks.remove) { bar.update($0) }
    bar.finish()
    if !missing.isEmpty {
      throw Failure.gone(missing.count, othersAre: "marked")
    }
    try resolver.finish()
  }
}
