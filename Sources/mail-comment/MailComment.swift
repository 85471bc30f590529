import MailCommand
import MailStore
import MailSystem

@main
struct MailComment: Command {
  static let configuration = CommandConfiguration(
    name: "mail-comment", abstract: "Write comments on messages, for yourself alone, and print them.",
    usage: "mail-comment [<options>] [<ref> ...]")

  @OptionGroup var messages: ReferenceOptions
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The comment, instead of the one that is there; - for standard input.", valueName: "text"))
  var text: String?
  @Flag(name: .long, help: "Edit the comment in $VISUAL or $EDITOR.") var edit = false
  @Flag(name: .long, help: "Take the comments away.") var delete = false
  @Option(name: .long, help: "How comments are printed: text or json.") var format: CommentFormat?
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  func validate() throws {
    if [text != nil, edit, delete, format != nil].count(where: { $0 }) > 1 {
      throw ValidationError("--text, --edit, --delete and --format exclude each other")
    }
    if text == "-", messages.references.isEmpty {
      throw ValidationError("--text - reads the comment from standard input: name the messages as arguments")
    }
  }

  mutating func run() throws {
    let store = try storeOptions.openSynchronised { Self.warn($0) }
    let isReading = text == nil && !edit && !delete
    var resolver = ReferenceResolver(store, for: isReading ? .read : .change) { Self.complain($0) }
    if isReading {
      let found = try resolver.messages(messages.references)
      let count = try printComments(found, of: store, as: format ?? .text)
      try resolver.finish()
      if count == 0, !found.isEmpty { throw Failure.no }
      return
    }
    if let text {
      let comment = try commentText(text == "-" ? readToEnd(0, path: "standard input") : Array(text.utf8))
      guard !comment.isEmpty else { throw Failure.usage("the comment is empty", hint: "--delete takes it away.") }
      try change(store, try resolver.numbers(messages.references), to: comment)
    } else if delete {
      try change(store, try resolver.numbers(messages.references), to: nil)
    } else {
      try edit(try resolver.messages(messages.references), store)
    }
    try resolver.finish()
  }

  /// Nothing is done when the editor fails, or when the text is what it was.
  private func edit(_ messages: [MessageRow], _ store: Store) throws {
    guard let first = messages.first else { return }
    guard messages.allSatisfy({ $0.comment == first.comment }) else {
      throw Failure(.badData, "the messages have different comments", hint: "Edit them one by one.")
    }
    let text = try commentText(try edited(first.comment ?? "", name: "comment.txt"))
    if text != first.comment ?? "" { try change(store, messages.map(\.id), to: text.isEmpty ? nil : text) }
  }

  private func change(_ store: Store, _ ids: [Int64], to text: String?) throws {
    catchInterrupts()
    var bar = Progress("Writing comments", total: ids.count)
    try store.setComment(ids, text) { bar.update($0) }
    bar.finish()
  }
}
