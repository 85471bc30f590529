import MailCommand
import MailCompose

/// Messages that the new one comes from.
struct OriginOptions: ParsableArguments {
  @Flag(name: .long, help: "Answer who wrote the message.") var reply = false
  @Flag(name: .long, help: "Answer everybody.") var replyAll = false
  @Flag(name: .long, help: "Answer the mailing list.") var replyList = false
  @Flag(name: .long, help: "Pass messages on; --forward=inline in the text, --forward=attachment as they are.")
  var forward = false
  @Option(name: .long, help: .hidden) var forwardAs: ForwardStyle?
  @Flag(name: .long, help: "Go on with a draft, the newest one if none is named.") var resume = false
  @Option(name: .long, help: ArgumentHelp("Begin with a template: its subject, or a message.", valueName: "name"))
  var template: String?

  enum ForwardStyle: String, ExpressibleByArgument, CaseIterable { case inline, attachment }

  enum Kind {
    case reply(ReplyScope)
    case forward, resume
  }

  /// What was asked for; more than one is a mistake.
  var kinds: [Kind] {
    var kinds: [Kind] = []
    if reply { kinds.append(.reply(.author)) }
    if replyAll { kinds.append(.reply(.everybody)) }
    if replyList { kinds.append(.reply(.list)) }
    if forward { kinds.append(.forward) }
    if resume { kinds.append(.resume) }
    return kinds
  }
}

/// The fields of the message.
struct FieldOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("A recipient; may be given often, also list:NAME.", valueName: "address"))
  var to: [String] = []
  @Option(name: .long, help: ArgumentHelp("Who gets a copy.", valueName: "address")) var cc: [String] = []
  @Option(name: .long, help: ArgumentHelp("Who gets a copy that others don't see.", valueName: "address"))
  var bcc: [String] = []
  @Option(name: .long, help: ArgumentHelp("A list of contacts, each member as Bcc.", valueName: "name"))
  var list: [String] = []
  @Option(name: .long, help: ArgumentHelp("A group of contacts, each member as Bcc.", valueName: "name"))
  var group: [String] = []
  @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("The subject.", valueName: "text"))
  var subject: String?
  @Option(name: .long, help: ArgumentHelp("The identity to write as: its address or name.", valueName: "identity"))
  var from: String?
  @Option(name: .long, help: ArgumentHelp("Another field, 'Name: value'.", valueName: "field"))
  var header: [String] = []
  @Option(name: .long, help: ArgumentHelp("high, normal or low.", valueName: "priority")) var priority: String?
  @Flag(name: .long, help: "Ask for a report when the message is read.") var requestReceipt = false
}

/// What the message says.
struct TextOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Read the text from a file instead of standard input.", valueName: "file"))
  var textFile: String?
  @Flag(name: .long, help: "The text is Markdown; it is sent as HTML too.") var markdown = false
  @Flag(name: .long, help: "The text is HTML; it is sent as plain text too.") var html = false
  @Flag(name: .long, help: "The text is plain, whatever the configuration says.") var plain = false
  @Option(name: .long, help: "Where an answer has the original: above the text, below it, or none.")
  var quote: QuotePlace?
  @Option(name: .long, help: ArgumentHelp("An identity's signature, a file (with a '/'), or none.", valueName: "name"))
  var signature: String?
  @Option(name: .long, help: ArgumentHelp("Attach a file.", valueName: "file")) var attach: [String] = []
  @Flag(name: .long, help: "Attach the visiting card of the identity.") var vcard = false
}

/// Where an answer has the original.
enum QuotePlace: String, ExpressibleByArgument, CaseIterable { case above, below, none }
