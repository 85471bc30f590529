import MailAttachments
import MailCommand
import MailSystem

@main
struct MailDetach: Command {
  static let configuration = CommandConfiguration(
    name: "mail-detach", abstract: "List, save, open, pipe and remove attachments.",
    usage: "mail-detach [<options>] [<ref> ...]")

  @OptionGroup var messages: ReferenceOptions

  @Flag(name: .long, help: "List the attachments; so it is without another option.") var list = false
  @Option(
    name: .long,
    help: ArgumentHelp("A part by its number, such as 2 or 1.3, decoded, to standard output.", valueName: "number"))
  var part: [String] = []
  @Option(name: .long, help: ArgumentHelp("Save all attachments, or each --part, in this directory.", valueName: "dir"))
  var save: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Run this for each attachment, or each --part, which it reads.", valueName: "command"))
  var pipe: String?
  @Option(name: .long, help: ArgumentHelp("Show a part with the program for its type.", valueName: "number"))
  var open: String?
  @Flag(name: .long, help: "Hand visiting cards to 'mail-contact import'.") var toContacts = false
  @Option(
    name: .long,
    help: ArgumentHelp("Replace a part of the stored message, or 'all' attachments, by a trace.", valueName: "number"))
  var remove: [String] = []

  @Flag(name: .long, help: "Texts, images inside texts and signatures too.") var allParts = false
  @Flag(name: .long, help: "With --save: keep names that begin with a dot.") var hidden = false
  @Flag(name: .long, help: "With --save: replace files of the same name.") var overwrite = false
  @Flag(name: .long, help: "With --remove: also where that breaks a signature.") var force = false
  @Option(name: .long, help: "How attachments are listed: table or json.") var format: AttachmentFormat?

  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  func validate() throws {
    let work = [list, pipe != nil, open != nil, toContacts, !remove.isEmpty].count(where: { $0 })
    if work > 1 { throw ValidationError("--list, --pipe, --open, --to-contacts and --remove exclude each other") }
    if save != nil, work > 0, remove.isEmpty { throw ValidationError("--save goes with --part or --remove only") }
    if !part.isEmpty, list || open != nil || toContacts || !remove.isEmpty {
      throw ValidationError("--part goes with --save or --pipe only")
    }
    if allParts, !part.isEmpty || open != nil || !remove.isEmpty {
      throw ValidationError("--all-parts goes with lists, --save, --pipe and --to-contacts")
    }
    if hidden || overwrite, save == nil { throw ValidationError("--hidden and --overwrite need --save") }
    if force, remove.isEmpty { throw ValidationError("--force needs --remove") }
    if format != nil, !lists { throw ValidationError("--format is for lists") }
    if save == "" { throw ValidationError("--save needs a directory") }
    for number in part + [open].compactMap({ $0 }) + remove.filter({ $0 != "all" }) {
      guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }), !number.isEmpty else {
        throw ValidationError("'\(number)' is not the number of a part")
      }
    }
  }

  private var lists: Bool {
    list || (part.isEmpty && save == nil && pipe == nil && open == nil && !toContacts && remove.isEmpty)
  }

  mutating func run() throws {
    var sources = MessageSources(storeOptions) {
      Self.complain($0)
    } warn: {
      Self.warn($0)
    }
    if !remove.isEmpty { sources.purpose = .change }
    var job = try makeJob()
    let changes = !remove.isEmpty || save != nil
    if changes { catchInterrupts() }
    var bar = Progress(remove.isEmpty ? "Saving" : "Removing")
    var worst: ExitCode?
    var count = 0
    try sources.forEach(messages.references) { source in
      if changes, interruptRequested() { throw Failure(.interrupted, "stopped: \(count) messages done") }
      do {
        try job.run(source)
      } catch let failure as Failure where failure.code != .interrupted {
        // The others may do better.
        if !failure.message.isEmpty { Self.complain(failure) }
        worst = worst ?? failure.code
      }
      count += 1
      if changes { bar.update(count) }
    }
    bar.finish()
    try job.finish()
    try sources.finish()
    if let worst { throw Failure(worst, "") }
    if count > 0, job.isEmpty { throw Failure.no }
  }

  private func makeJob() throws -> any Job {
    let selection = Selection(numbers: part, all: allParts)
    if lists { return ListJob(selection, format: format ?? AttachmentFormat.standard()) }
    if !remove.isEmpty {
      return RemoveJob(numbers: remove, force: force, directory: save, hidden: hidden, overwrite: overwrite)
    }
    if let save { return try SaveJob(selection, directory: save, hidden: hidden, overwrite: overwrite) }
    if let pipe { return PipeJob(selection, words: pipe) }
    if let open { return try OpenJob(number: open) }
    if toContacts { return try ContactJob(storeOptions) }
    return WriteJob(selection)
  }

  static func failure(for error: any Error) -> Failure? {
    guard let error = error as? SaveError else { return nil }
    return Failure(error)
  }
}
