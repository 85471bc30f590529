import MailCommand
import MailStore

@main
struct MailFolder: Command {
  static let configuration = CommandConfiguration(
    name: "mail-folder", abstract: "List, make, rename, move, delete and restore folders.",
    subcommands: [
      List.self, Create.self, Rename.self, Move.self, Delete.self, Restore.self, Subscribe.self, ListAll.self,
    ],
    defaultSubcommand: ListAll.self)

  /// Does `body` for every name. One that it can't be done for is reported and the others are done; the first one's exit code
  /// stays.
  static func forEach(_ names: [String], _ body: (String) throws -> Void) throws {
    var code: ExitCode?
    for name in names {
      do {
        try body(try checked(name))
      } catch {
        guard error is Failure || (error as? StoreError)?.isAboutName ?? false else { throw error }
        let reported = ExitCode(report(error))
        code = code ?? reported
      }
    }
    if let code { throw code }
  }

  /// `name`, unless it is empty or the shell's bytes have been repaired because they are no UTF-8.
  static func checked(_ name: String) throws -> String {
    if name.isEmpty { throw Failure.usage("a folder needs a name") }
    if name.unicodeScalars.contains("\u{FFFD}") { throw StoreError.badFolderName(name, reason: "not UTF-8") }
    return name
  }
}

extension StoreError {
  /// Another name may do better.
  fileprivate var isAboutName: Bool {
    switch self {
    case .folderExists, .badFolderName, .noSuchFolder, .ambiguousFolder, .unknownOrigin, .notPermitted: true
    default: false
    }
  }
}
