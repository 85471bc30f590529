import MailBytes
import MailCommand
import MailMIME
import MailStore
import MailSystem
import MailView

@main
struct MailShow: Command {
  static let configuration = CommandConfiguration(
    name: "mail-show", abstract: "Show messages.", usage: "mail-show [<options>] [<ref> ...]")

  @OptionGroup var messages: ReferenceOptions

  @Flag(name: .long, help: "The bytes of the message as they are.") var raw = false
  @Flag(name: .long, help: "All fields of the header, decoded.") var headers = false
  @Option(
    name: .long,
    help: ArgumentHelp("One part, decoded: 1.2; or a section: 1.2.MIME, HEADER, TEXT.", valueName: "number"))
  var part: String?
  @Flag(name: .long, help: "A page for a browser, without scripts, forms and remote content.") var html = false
  @Flag(name: .long, help: "One JSON object a message: header, envelope, parts, text.") var json = false

  @Flag(name: .long, help: "All messages of the conversation, oldest first.") var thread = false
  @Option(name: .long, help: "Wrap to so many columns.") var width: Int?
  @Flag(name: .long, help: "Don't list attachments.") var noAttachments = false
  @Flag(name: .long, help: "With --html: leave references to remote images in.") var remoteImages = false
  @Flag(name: .long, help: "Mark the messages as seen, also when standard output is no terminal.") var seen = false

  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  func validate() throws {
    if [raw, headers, part != nil, html, json].count(where: { $0 }) > 1 {
      throw ValidationError("--raw, --headers, --part, --html and --json exclude each other")
    }
    if remoteImages, !html { throw ValidationError("--remote-images needs --html") }
    if part == "" { throw ValidationError("--part needs a number, HEADER or TEXT") }
    if let width, width < 20 { throw ValidationError("--width must be at least 20") }
  }

  mutating func run() throws {
    let terminal = Terminal()
    var sources = MessageSources(storeOptions, thread: thread) {
      Self.complain($0)
    } warn: {
      Self.warn($0)
    }
    sources.defaultsToShown = true
    let isPaged = !raw && !html && part == nil && !json
    let output = Output(pager: isPaged ? Pager(for: terminal) : nil)
    let screen = Screen(output: output, terminal: terminal, width: width)
    let showsOnTerminal = terminal.isTerminal && !headers && part == nil && !json

    var shown: [MessageRow] = []
    var asking: [(row: MessageRow, bytes: [UInt8])] = []
    var count = 0
    var lacksPart = false
    do {
      try sources.forEach(messages.references) { source in
        if isPaged, count > 0 { try screen.separate() }
        count += 1
        do {
          try show(source, screen)
        } catch let failure as Failure where part != nil && failure.code == .noInput {
          // The other messages may have such a part.
          lacksPart = true
          return Self.complain(failure)
        }
        if let row = source.row {
          shown.append(row)
          // A receipt is about a message that somebody reads.
          if row.flags.contains(.asksReceipt), isPaged, !headers { asking.append((row, source.bytes)) }
        }
      }
    } catch var failure as Failure where failure.code == .badData && failure.hint == nil {
      failure.hint = "'mail-show -' reads a whole message from standard input."
      throw failure
    }
    try output.finish()

    if let last = shown.last { sources.remember(last) }
    if seen || showsOnTerminal { try sources.markSeen(shown, isAsked: seen) }
    if let store = sources.store, !asking.isEmpty {
      let desk = try ReceiptDesk(store, options: storeOptions)
      for (row, bytes) in asking {
        try desk.offer(row, bytes, isTerminal: showsOnTerminal && isTerminal(0)) { Self.warn($0) }
      }
    }
    try sources.finish()
    if lacksPart { throw Failure(.noInput, "") }
  }

  private func show(_ source: MessageSource, _ screen: Screen) throws {
    if raw { return try screen.write(source.bytes) }
    let message = Message(parsing: source.bytes)
    if headers {
      try screen.printHeader(of: message)
    } else if let part {
      try screen.write(try section(part, of: message))
    } else if html {
      let page = HTMLPage(message, keepsRemoteContent: remoteImages)
      try screen.write(page.bytes)
      if !page.notice.isEmpty { Self.warn(page.notice, hint: "--remote-images leaves them in.") }
    } else if json {
      try screen.printJSON(of: message, source)
    } else {
      var options = screen.viewOptions
      options.listsAttachments = !noAttachments
      options.annotations = source.annotations
      options.comment = source.comment
      try screen.print(MessageView(message, options: options))
    }
  }

  /// The bytes of the part or the section that `--part` names.
  private func section(_ name: String, of message: Message) throws -> ArraySlice<UInt8> {
    if !name.isEmpty, name.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) {
      if let part = message.part(name) { return part.decodedBody()[...] }
    } else if let section = message.section(name) {
      return section
    }
    throw Failure(.noInput, "\(name): no such part", hint: "mail-show lists the parts that are attached.")
  }
}
