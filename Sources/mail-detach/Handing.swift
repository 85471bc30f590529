import MailAttachments
import MailCommand
import MailMIME
import MailSystem

/// Shows a part.
struct OpenJob: Job {
  private let number: String
  private let viewer: Viewer
  var isEmpty: Bool { false }

  init(number: String) throws {
    guard let viewer = Viewer.find() else {
      throw Failure(
        .refused, "there is no program to open files with",
        hint: "Name one in $POSTBAG_OPEN, or install xdg-utils or mailcap.")
    }
    self.number = number
    self.viewer = viewer
  }

  func run(_ source: MessageSource) throws {
    for part in try Selection(numbers: [number]).parts(of: Message(parsing: source.bytes), source) {
      let end = try viewer.open(part)
      if !end.isSuccess { throw Failure(ExitCode(end.code), "the program to open \(part.fileName()) \(end.text)") }
    }
  }
}

/// Hands visiting cards to the contacts.
struct ContactJob: Job {
  private let program: String
  private let arguments: [String]
  private(set) var isEmpty = true

  /// The contacts are those of the store, and the configuration, that the message comes from.
  init(_ options: StoreOptions) throws {
    arguments =
      ["import"] + (options.store.map { ["--store", $0] } ?? []) + (options.config.map { ["--config", $0] } ?? [])
    guard let program = Program.find("mail-contact") else {
      throw Failure(
        .refused, "mail-contact is not installed",
        hint: "'mail-detach --save DIR' saves visiting cards as files that other programs import.")
    }
    self.program = program
  }

  mutating func run(_ source: MessageSource) throws {
    for part in attachments(of: Message(parsing: source.bytes), all: true) where part.isContact {
      isEmpty = false
      let end = try Program(program, arguments).run(input: .bytes(part.bytes))
      if !end.isSuccess { throw Failure(ExitCode(end.code), "mail-contact import \(end.text)") }
    }
  }
}
