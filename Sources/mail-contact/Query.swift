import MailCommand
import MailContacts

/// One query, as the command line asks for it.
struct QueryJob {
  var words: [String] = []
  var limit = 100
  var format: SuggestionFormat?
  var channels: Set<Channel> = [.mail]
  var store = StoreOptions()

  init() {}

  /// Reads the plain command lines by which mail programs ask, at every key that is typed; nil for anything else, which is
  /// for the parser that all commands share.
  init?(_ arguments: ArraySlice<String>) {
    (store.store, store.config) = (nil, nil)
    var rest = arguments
    while let word = rest.popFirst() {
      switch word {
      case "--format", "--limit", "--store", "--config":
        // A value that looks like an option is a mistake, or means more than can be told here.
        guard let value = rest.popFirst(), !value.hasPrefix("-"), take(word, value) else { return nil }
      case "--":
        words += rest
        rest = []
      default:
        guard !word.hasPrefix("-") else { return nil }
        words.append(word)
      }
    }
    if words.isEmpty { return nil }
  }

  private mutating func take(_ option: String, _ value: String) -> Bool {
    switch option {
    case "--limit":
      guard let number = Int(value), number >= 0 else { return false }
      limit = number
    case "--format":
      guard let known = SuggestionFormat(rawValue: value) else { return false }
      format = known
    case "--store": store.store = value
    default: store.config = value
    }
    return true
  }

  func run() throws {
    let book = try store.openContacts()
    let found = try book.query(words, limit: limit, channels: channels)
    MailContact.report(book)
    try printSuggestions(found, as: format ?? .standard(for: Terminal()))
    if found.isEmpty { throw Failure.no }
  }
}

extension MailContact {
  struct Query: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "query", abstract: "Find addresses by the first letters of names and addresses.",
      usage: "mail-contact query [<options>] [<word> ...]")

    @Argument(help: ArgumentHelp("Beginnings of words; all of them have to fit. None: everybody.", valueName: "word"))
    var words: [String] = []
    @Option(name: .long, help: "mutt, aerc, table or json. A table on a terminal, mutt's form elsewhere.")
    var format: SuggestionFormat?
    @Option(name: .long, help: ArgumentHelp("At most so many (100); 0 is all.", valueName: "number")) var limit = 100
    @Flag(name: .long, help: "Numbers for SMS and fax, not mail addresses.") var phones = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    func validate() throws {
      if limit < 0 { throw ValidationError("--limit must not be negative") }
    }

    mutating func run() throws {
      var job = QueryJob()
      job.words = words
      job.limit = limit
      job.format = format
      if phones { job.channels = [.sms, .fax] }
      job.store = storeOptions
      try job.run()
    }
  }
}
