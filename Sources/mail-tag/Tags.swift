import MailCommand
import MailStore

extension MailTag {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the tags, and how many messages have them.")

    @Option(name: .long, help: "table, names or json. A table on a terminal, names elsewhere.") var format: TagFormat?
    @Flag(name: [.customShort("t"), .customLong("table")], help: "Print a table, wherever it goes.") var table = false
    @Flag(name: [.customShort("0"), .customLong("null")], help: "Separate names by NUL, not newline.") var null = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let terminal = Terminal()
      let store = try storeOptions.openSynchronised { MailTag.warn($0) }
      let form = format ?? (table ? .table : .standard(for: terminal))
      let tags = try store.tags()
      try printTags(tags, as: form, null: null, terminal: terminal)
      if tags.isEmpty, form == .table, terminal.isTerminal { MailTag.warn("no tags") }
    }
  }

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Make tags.")

    @Argument(help: ArgumentHelp("Names. A name stays as it is once made.", valueName: "name"))
    var names: [String] = []
    @Option(name: .long, help: "Their colour: a name such as red, or #rrggbb.", completion: .list(TagColour.names))
    var colour: TagColour?
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      guard !names.isEmpty else { throw Failure.usage("no tag named", hint: "Try 'mail-tag create --help'.") }
      let store = try storeOptions.openSynchronised { MailTag.warn($0) }
      try MailTag.forEach(names) { try store.createTag($0, colour: colour) }
    }
  }

  struct Colour: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "colour", abstract: "Give a tag another colour.", aliases: ["color"])

    @Argument(help: ArgumentHelp("The tag.", valueName: "name"), completion: .tagNames) var name: String
    @Argument(
      help: ArgumentHelp("A name such as red, #rrggbb, or none.", valueName: "colour"),
      completion: .list(TagColour.names + ["none"]))
    var colour: ColourOrNone
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      try storeOptions.openSynchronised { MailTag.warn($0) }.setColour(colour.colour, ofTag: name)
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Take tags off all messages and forget them.")

    @Argument(help: ArgumentHelp("The tags.", valueName: "name"), completion: .tagNames) var names: [String] = []
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      guard !names.isEmpty else { throw Failure.usage("no tag named", hint: "Try 'mail-tag delete --help'.") }
      let store = try storeOptions.openSynchronised { MailTag.warn($0) }
      try MailTag.forEach(names) { name in
        let count = try store.deleteTag(name)
        if count > 0 { MailTag.warn("\(name): deleted; \(count) message\(count == 1 ? "" : "s") had it") }
      }
    }
  }
}

extension MailTag {
  /// Calls `body` with all of `names`; one that can't be done is reported, and the first of them decides how it ends.
  fileprivate static func forEach(_ names: [String], _ body: (String) throws -> Void) throws {
    var code: ExitCode?
    for name in names {
      do {
        try body(name)
      } catch let error as StoreError where error.isAboutTag {
        let reported = ExitCode(report(error))
        code = code ?? reported
      }
    }
    if let code { throw code }
  }
}

extension StoreError {
  /// Another tag may do better.
  fileprivate var isAboutTag: Bool {
    switch self {
    case .noSuchTag, .tagExists, .badTagName: true
    default: false
    }
  }
}

/// A colour, or none.
struct ColourOrNone: ExpressibleByArgument {
  var colour: TagColour?

  init?(argument: String) {
    guard argument != "none" else { return }
    guard let colour = TagColour(argument) else { return nil }
    self.colour = colour
  }

  static var allValueStrings: [String] { ["none", "#rrggbb"] + TagColour.names }
}
