import MailCommand
import MailQuery
import MailSearch
import MailStore

@main
struct MailSearchCommand: Command {
  static let configuration = CommandConfiguration(
    name: "mail-search", abstract: "Find messages by their words, people, dates and marks.",
    usage: "mail-search [<options>] <words> ...",
    discussion: "mail-query(7) describes what can be asked for.")

  /// Options that take the next word; every other word is part of the query, also one that begins with "-".
  static let optionsWithValue: Set<String> = [
    "--limit", "--sort", "--folder", "--save", "--delete", "--format", "--store", "--config",
    "--generate-completion-script",
  ]

  static func prepare(_ arguments: [String]) -> [String] {
    separateWords(arguments, optionsWithValue: optionsWithValue)
  }

  @Argument(help: "What to search for.") var words: [String] = []
  @Option(name: .long, help: "At most so many messages, 200 without this option; or all.") var limit: Limit?
  @Option(name: .long, help: "By relevance, date, received, from, subject or size.") var sort = Order.relevance
  @Flag(name: .long, help: "The other way round: oldest first, smallest first, Z to A, best last.") var reverse = false
  @Option(name: .long, help: "Only in this folder; may be given again, and * stands for anything.")
  var folder: [String] = []
  @Flag(name: .long, help: "Also in Trash and Junk.") var all = false
  @Flag(name: .long, help: "Print how many messages there are, nothing else.") var count = false
  @Flag(name: .long, help: "Print what was understood, and search for nothing.") var explain = false

  @Flag(name: .long, help: "What was searched for last; words narrow it down.") var last = false
  @Option(name: .long, help: "Keep the query under a name, for @NAME, and search for nothing.") var save: String?
  @Flag(name: .long, help: "Print the queries that were saved.") var saved = false
  @Option(name: .long, help: "Forget a query that was saved.") var delete: String?

  @OptionGroup(title: "Form") var table: TableOptions
  @OptionGroup(title: "Form") var format: FormatOptions
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  func validate() throws {
    let uses = [saved, delete != nil, last || !words.isEmpty].count { $0 }
    if uses == 0 { throw ValidationError("expected what to search for") }
    if uses > 1 { throw ValidationError("--saved and --delete take no query") }
    if let save, !isSavedSearchName(save) {
      throw ValidationError("a name has letters, digits, '-', '_' and '.', and at most 64 bytes: \(save)")
    }
  }

  mutating func run() throws {
    let terminal = Terminal()
    let form = try format.resolved(for: terminal)
    if saved || delete != nil || save != nil { return try keep(SavedSearches(store: try storeOptions.open())) }

    let store = try storeOptions.openSynchronised { Self.warn($0) }
    let searches = SavedSearches(store: store)
    let text = try queryText(searches)
    let query = try parse(text, searches)
    let searcher = try Searcher(store: store)
    if explain { return try printLines(searcher.explanation(of: query, options: options)) }

    var bar = Progress("Indexing text")
    try store.indexText { bar.update($0.done, of: $0.total) }
    bar.finish()
    searches.remember(text)
    if count {
      let number = try searcher.count(query, options: options)
      try printLines(["\(number)"])
      if number == 0 { throw Failure.no }
      return
    }
    let found = try results(searcher, query, store)
    try print(found, from: store, as: form, terminal)
    if found.ids == [] { throw Failure.no }
  }

  // MARK: The query

  /// Words of several arguments are as if they stood in one. With `--last` they narrow down what was searched for last.
  private func queryText(_ searches: SavedSearches) throws -> String {
    let text = words.joined(separator: " ")
    guard last else { return text }
    guard let previous = try searches.last() else { throw Failure(.noInput, "nothing has been searched for yet") }
    return text.isEmpty ? previous : "(\(previous)) \(text)"
  }

  private func parse(_ text: String, _ searches: SavedSearches) throws -> Query {
    do {
      let query = try parseQuery(text, in: .local(saved: searches))
      return folder.isEmpty ? query : .all([query, .any(folder.map { .folder(Glob($0)) })])
    } catch {
      throw Failure(error, in: text)
    }
  }

  private var options: SearchOptions {
    var options = SearchOptions()
    options.limit = (limit ?? .some(200)).number
    options.includesTrashAndJunk = all
    options.order = sort == .relevance ? .relevance : sort == .date ? .date : .none
    return options
  }

  // MARK: Results

  /// What the store is asked to list.
  private func results(_ searcher: Searcher, _ query: Query, _ store: Store) throws -> ListRequest {
    var options = options
    var request = ListRequest()
    if options.order != .none, !reverse || sort == .relevance {
      let ids = try searcher.run(query, options: options)
      request.ids = reverse ? ids.reversed() : ids
      return request
    }
    options.order = .none
    request.ids = try searcher.run(query, options: options)
    request.folders = try store.folders()
    request.sort = sort.key
    request.reverse = reverse
    request.limit = options.limit
    return request
  }

  private func print(
    _ request: ListRequest, from store: Store, as form: OutputFormat, _ terminal: Terminal
  ) throws {
    var layout = table.printerOptions(null: format.null)
    layout.showsFolder = true
    layout.expected = min(request.ids?.count ?? 0, options.limit ?? .max)
    let printer = try Printer(form, store: store, options: layout, terminal: terminal)
    try store.list(request) { row in try printer.print(row) }
    try printer.finish()
  }

  private func printLines(_ lines: [String]) throws {
    let output = Output()
    for line in lines { try output.write(cleanLines(line) + "\n") }
    try output.finish()
  }

  // MARK: Saved searches

  private func keep(_ searches: SavedSearches) throws {
    if let delete {
      guard try searches.delete(delete) else { throw Failure(.noInput, "\(delete): no such saved search") }
    } else if let save {
      let text = try queryText(searches)
      _ = try parse(text, searches)
      try searches.save(text, as: save)
    } else {
      let entries = try searches.all()
      try printLines(entries.map { "\($0.name)\t\(clean($0.query))" })
      if entries.isEmpty { throw Failure.no }
    }
  }
}

/// How many messages are wanted.
enum Limit: ExpressibleByArgument {
  case some(Int)
  case all

  init?(argument: String) {
    if argument == "all" {
      self = .all
    } else if let number = Int(argument), number >= 0 {
      self = .some(number)
    } else {
      return nil
    }
  }

  var number: Int? { if case .some(let number) = self { number } else { nil } }
}

/// What the results are ordered by.
enum Order: String, ExpressibleByArgument, CaseIterable {
  case relevance, date, received, from, subject, size

  var key: ListRequest.Sort { ListRequest.Sort(rawValue: rawValue) ?? .date }
}
