import MailCommand
import MailContacts

extension MailContact {
  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge", abstract: "Find contacts that are the same person, and make one of them.",
      usage: """
        mail-contact merge [--format <form>]
        mail-contact merge [--dry-run] <contact> <contact> ...
        mail-contact merge --all [--dry-run]
        """)

    @Argument(
      help: ArgumentHelp("The first takes over what the others have. None: show duplicates.", valueName: "contact"))
    var references: [String] = []
    @Flag(name: .long, help: "Merge all that have the same name and an address or number in common.") var all = false
    @Flag(name: .long, help: "Show what would come out, and change nothing.") var dryRun = false
    @Option(name: .long, help: "How duplicates are shown: table or json.") var format: ContactListFormat?
    @OptionGroup var bookOption: BookOption
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    func validate() throws {
      if all, !references.isEmpty { throw ValidationError("contacts and --all exclude each other") }
      if references.count == 1 { throw ValidationError("two contacts are needed") }
      if dryRun, references.isEmpty, !all { throw ValidationError("--dry-run goes with contacts or --all") }
      if format != nil, all || !references.isEmpty { throw ValidationError("--format is for showing duplicates") }
    }

    mutating func run() throws {
      let book = try storeOptions.openContacts()
      if !references.isEmpty {
        let contacts = try references.map { try book.contact($0, in: bookOption.book, isLoose: false) }
        return try merge(contacts, book)
      }
      let groups = try book.duplicates(in: bookOption.book)
      guard all else { return try show(groups) }
      let same = groups.filter { $0.reason == .same }
      for group in same { try merge(group.contacts, book) }
      if !dryRun { MailContact.warn(same.isEmpty ? "nothing to merge" : "made one of several: \(same.count)") }
      if same.isEmpty { throw Failure.no }
    }

    private func merge(_ contacts: [Contact], _ book: ContactBook) throws {
      guard dryRun else {
        _ = try book.merge(contacts)
        return
      }
      let output = Output()
      try output.write(Contact.merged(contacts).description.map { "\($0.field): \(clean($0.text))\n" }.joined() + "\n")
      try output.finish()
    }

    private func show(_ groups: [ContactBook.DuplicateGroup]) throws {
      guard !groups.isEmpty else { throw Failure.no }
      var printer = ContactPrinter(format ?? .standard(for: Terminal()))
      for group in groups {
        if format != .json { try printer.note(group.reason.sentence) }
        for contact in group.contacts { try printer.print(contact) }
      }
      try printer.finish()
    }
  }
}

extension ContactBook.DuplicateGroup.Reason {
  /// What the contacts have in common.
  fileprivate var sentence: String {
    switch self {
    case .same: "# the same name, and an address or a number in common"
    case .address: "# an address or a number in common"
    case .name: "# the same name"
    }
  }
}
