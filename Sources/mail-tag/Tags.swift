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
      try printTags(try store.tags(), as: form, null: null, terminal: terminal)
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
      for name in names { try store.createTag(name, colour: colour) }
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
      for name in names {
        let count = try store.deleteTag(name)
        if count > 0 { MailTag.warn("\(name): deleted; \(count) message\(count == 1 ? "" : "s") had it") }
      }
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
