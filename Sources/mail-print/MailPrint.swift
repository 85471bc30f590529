import MailCommand
import MailHTML
import MailMIME
import MailSystem
import MailView

@main
struct MailPrint: Command {
  static let configuration = CommandConfiguration(
    name: "mail-print", abstract: "Make a PDF or a self-contained page of HTML of messages.",
    usage: "mail-print [<options>] [<ref> ...]")

  @OptionGroup var messages: ReferenceOptions

  @Flag(name: .long, help: "Make a PDF; so it is unless the name of the file says otherwise.") var pdf = false
  @Flag(name: .long, help: "Make a page of HTML that needs no other file.") var html = false
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write this file; .html at its end asks for HTML.", valueName: "file"))
  var output: String?

  @Flag(name: .long, help: "All messages of the conversation, oldest first.") var thread = false
  @Option(name: .long, help: "The size of the paper: a4 or letter; the one in use here.") var paper: Paper?
  @Flag(name: .long, help: "All fields of the header.") var headers = false
  @Flag(name: .long, help: "Comments and tags too.") var comments = false
  @Flag(name: .long, help: "Load remote images, or leave references to them in HTML.") var remoteImages = false

  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  func validate() throws {
    if pdf, html { throw ValidationError("--pdf and --html exclude each other") }
    if output == "" { throw ValidationError("--output needs a file") }
  }

  /// `-` is standard output, as it is without --output.
  private var file: String? { output == "-" ? nil : output }

  private var makesHTML: Bool {
    if pdf || html { return html }
    let name = file?.lowercased() ?? ""
    return name.hasSuffix(".html") || name.hasSuffix(".htm")
  }

  mutating func run() throws {
    if !makesHTML, file == nil, isTerminal(1) {
      throw Failure.usage(
        "a PDF is nothing for a terminal", hint: "'-o FILE.pdf' writes a file, '| lp' prints, --html makes a page.")
    }
    catchInterrupts()
    var sources = MessageSources(storeOptions, thread: thread) {
      Self.complain($0)
    } warn: {
      Self.warn($0)
    }
    var options = PrintedPage.Options()
    options.paper = (paper ?? .standard()).size
    options.showsAllHeaders = headers
    options.keepsRemoteContent = remoteImages
    options.localOffset = { Int(LocalTime.systemOffset(at: $0) / 60) }
    var page = PrintedPage(options)
    let printer: PDFMaker? = makesHTML ? nil : try .find(mayLoad: remoteImages)

    var count = 0
    try sources.forEach(messages.references) { source in
      if interruptRequested() { throw Failure(.interrupted, "stopped: nothing has been written") }
      page.append(
        Message(parsing: source.bytes), comment: comments ? source.comment : nil,
        annotations: comments ? source.annotations : [])
      count += 1
      if page.isFull {
        throw Failure(.refused, "this is more than fits on one page", hint: "Print fewer messages at once.")
      }
    }
    // Without messages there is nothing to write, and nothing wrong.
    if count > 0 {
      if !page.notice.isEmpty { Self.warn(page.notice, hint: "--remote-images takes them in.") }
      let bytes = try printer?.document(of: page.finish()) ?? page.finish()
      try Destination(file).write(bytes)
    }
    try sources.finish()
  }
}
