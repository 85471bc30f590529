import MailCommand
import MailContacts

@main
struct MailContact: Command {
  static let configuration = CommandConfiguration(
    name: "mail-contact", abstract: "Look after contacts and lists of recipients, and find addresses.",
    usage: "mail-contact <subcommand> [<options>] ...",
    subcommands: [
      Query.self, Add.self, Edit.self, Delete.self, List.self, Show.self, Merge.self, Import.self, Export.self,
      ListCreate.self, ListAdd.self, ListRemove.self, ListDelete.self, ListRename.self, ListAccess.self, ListShow.self,
      ListExport.self, GroupShow.self, Harvest.self, Forget.self,
    ])

  static func job(_ arguments: [String]) -> (() throws -> Void)? {
    guard arguments.first == "query", let job = QueryJob(arguments.dropFirst()) else { return nil }
    return job.run
  }

  /// Tells what a person should know of the books: that a group's can't be read.
  static func report(_ book: ContactBook) { for notice in book.notices { warn(notice) } }
}

/// Which address book a command works on.
struct BookOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("The address book: a group's name, or 'private'.", valueName: "name"), completion: .contactGroups
  )
  var book: String?
}
