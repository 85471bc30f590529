import MailCommand
import MailStore
import MailSystem
import Maildir

@main
struct MailMove: Command {
  static let configuration = CommandConfiguration(
    name: "mail-move", abstract: "Move or copy messages to another folder.",
    usage: "mail-move [<options>] <folder> [<ref> ...]\nmail-move --undo")

  @Argument(
    help: ArgumentHelp("The folder, then messages; without them, those on standard input.", valueName: "folder"))
  var words: [String] = []

  @Flag(name: .long, help: "Copy: the messages stay where they are.") var copy = false
  @Flag(name: .long, help: "Make the folder if it is missing.") var create = false
  @Flag(name: .long, help: "Also all other messages of the same conversations.") var thread = false
  @Flag(name: .long, help: "Take back the last move or copy.") var undo = false
  @Flag(name: .long, help: "Print the paths that the messages, or the copies, have now.") var print = false
  @Flag(name: [.customShort("0"), .customLong("null")], help: "References and printed paths are separated by NUL.")
  var null = false
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  mutating func run() throws {
    if undo, !words.isEmpty || copy || create || thread || print { throw Failure.usage("--undo stands alone") }
    if !undo, words.isEmpty { throw Failure.usage("no folder named", hint: "Try 'mail-move --help'.") }
    let store = try storeOptions.openSynchronised { Self.warn($0) }
    if undo { return try takeBack(store) }
    var resolver = ReferenceResolver(store, for: .change) { Self.complain($0) }
    // The folder first: a mistake there is said before anything is read.
    let name = words[0]
    var folder = try? store.folder(named: name)  // Any error is thrown again below.
    if folder == nil, !create { folder = try store.folder(named: name) }
    var ids = try resolver.numbers(Array(words.dropFirst()))
    if thread { ids = try store.withConversations(of: ids) }
    catchInterrupts()
    if !ids.isEmpty {
      let target = try folder ?? store.createFolder(FolderName.canonical(name, in: store.layout))
      try move(ids, to: target, in: store)
    }
    try resolver.finish()
  }

  private func move(_ ids: [Int64], to folder: Folder, in store: Store) throws {
    var bar = Progress(copy ? "Copying" : "Moving", total: ids.count)
    let present: [Int64]
    let missing: Int
    if copy {
      let result = try store.copy(ids, to: folder) { bar.update($0) }
      (present, missing) = (result.copies, result.missing.count)
    } else {
      let result = try store.move(ids, to: folder) { bar.update($0) }
      (present, missing) = (ids, result.missing.count)
    }
    bar.finish()
    if print { try printPaths(present, of: store) }
    if missing > 0 {
      throw Failure.gone(missing, othersAre: copy ? "copied" : "moved")
    }
  }

  private func printPaths(_ ids: [Int64], of store: Store) throws {
    var request = ListRequest()
    request.ids = ids
    var options = PrinterOptions()
    options.null = null
    let printer = try Printer(.paths, store: store, options: options)
    try printer.print(request, from: store)
    try printer.finish()
  }

  private func takeBack(_ store: Store) throws {
    catchInterrupts()
    var bar = Progress("Moving back")
    let result = try store.undoLastMove { bar.update($0) }
    bar.finish()
    for (name, count) in result.restored.sorted(by: { $0.key < $1.key }) {
      Self.warn("\(counted(count)) moved back to \(name)")
    }
    if result.discarded > 0 {
      Self.warn("\(counted(result.discarded, "copy of a message", plural: "copies of messages")) moved to Trash")
    }
    if result.changed > 0 {
      let rest =
        result.changed == 1 ? "has been moved or removed since, and is" : "have been moved or removed since, and are"
      Self.warn("\(counted(result.changed)) \(rest) left alone")
    }
  }
}
