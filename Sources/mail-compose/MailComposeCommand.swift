import MailCommand
import MailCompose
import MailMIME
import MailSystem

@main
struct MailCompose: Command {
  static let configuration = CommandConfiguration(
    name: "mail-compose", abstract: "Write messages: new ones, answers, forwards.",
    usage: """
      mail-compose [<options>] [<recipient> | <mailto-url> ...]
      mail-compose --reply | --reply-all | --reply-list | --forward[=inline|attachment] [<options>] [<ref> ...]
      mail-compose --resume [<options>] [<ref>]
      """)

  @Argument(
    help: ArgumentHelp(
      "Recipients, list:NAME, group:NAME and mailto: URLs; with --reply, --forward, --resume and --save-template messages.",
      valueName: "recipient"))
  var words: [String] = []

  @OptionGroup(title: "Messages that are there") var origin: OriginOptions
  @OptionGroup(title: "Fields") var fields: FieldOptions
  @OptionGroup(title: "Text") var text: TextOptions

  @Flag(name: .long, help: "Keep the message as a draft and print its path; nothing is sent.") var draft = false
  @Flag(name: .long, help: "Keep the message, or one that is there, as a template; its subject is its name.")
  var saveTemplate = false
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  /// `--forward=inline` is a flag with a value, which the parser doesn't know.
  static func prepare(_ arguments: [String]) -> [String] {
    var isOption = true
    return arguments.flatMap { argument -> [String] in
      if argument == "--" { isOption = false }
      guard isOption, argument.hasPrefix("--forward=") else { return [argument] }
      return ["--forward", "--forward-as", String(argument.dropFirst(10))]
    }
  }

  func validate() throws {
    if origin.kinds.count + (saveTemplate && !words.isEmpty && origin.template == nil ? 1 : 0) > 1 {
      throw ValidationError("--reply, --reply-all, --reply-list, --forward and --resume exclude each other")
    }
    if draft, saveTemplate { throw ValidationError("--draft and --save-template exclude each other") }
    if [text.markdown, text.html, text.plain].count(where: { $0 }) > 1 {
      throw ValidationError("--markdown, --html and --plain exclude each other")
    }
    if origin.forwardAs != nil, !origin.forward { throw ValidationError("--forward-as needs --forward") }
    if origin.template != nil, origin.resume { throw ValidationError("--template and --resume exclude each other") }
    if let priority = fields.priority, Priority(word: priority) == nil {
      throw ValidationError("--priority must be high, normal or low")
    }
  }

  mutating func run() throws {
    let desk = try Desk(self)
    try desk.begin()
    if isTerminal(0), text.textFile == nil, !words.contains("-"), !(saveTemplate && !words.isEmpty) {
      try Dialogue(desk, end: saveTemplate ? .template : draft ? .draft : .menu).run()
    } else if saveTemplate {
      try desk.saveTemplate()
    } else if draft {
      try desk.saveDraft()
    } else {
      try desk.print()
    }
  }

  static func failure(for error: any Error) -> Failure? {
    guard let error = error as? ComposeError else { return nil }
    return Failure(error)
  }
}

extension Failure {
  init(_ error: ComposeError) {
    switch error {
    case .badAddress:
      self.init(
        .badData, error.description, hint: "Addresses look like ada@example.org or Ada Example <ada@example.org>.")
    case .unknownList: self.init(.badData, error.description, hint: "mail-contact list-show shows the lists.")
    case .badField, .unknownPart, .noList: self.init(.badData, error.description)
    case .forbiddenField, .badURL: self.init(.usage, error.description)
    case .unknownIdentity:
      self.init(.usage, error.description, hint: "The identities stand in the configuration, see mail-config(5).")
    case .unreadable: self.init(.noInput, error.description)
    }
  }
}
