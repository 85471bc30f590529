import MailCommand
import MailQuery
import MailSearch
import MailStore

/// One search, as the command line asks for it.
struct SearchJob {
  var words: [String] = []
  var limit = Limit.some(200)
  var sort = Order.relevance
  var reverse = false
  var folders: [String] = []
  var all = false
  var count = false
  var explain = false
  var last = false
  var save: String?
  var saved = false
  var delete: String?
  var table = PrinterOptions()
  var format = FormatOptions()
  var storeOptions = StoreOptions()

  init() {}

  /// Reads the options that searches usually have. Nil for anything else, which is for the parser that all commands share.
  init?(_ arguments: [String]) {
    (format.format, format.table, format.null) = (nil, false, false)
    (storeOptions.store, storeOptions.config) = (nil, nil)
    var rest = arguments[...]
    while let option = rest.popFirst() {
      switch option {
      case "--":
        words = Array(rest)
        return
      case "--reverse": reverse = true
      case "--all": all = true
      case "--count": count = true
      case "--explain": explain = true
      case "--last": last = true
      case "--saved": saved = true
      case "-t", "--table": format.table = true
      case "-0", "--null": (format.null, table.null) = (true, true)
      default:
        // A value that looks like an option is a mistake, or means more than can be told here.
        guard let value = rest.popFirst(), !value.hasPrefix("-"), take(option, value) else { return nil }
      }
    }
  }

  private mutating func take(_ option: String, _ value: String) -> Bool {
    switch option {
    case "--limit":
      guard let limit = Limit(argument: value) else { return false }
      self.limit = limit
    case "--sort":
      guard let sort = Order(rawValue: value) else { return false }
      self.sort = sort
    case "--format":
      guard let form = OutputFormat(rawValue: value) else { return false }
      format.format = form
    case "--folder": folders.append(value)
    case "--save": save = value
    case "--delete": delete = value
    case "--store": storeOptions.store = value
    case "--config": storeOptions.config = value
    default: return false
    }
    return true
  }

  /// What is wrong with the options together.
  var mistake: String? {
    switch [saved, delete != nil, last || !words.isEmpty].count(where: { $0 }) {
    case 0: return "expected what to search for"
    case 1: break
    default: return "--saved and --delete take no query"
    }
    guard let save, !isSavedSearchName(save) else { return nil }
    return "a name has letters, digits, '-', '_' and '.', and at most 64 bytes: \(save)"
  }

  func run() throws {
    let terminal = Terminal()
    let form = try format.resolved(for: terminal)
    if saved || delete != nil || save != nil { return try keep(SavedSearches(store: try storeOptions.open())) }

    let store = try storeOptions.openSynchronised { MailSearchCommand.warn($0) }
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
    // Nothing is no list: the numbers of the last one stay.
    if found.ids == [] {
      throw terminal.isTerminal && limit.number != 0 ? Failure(.no, "nothing found") : Failure.no
    }
    let printed = try print(found, from: store, as: form, terminal)
    guard terminal.isTerminal, let most = limit.number, printed >= most else { return }
    let total = try searcher.count(query, options: options)
    if total > printed { MailSearchCommand.warn("\(printed) of \(total); --limit all shows all") }
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
      let query = try parseQuery(text, in: .local(saved: searches), savedAs: save)
      return folders.isEmpty ? query : .all([query, .any(folders.map { .folder(Glob($0)) })])
    } catch {
      throw Failure(error, in: text)
    }
  }

  private var options: SearchOptions {
    var options = SearchOptions()
    options.limit = limit.number
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

  /// Prints them, and says how many they were.
  private func print(
    _ request: ListRequest, from store: Store, as form: OutputFormat, _ terminal: Terminal
  ) throws -> Int {
    var layout = table
    layout.showsFolder = true
    layout.expected = min(request.ids?.count ?? 0, options.limit ?? .max)
    let printer = try Printer(form, store: store, options: layout, terminal: terminal)
    try store.list(request) { row in try printer.print(row) }
    try printer.finish()
    return printer.count
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
