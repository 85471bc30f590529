import MailAttachments
import MailCommand
import MailMIME
import MailSystem

@main
struct MailAttach: Command {
  static let configuration = CommandConfiguration(
    name: "mail-attach", abstract: "Attach files, images, cards and messages to a message.",
    usage: "mail-attach [<options>] [<file> ...] < message > message",
    discussion: "The message comes on standard input and goes to standard output.")

  @Argument(help: "The files; - is standard input, with --into.") var file: [String] = []

  @Option(name: .long, help: ArgumentHelp("An image that the HTML of the message shows.", valueName: "file"))
  var inline: [String] = []
  @Option(
    name: .long, help: ArgumentHelp("The Content-ID of the image, if there is one --inline.", valueName: "id"))
  var contentID: String?
  @Option(name: .long, help: "The name that receivers see; for one file.") var name: String?
  @Option(name: .long, help: "The media type of the files, such as text/csv.") var type: String?
  @Option(name: .long, help: ArgumentHelp("A message, by its reference.", valueName: "ref"))
  var message: [String] = []
  @Flag(name: .long, help: "Your own card (vCard), of the identity in From.") var vcard = false
  @Option(name: .long, help: ArgumentHelp("The message, instead of standard input.", valueName: "file"))
  var into: String?
  @Option(name: .long, help: "The size that all files together may have, such as 20M; 100M.") var limit: ByteCount?

  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  func validate() throws {
    if file.isEmpty, inline.isEmpty, message.isEmpty, !vcard {
      throw ValidationError("there is nothing to attach")
    }
    if name != nil, file.count + inline.count != 1 { throw ValidationError("--name is for one file") }
    if name == "" { throw ValidationError("--name needs a name") }
    if type != nil, file.isEmpty { throw ValidationError("--type is for files") }
    if let type, attachmentType(type) == nil {
      throw ValidationError("'\(type)' is no media type that a file can have")
    }
    if let contentID {
      if inline.count != 1 { throw ValidationError("--content-id is for one --inline") }
      if !isContentID(contentID) { throw ValidationError("'\(contentID)' can't be a Content-ID") }
    }
    if file.contains("-") {
      if into == nil { throw ValidationError("the message is on standard input; with --into, - can be the file") }
      if file.filter({ $0 == "-" }).count > 1 { throw ValidationError("there is one standard input") }
      if name == nil { throw ValidationError("standard input needs a --name") }
    }
    if message.contains("-") { throw ValidationError("the message on standard input can't be attached to itself") }
    for path in file + inline where name == nil && isDescriptor(path) {
      throw ValidationError("\(path) needs a --name")
    }
  }

  mutating func run() throws {
    let bytes = try readMessage(into, limit: limit?.bytes ?? Attacher().limit)
    var attacher = Attacher()
    if let limit { attacher.limit = limit.bytes }
    attacher.inline = inline.map { NewPart(.file($0), name: file.isEmpty ? name : nil) }
    if let contentID { attacher.inline[0].contentID = contentID }
    attacher.attachments = file.map { NewPart(.file($0), name: name, type: type) }
    if vcard {
      attacher.attachments.append(try ownCard(of: Message(parsingHeaderOf: bytes), storeOptions.configuration()))
    }
    try addMessages(to: &attacher)
    let result: Attacher.Result
    do {
      result = try attacher.attach(to: bytes)
    } catch let problems as Attacher.Problems {
      let failures = problems.errors.map { Failure($0) }
      for failure in failures.dropLast() { Self.complain(failure) }
      guard var last = failures.last else { return }
      last.code = failures[0].code
      throw last
    }
    for note in result.notes { Self.warn(note) }
    let output = Output()
    try result.message.forEachPiece { try output.write($0) }
    try output.finish()
  }

  private func addMessages(to attacher: inout Attacher) throws {
    guard !message.isEmpty else { return }
    var sources = MessageSources(storeOptions) {
      Self.complain($0)
    } warn: {
      Self.warn($0)
    }
    var parts: [NewPart] = []
    try sources.forEach(message) { parts.append(NewPart(.message($0.bytes))) }
    try sources.finish()
    attacher.attachments += parts
  }

  /// What a shell made of `<(command)` has no name that says anything.
  private func isDescriptor(_ path: String) -> Bool { path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/") }

  private func isContentID(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }
  }
}

extension Failure {
  init(_ error: AttachError) {
    switch error {
    case .system(let cause): self.init(cause)
    case .isDirectory(let path):
      self.init(.noInput, error.description, hint: "'zip -r \(lastComponent(of: path)).zip' makes a file of it.")
    case .tooLarge: self.init(.refused, error.description, hint: "--limit allows more, if the receivers' servers do.")
    case .changed: self.init(.temporary, error.description)
    case .badType: self.init(.usage, error.description)
    case .refused: self.init(.badData, error.description, hint: "Attach first, sign and encrypt then.")
    }
  }
}
