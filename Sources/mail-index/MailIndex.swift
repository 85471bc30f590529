import MailCommand
import MailContacts
import MailStore

@main
struct MailIndex: Command {
  static let configuration = CommandConfiguration(
    name: "mail-index",
    abstract: "Bring the index of the store up to date.",
    discussion: "Other commands do the same when they start; with this one it is done beforehand, from cron or a timer."
  )

  @OptionGroup var storeOptions: StoreOptions

  @Flag(name: .long, help: "Compare index, state and files, and print what differs; exit 1 if anything does.")
  var check = false

  @Flag(name: .long, help: "Throw the index away and make it anew.")
  var rebuild = false

  @Flag(name: .long, help: "Bring envelopes up to date, and leave the full text to the next search.")
  var envelopes = false

  @Flag(name: [.short, .long], help: "Print how many messages the store has.")
  var verbose = false

  func validate() throws {
    if check, rebuild { throw ValidationError("--check and --rebuild exclude each other.") }
  }

  mutating func run() throws {
    let store = try storeOptions.open()
    var bar = Progress("Reading messages")
    let show = { (progress: SyncProgress) in
      bar.update(
        progress.done, of: progress.total,
        label: progress.phase == .text ? "Indexing text" : "Reading messages")
    }
    if rebuild {
      try store.rebuild(progress: show)
    } else {
      try store.synchronise(progress: show)
      if !envelopes, !check { try store.indexText(progress: show) }
    }
    if !envelopes, !check { try learnCorrespondents(store) }
    try store.removeLeftovers()
    bar.finish()
    for notice in store.notices { Self.warn(notice) }
    if check { try printDifferences(in: store) }
    if verbose { try printTotals(of: store) }
  }

  /// Who wrote, and whom mail was sent to, is offered when addresses are asked for.
  private func learnCorrespondents(_ store: Store) throws {
    let book = try ContactBook(store: store, configuration: storeOptions.configuration())
    guard book.settings.harvests else { return }
    do {
      try book.harvest()
    } catch {
      // The index is up to date all the same, and the next run does the rest.
      Self.warn("correspondents are not learnt: \(error)")
    }
  }

  private func printDifferences(in store: Store) throws {
    let output = Output()
    var count = 0
    try store.check { difference in
      count += 1
      try output.write(cleanLines(difference.description) + "\n")
    }
    try output.finish()
    if count > 0 { throw ExitCode(1) }
  }

  private func printTotals(of store: Store) throws {
    let output = Output()
    let folders = try store.folders()
    let total = folders.reduce(0) { $0 + $1.total }
    let unread = folders.reduce(0) { $0 + $1.unread }
    try output.write("\(total) messages, \(unread) unread, in \(folders.count) folders\n")
    try output.finish()
  }
}
