import MailCommand
import MailStore
import MailSystem

extension MailTag {
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Make tags of the keywords that other programs have given messages.",
      usage: "mail-tag import [<options>] [--folder <glob> ... | --all | <ref> ...]")

    @Option(
      name: .long, help: ArgumentHelp("The messages of these folders; * stands for anything.", valueName: "glob"),
      completion: .folderNames)
    var folder: [String] = []
    @Flag(name: .long, help: "The messages of all folders, Trash and Junk too.") var all = false
    @Flag(name: .long, help: "The field Keywords as well, in which senders write what they like.") var keywords = false
    @Flag(name: .long, help: "Only print which tags there would be, and on how many messages.") var dryRun = false
    @OptionGroup var messages: ReferenceOptions
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    func validate() throws {
      if [all, !folder.isEmpty, !messages.references.isEmpty].count(where: { $0 }) > 1 {
        throw ValidationError("messages, --folder and --all exclude each other")
      }
    }

    mutating func run() throws {
      let store = try storeOptions.openSynchronised { MailTag.warn($0) }
      var resolver = ReferenceResolver(store, for: dryRun ? .read : .change) { MailTag.complain($0) }
      var request = ListRequest()
      request.folders = all ? try store.folders() : try store.folders(matching: folder)
      let ids = try all || !folder.isEmpty ? store.listIDs(request) : resolver.numbers(messages.references)
      catchInterrupts()
      var bar = Progress("Reading keywords", total: ids.count)
      let result = try store.importKeywords(
        ids, from: keywords ? .standard.union(.keywords) : .standard, isTrial: dryRun
      ) { bar.update($0) }
      bar.finish()
      for text in result.refused { MailTag.warn("\(text): can't be the name of a tag, passed over") }
      if dryRun {
        try printLines(
          result.found.sorted { $0.key.lowercased() < $1.key.lowercased() }.map { "\($0.value)\t\($0.key)" })
      } else if result.changed + result.forwarded > 0 {
        MailTag.warn(
          "messages with new tags: \(result.changed), new tags: \(result.made.count), "
            + "marked as forwarded: \(result.forwarded)")
      }
      if !result.missing.isEmpty {
        throw Failure.gone(result.missing.count, othersAre: "done")
      }
      try resolver.finish()
    }
  }
}
