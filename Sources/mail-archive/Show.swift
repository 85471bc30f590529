import MailArchive
import MailCommand
import MailSystem

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a message of an archive, for mail-show and other programs.")

  @Argument(help: "A zip file, an mbox or a Maildir.") var file: String
  @Argument(
    help: ArgumentHelp("The message: its number in the list, or its name in the archive.", valueName: "message"))
  var name: String

  mutating func run() throws {
    let bytes = try ArchiveReader(file).read(name)
    if isTerminal(1) {
      // The bytes of a message are not for a terminal.
      let end = try Program("mail-show", ["-"]).run(input: .bytes(bytes))
      if !end.isSuccess { throw ExitCode(end.code) }
      return
    }
    let output = Output()
    try output.write(bytes)
    try output.finish()
  }
}
