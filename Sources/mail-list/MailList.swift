import MailCommand
import MailStore

@main
struct MailList: Command {
  static let configuration = CommandConfiguration(
    name: "mail-list", abstract: "List the messages of folders.",
    usage: "mail-list [<options>] [<folder> ...]")

  @Argument(help: "Folders; the Inbox if none is named.", completion: .folderNames) var folders: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp("The folders that fit, with * for anything; may be given again.", valueName: "glob"),
    completion: .folderNames)
  var folder: [String] = []
  @Flag(name: .long, help: "All folders but Trash and Junk.") var all = false
  @Flag(name: .long, help: "The messages whose references come on standard input, in that order.") var stdin = false

  @Flag(name: .long, help: "Only unread messages.") var unread = false
  @Flag(name: .long, help: "Only flagged messages.") var flagged = false
  @Option(
    name: .long, help: "Only messages with this tag; * stands for anything. Given again, with all of the tags.",
    completion: .tagNames)
  var tag: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only messages of this date or later: 2024-03-15, yesterday, 2w; see mail-query(7).", valueName: "date"))
  var since: String?
  @Option(name: .long, help: "By date, received, subject, from or size.") var sort: SortKey?
  @Flag(name: .long, help: "The other way round: oldest first, smallest first, Z to A.") var reverse = false
  @Option(name: .long, parsing: .unconditional, help: "At most so many messages; or all.") var limit: Limit?
  @Flag(name: .long, help: "Conversations as trees, the newest conversation first.") var threads = false

  @OptionGroup(title: "Form") var table: TableOptions
  @OptionGroup(title: "Form") var format: FormatOptions
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  func validate() throws {
    if [all, stdin, !folders.isEmpty || !folder.isEmpty].count(where: { $0 }) > 1 {
      throw ValidationError("folders, --all and --stdin exclude each other")
    }
  }

  mutating func run() throws {
    let terminal = Terminal()
    let form = try format.resolved(for: terminal)
    let store = try storeOptions.openSynchronised { Self.warn($0) }
    var resolver = ReferenceResolver(store, for: .read) { Self.complain($0) }
    let request = try self.request(store, &resolver)

    var options = table.printerOptions(null: format.null)
    options.showsFolder = all || stdin || request.folders?.count ?? 0 > 1
    options.expected = try expected(request, store)
    let printer = try Printer(form, store: store, options: options, terminal: terminal)
    if threads {
      try printer.printConversations(request, from: store)
    } else {
      try printer.print(request, from: store)
    }
    try printer.finish()
    if printer.count == 0, form == .table, terminal.isTerminal { Self.warn("no messages") }
    try resolver.finish()
  }

  /// How many messages there will be at most.
  private func expected(_ request: ListRequest, _ store: Store) throws -> Int {
    let folders = try request.folders ?? store.folders()
    return min(limit?.number ?? .max, request.ids?.count ?? folders.reduce(0) { $0 + $1.total })
  }

  private func request(_ store: Store, _ resolver: inout ReferenceResolver) throws -> ListRequest {
    var request = ListRequest()
    if stdin {
      request.ids = try resolver.numbers([])
    } else if !all {
      let named = try folders.map { try store.folder(named: $0) }
      let fitting = try store.folders(matching: folder).filter { folder in !named.contains { $0.name == folder.name } }
      request.folders = folders.isEmpty && folder.isEmpty ? [try store.folder(named: "INBOX")] : named + fitting
    }
    request.unreadOnly = unread
    if flagged { request.required = .flagged }
    request.tags = try tag.map { try store.tags(matching: $0) }
    request.since = try since.map { try startOfDate($0, option: "--since") }
    request.sort = sort?.key
    request.reverse = reverse
    request.limit = limit?.number
    return request
  }
}

/// How many messages are listed at most.
struct Limit: ExpressibleByArgument {
  /// Nil for all.
  var number: Int?

  init?(argument: String) {
    if argument == "all" { return }
    guard let number = Int(argument), number >= 0 else { return nil }
    self.number = number
  }

  static var allValueStrings: [String] { ["a positive number", "all"] }
}

/// What a list is sorted by.
enum SortKey: String, ExpressibleByArgument, CaseIterable {
  case date, received, subject, from, size

  var key: ListRequest.Sort {
    switch self {
    case .date: .date
    case .received: .received
    case .subject: .subject
    case .from: .from
    case .size: .size
    }
  }
}
