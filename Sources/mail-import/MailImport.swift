public import MailCommand
import MailConfiguration
public import MailImport
import MailStore
import MailSystem

@main
struct MailImportCommand: Command {
  static let configuration = CommandConfiguration(
    name: "mail-import", abstract: "Import messages from mailbox files, directories and zip files.",
    discussion: "What a file is, is told by its contents: mbox, zip, .eml, .emlx, Maildir, MH, directories of these.")

  @Argument(help: ArgumentHelp("Files and directories; - or none is standard input.", valueName: "file"))
  var files: [String] = []

  @Option(name: .long, help: "Import into this folder and those below it, made if they are missing.") var folder:
    String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the files are: \(SourceFormat.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "format"))
  var format: SourceFormat?
  @Option(name: .long, help: "Put this tag on all messages; may be given again.") var tag: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Mark all messages: seen, flagged and so on, or un… of each; may be given again.", valueName: "mark"))
  var mark: [String] = []
  @Flag(name: .long, help: "Leave out messages that the store has in any folder but Trash.") var skipDuplicates = false
  @Flag(name: .long, help: "Begin anew where an import of the same was interrupted.") var startOver = false
  @Flag(name: [.customShort("n"), .long], help: "Only say what would be imported.") var dryRun = false
  @Flag(name: [.short, .long], help: "No summary at the end.") var quiet = false
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  static func failure(for error: any Error) -> Failure? {
    (error as? ImportError).map { ImportReport.failure(for: $0) }
  }

  func run() throws {
    let configuration = try storeOptions.configuration()
    let options = try importOptions(limit: configuration.delivery.sizeLimit)
    let names = files.isEmpty && !isTerminal(standardInput) ? ["-"] : files
    guard !names.isEmpty else { throw Failure.usage("no file named", hint: "Try 'mail-import --help'.") }
    guard names.count(where: { $0 == "-" }) < 2 else { throw Failure.usage("-: standard input is read once") }

    let report = ImportReport(isQuiet: quiet) { Self.complain($0) }
    let sources = names.compactMap { name in
      report.trying { () throws(ImportError) in try ImportSource(name, format: format) }
    }
    guard !sources.isEmpty else { throw report.end() }
    let job = ImportJob(sources, options: options)
    catchInterrupts()
    if dryRun {
      let store = try openIfThere()
      try report.follow(job) { (event) throws(ImportError) in try job.rehearse(store, event: event) }
      try report.printPlan()
    } else {
      let store = try openOrMake()
      try report.follow(job) { (event) throws(ImportError) in try job.run(store, event: event) }
      report.printSummary()
      try report.compare(store.root, with: configuration.quota)
    }
    if let failure = report.failure { throw failure }
  }

  private func importOptions(limit: Int64) throws -> ImportOptions {
    var options = ImportOptions()
    options.folder = try folder.map { try ImportReport.folderName($0) }
    options.format = format
    for name in tag {
      if let problem = TagName.problem(with: name) { throw Failure.usage("\(name): \(problem)") }
    }
    options.tags = tag
    if !mark.isEmpty {
      var words = mark
      let marks = try Marks(from: &words)
      if let word = words.first { throw Failure.usage("\(word): not a mark") }
      (options.add, options.remove) = (marks.add, marks.remove)
    }
    options.skipsDuplicates = skipDuplicates
    options.startsOver = startOver
    if limit > 0 { options.sizeLimit = Int(min(limit, Int64(ImportOptions.defaultSizeLimit))) }
    return options
  }

  /// The store, made where there is none, as mail-deliver does.
  private func openOrMake() throws -> Store {
    try StoreTarget.makeStore(at: storeOptions.root())
    return try storeOptions.openSynchronised { Self.warn($0) }
  }

  private func openIfThere() throws -> Store? {
    guard isDirectory(try storeOptions.root()) else { return nil }
    return try storeOptions.openSynchronised { Self.warn($0) }
  }
}

extension SourceFormat: ExpressibleByArgument {}
