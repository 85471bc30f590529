public import MailArchive
public import MailCommand
import MailStore
import MailSystem

struct Create: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make an archive; what mail-archive does without another word.",
    usage: "mail-archive [<options>] [-o <file>] [<ref> ... | --folder <folder> | --all]")

  @OptionGroup var messages: ReferenceOptions
  @Option(
    name: .long,
    help: ArgumentHelp("The messages of this folder and those below it; * and ? stand for others.", valueName: "folder")
  )
  var folder: [String] = []
  @Flag(name: .long, help: "All messages but those in Trash and Junk.") var all = false
  @Option(name: .long, help: ArgumentHelp("Only messages dated before this.", valueName: "date")) var before: String?
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The archive; mail-YEAR-MONTH-DAY.zip if none is named. It must not exist.", valueName: "file"))
  var output: String?
  @Option(name: .long, help: ArgumentHelp("zip, mbox or maildir. Without it the name tells.", valueName: "format"))
  var format: ArchiveForm?
  @Flag(name: .long, help: "Remove the messages from the store when all are safe in the archive.") var delete = false
  @Flag(name: .long, help: "Print what was done as a JSON object, not the path of the archive.") var json = false
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  mutating func run() throws {
    guard [all, !folder.isEmpty, !messages.references.isEmpty].count(where: { $0 }) < 2 else {
      throw Failure.usage("messages, --folder and --all exclude each other")
    }
    guard let target = ArchiveTarget(path: output, form: format) else {
      throw Failure.usage("\(output ?? ""): which form?", hint: "Call it .zip or .mbox, or say --format.")
    }
    if let output, let named = ArchiveForm(path: output), named != target.form {
      throw Failure.usage("\(output): a name for \(named.rawValue), but --format is \(target.form.rawValue)")
    }
    if delete, target.form == .mbox {
      throw Failure.usage(
        "--delete needs an archive that keeps everything", hint: "An mbox holds no comments: make a zip file.")
    }
    let limit = try before.map { try startOfDate($0, option: "--before") }
    let store = try storeOptions.openSynchronised { MailArchive.warn($0) }
    var resolver = ReferenceResolver(store, for: .change) { MailArchive.complain($0) }
    let selection = try ArchiveSelection(store, try request(store, &resolver), before: limit)
    if selection.count > 0 {
      try archive(selection, of: store, to: target)
    } else if all || !folder.isEmpty || limit != nil {
      throw Failure(.no, "no messages to archive")
    }
    try resolver.finish()
  }

  private func request(_ store: Store, _ resolver: inout ReferenceResolver) throws -> ListRequest {
    var request = ListRequest()
    if !folder.isEmpty {
      request.folders = try store.foldersAndChildren(matching: folder)
    } else if !all {
      request.ids = try resolver.numbers(messages.references)
    }
    return request
  }

  private func archive(_ selection: ArchiveSelection, of store: Store, to target: ArchiveTarget) throws {
    catchInterrupts()
    let archiver = Archiver(store, selection)
    var bar = Progress("Archiving", total: selection.count)
    let result = try archiver.write(target.path, as: target.form, isCareful: delete) { phase, done in
      bar.update(done, label: phase == .writing ? "Archiving" : "Comparing")
    }
    bar.finish()
    var report = ArchiveReport(result)
    // What was made is told also when removing fails.
    defer { report.warn() }
    do {
      if delete { report.removal = try remove(result, with: archiver) }
    } catch {
      try report.print(asJSON: json)
      throw error
    }
    try report.print(asJSON: json)
    let left = result.missing + (report.removal.map { result.messages - $0.removed } ?? 0)
    if left > 0 {
      let what = delete ? "are not in the archive or have changed since, and were not removed" : "have gone meanwhile"
      throw Failure(.noInput, "\(left) messages \(what)")
    }
  }

  private func remove(_ result: ArchiveResult, with archiver: Archiver) throws -> RemoveResult {
    var bar = Progress("Removing", total: result.messages)
    let removal = try archiver.delete(result) { bar.update($0) }
    bar.finish()
    return removal
  }
}

extension ArchiveForm: ExpressibleByArgument {}
