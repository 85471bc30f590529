import MailCommand
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

  static func job(_ arguments: [String]) -> (() throws -> Void)? {
    if let job = SearchJob(arguments), job.mistake == nil { return job.run }
    // An unknown option is a greater mistake than a query that is missing.
    if !arguments.contains(where: { ["--", "--saved", "--last"].contains($0) || $0.hasPrefix("--delete") }) {
      do {
        _ = try parseAsRoot(arguments + ["--", "*"])
      } catch {
        return { throw error }
      }
    }
    return nil
  }

  func validate() throws {
    if let mistake = job.mistake { throw ValidationError(mistake) }
  }

  func run() throws { try job.run() }

  private var job: SearchJob {
    var job = SearchJob()
    job.words = words
    if let limit { job.limit = limit }
    job.sort = sort
    job.reverse = reverse
    job.folders = folder
    job.all = all
    job.count = count
    job.explain = explain
    job.last = last
    job.save = save
    job.saved = saved
    job.delete = delete
    job.table = table.printerOptions(null: format.null)
    job.format = format
    job.storeOptions = storeOptions
    return job
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
