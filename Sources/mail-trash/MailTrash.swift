import MailCommand
import MailConfiguration
import MailStore
import MailSystem

@main
struct MailTrash: Command {
  static let configuration = CommandConfiguration(
    name: "mail-trash", abstract: "Move messages to Trash, bring them back, remove them for good.",
    subcommands: [Put.self, Restore.self, Empty.self, Expire.self], defaultSubcommand: Put.self)

  struct Put: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "put", abstract: "Move messages to Trash, which remembers where they came from.")

    @OptionGroup var references: ReferenceOptions
    @Flag(name: .long, help: "Also all other messages of the same conversations.") var thread = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let store = try storeOptions.openSynchronised { MailTrash.warn($0) }
      var resolver = ReferenceResolver(store, for: .change) { MailTrash.complain($0) }
      var ids = try resolver.numbers(references.references)
      if thread { ids = try store.withConversations(of: ids) }
      if !ids.isEmpty {
        catchInterrupts()
        var bar = Progress("Moving to Trash", total: ids.count)
        let result = try store.trash(ids) { bar.update($0) }
        bar.finish()
        try MailTrash.complainOfMissing(result.missing.count)
      }
      try resolver.finish()
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Move messages in Trash back to where they came from.")

    @OptionGroup var references: ReferenceOptions
    @Option(name: .long, help: ArgumentHelp("Move them to this folder instead.", valueName: "folder")) var to: String?
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let store = try storeOptions.openSynchronised { MailTrash.warn($0) }
      let target = try to.map { try store.folder(named: $0) }
      if let target, store.isInTrash(target) { throw Failure.usage("\(target.name): that is in Trash") }
      var resolver = ReferenceResolver(store, for: .change) { MailTrash.complain($0) }
      let ids = try resolver.numbers(references.references)
      if !ids.isEmpty {
        catchInterrupts()
        var bar = Progress("Restoring", total: ids.count)
        let result = try store.restore(ids, to: target) { bar.update($0) }
        bar.finish()
        for line in restoreNotes(result) { MailTrash.warn(line) }
        try MailTrash.complainOfMissing(result.missing)
      }
      try resolver.finish()
    }
  }

  struct Empty: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "empty", abstract: "Remove for good what is in Trash, and the folders in it.")

    @Flag(name: [.customShort("n"), .long], help: "Print what would go, and remove nothing.") var dryRun = false
    @Flag(name: [.customShort("0"), .customLong("null")], help: "Separate printed paths by NUL, not newline.")
    var null = false
    @Flag(name: [.short, .long], help: "Don't ask.") var yes = false
    @Flag(name: [.short, .long], help: "Print what was removed.") var verbose = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      // Whether there is something to remove or not: a script is to fail when it is written, not when it matters.
      guard yes || dryRun || isTerminal(standardInput) else {
        throw Failure.usage("nobody can be asked here", hint: "--yes removes what is in Trash without asking.")
      }
      let store = try storeOptions.openSynchronised { MailTrash.warn($0) }
      let plan = try store.planEmptying()
      if dryRun { return try MailTrash.show(plan, null: null, verbose: verbose) }
      if plan.isEmpty { return }
      let text = removalText(plan.count, bytes: plan.bytes, folders: plan.folders.count)
      guard yes || confirm("Remove \(text) for good?") else { throw ExitCode.no }
      catchInterrupts()
      var bar = Progress("Removing", total: plan.count)
      let result = try store.expire(plan) { bar.update($0) }
      bar.finish()
      if verbose { try MailTrash.printRemoved(result) }
    }
  }

  struct Expire: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "expire", abstract: "Remove what has been in Trash for 30 days, or what the configuration says.",
      discussion: "For cron and timers: prints nothing, unless asked or in trouble.")

    @Flag(name: [.customShort("n"), .long], help: "Print what would go, and remove nothing.") var dryRun = false
    @Flag(name: [.customShort("0"), .customLong("null")], help: "Separate printed paths by NUL, not newline.")
    var null = false
    @Flag(name: [.short, .long], help: "Print what was removed.") var verbose = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let rules = ExpiryRules(try storeOptions.configuration().expiry)
      let store: Store
      do {
        store = try storeOptions.openSynchronised { MailTrash.warn($0) }
      } catch StoreError.noSuchStore(let path) {
        // Somebody who has no mail yet needs no letter from cron about it.
        if verbose { MailTrash.warn("\(path): no such store yet") }
        return
      } catch StoreError.notAStore(let path) where isDirectory(path) {
        // Nor does somebody whose directory is made, with nothing in it yet.
        if verbose { MailTrash.warn("\(path): no mail yet") }
        return
      }
      let plan = try store.planExpiry { rules.lifetime(in: $0) }
      if dryRun { return try MailTrash.show(plan, null: null, verbose: verbose) }
      catchInterrupts()
      var bar = Progress("Removing", total: plan.count)
      let result = try store.expire(plan) { bar.update($0) }
      bar.finish()
      if verbose { try MailTrash.printRemoved(result) }
    }
  }

  private static func complainOfMissing(_ count: Int) throws {
    guard count > 0 else { return }
    throw Failure(
      .noInput, "\(count) \(count == 1 ? "message has" : "messages have") gone meanwhile; the others are moved")
  }

  /// Prints what would go; the sum goes to standard error, so that the output stays one of paths.
  private static func show(_ plan: ExpiryPlan, null: Bool, verbose: Bool) throws {
    try printExpiries(plan, null: null)
    guard verbose else { return }
    warn("\(removalText(plan.count, bytes: plan.bytes, folders: plan.folders.count)) would go")
  }

  private static func printRemoved(_ result: ExpiryResult) throws {
    let output = Output()
    try output.write("\(removalText(result.messages, bytes: result.bytes, folders: result.folders)) removed\n")
    if result.moved > 0 { try output.write("\(result.moved) moved to Trash\n") }
    try output.finish()
  }
}
