import MailCommand
import MailContacts
import MailSystem

extension MailContact {
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Read contacts from vCards, CSV, abook's file or mutt's aliases.",
      usage: "mail-contact import [<options>] [<file> ...]")

    @Argument(
      help: ArgumentHelp("Files; standard input without one, or for '-'.", valueName: "file"), completion: .file())
    var files: [String] = []
    @Option(name: .long, help: "vcard, csv, abook or aliases, where it can't be seen from the file.")
    var format: ContactFormat?
    @Option(name: .long, help: "What becomes of contacts that are there already: merge, skip or add.")
    var duplicates = ContactBook.Duplicates.merge
    @Flag(name: .long, help: "Only say what would be imported.") var dryRun = false
    @OptionGroup var bookOption: BookOption
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      if files.isEmpty, isTerminal(0) {
        throw Failure.usage("no file given", hint: "Name one, or send it to standard input.")
      }
      // Everything is read before anything is stored.
      let contents = try (files.isEmpty ? ["-"] : files).map { try read($0) }
      let book = try storeOptions.openContacts()
      if dryRun {
        var printer = ContactPrinter(.standard(for: Terminal()))
        for file in contents { for contact in file.contacts { try printer.print(contact) } }
        return try printer.finish()
      }
      catchInterrupts()
      var total = ContactBook.ImportReport()
      for file in contents {
        var bar = Progress("Importing", total: file.contacts.count)
        total += try book.importFile(file, into: bookOption.book, duplicates: duplicates) { done, _ in bar.update(done)
        }
        bar.finish()
      }
      for reason in total.refused.prefix(20) { MailContact.warn(reason) }
      if total.refused.count > 20 { MailContact.warn("\(total.refused.count - 20) more can't be stored") }
      MailContact.warn(total.sentence)
      if !total.refused.isEmpty { throw ExitCode.badData }
    }

    private func read(_ file: String) throws -> ContactFile {
      let limit = ContactFile.largest + 1
      let bytes = try file == "-" ? readToEnd(0, limit: limit, path: "standard input") : readFile(file, limit: limit)
      let name = file == "-" ? "standard input" : file
      do {
        let content = try ContactFile(bytes, format: format)
        for defect in content.defects.prefix(20) { MailContact.warn("\(name): \(defect)") }
        if content.defects.count > 20 { MailContact.warn("\(name): \(content.defects.count - 20) more of these") }
        return content
      } catch {
        let failure = MailContact.commonFailure(for: error)
        throw Failure(failure.code, "\(name): \(failure.message)", hint: failure.hint)
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write contacts as vCards or CSV.",
      usage: "mail-contact export [<options>] [<contact> ...]")

    enum Format: String, ExpressibleByArgument, CaseIterable { case vcard, csv }

    @Argument(help: ArgumentHelp("Contacts; without one all contacts and lists of the book.", valueName: "contact"))
    var references: [String] = []
    @Option(name: .long, help: "vcard or csv.") var format = Format.vcard
    @Option(name: .long, help: "The version of vCards: 4.0 or 3.0.") var vcardVersion = VCard.Version.four
    @Option(
      name: [.customShort("o"), .long],
      help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"),
      completion: .file())
    var output: String?
    @OptionGroup var bookOption: BookOption
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      let name = bookOption.book ?? "private"
      var contacts: [Contact] = []
      if references.isEmpty { try book.forEachContact(in: name) { contacts.append($0) } }
      for reference in references { contacts.append(try book.contact(reference, in: bookOption.book)) }
      let lists = references.isEmpty ? try book.lists(in: name) : []
      var bytes: [UInt8] = []
      switch format {
      case .vcard: try book.vCards(contacts, lists: lists, version: vcardVersion) { bytes += $0 }
      case .csv: try ContactBook.csv(contacts) { bytes += Array($0.utf8) }
      }
      if let output { return try replaceFile(output, with: bytes, permissions: 0o600) }
      let standard = Output()
      try standard.write(bytes)
      try standard.finish()
    }
  }
}
