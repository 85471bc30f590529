import MailArchive
import MailCommand
import MailStore
import MailSystem

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the messages of an archive.")

  @Argument(help: "A zip file, an mbox or a Maildir.") var file: String
  @Option(name: .long, help: "table, names or json. A table on a terminal, names elsewhere.") var format: EntryFormat?
  @Flag(name: [.customShort("t"), .customLong("table")], help: "Print a table, wherever it goes.") var table = false
  @Flag(name: [.customShort("0"), .customLong("null")], help: "Separate names by NUL, not newline.") var null = false

  mutating func run() throws {
    let terminal = Terminal()
    let archive = try ArchiveReader(file)
    var failures = archive.problems
    let printer = EntryPrinter(
      format ?? (table || terminal.isTerminal ? .table : .names), count: archive.count ?? 999, null: null,
      colours: archive.colours.compactMapValues { TagColour($0) }, terminal: terminal)
    let others = try archive.forEachRow { message, row in
      do {
        try printer.print(
          try row.get(), number: message.number, name: message.file,
          folder: Folder(name: message.folder, role: message.role), comment: message.comment)
      } catch let error as ArchiveError {
        failures.append(error.description)
      }
    }
    try printer.finish()
    if others > 0 { MailArchive.warn("\(file): \(others) other \(others == 1 ? "file is" : "files are") no mail") }
    for failure in failures { MailArchive.warn(failure) }
    if !failures.isEmpty { throw Failure(.badData, "") }
  }
}
