import MailBytes
import MailCommand
import MailCompose
import MailConfiguration
import MailContacts
import MailMIME
import MailStore
import MailSystem

/// Where one message is written: the composition, and everything around it.
final class Desk {
  let command: MailCompose
  let configuration: Configuration
  let identities: Identities
  var composition = Composition()
  /// The draft that is gone on with, or that follows the text.
  var keeper: DraftKeeper?
  /// What the editor wrote, and why it can't be read.
  var brokenPage: BrokenPage?
  /// The folder of an editor that died, when its text is gone on with.
  var orphan: WorkingFolder?
  let files = AttachedFiles()
  private(set) var store: Store?
  private let home = userHome()

  init(_ command: MailCompose) throws {
    self.command = command
    configuration = try command.storeOptions.configuration()
    identities = Identities(configuration, fallback: Self.fallback())
  }

  /// Who the user is where no configuration tells.
  private static func fallback() -> Configuration.Identity {
    // Without a name service the address is all there is to say.
    let user = try? User.withID(effectiveUserID())
    let name = user.flatMap { $0.fullName.isEmpty ? nil : $0.fullName }
    let address = environment("EMAIL") ?? "\(user?.name ?? "nobody")@\(hostName())"
    let mailbox = parseAddressList(address).flatMap(\.addresses).first
    return Configuration.Identity(name: mailbox?.name ?? name, address: mailbox?.address ?? address)
  }

  /// A page with a line that is no field.
  struct BrokenPage {
    var base: EditorPage
    var text: String
    var problem: ComposeError
  }

  // MARK: The store

  /// The store, opened when it is first needed.
  func openStore() throws -> Store {
    if let store { return store }
    let opened = try command.storeOptions.openSynchronised { MailCompose.warn($0) }
    store = opened
    return opened
  }

  /// The store for drafts; nil where there is none or it can't be written: the message is written all the same.
  func draftStore() throws -> Store? {
    do {
      let store = try openStore()
      return store.isReadOnly ? nil : store
    } catch let error as StoreError {
      guard case .noSuchStore = error else { throw error }
      return nil
    }
  }

  /// Where the editor's files lie.
  func workplace() throws -> String {
    if let store = try draftStore() { return store.root + "/postbag/compose" }
    guard let base = environment("XDG_STATE_HOME") ?? home.map({ $0 + "/.local/state" }) else {
      throw Failure(.configuration, "there is neither a store nor a home directory to keep the text in")
    }
    return base + "/postbag/compose"
  }

  // MARK: Building

  var context: BuildContext {
    let seconds = now() / 1_000_000_000
    let offset = Int(LocalTime(seconds: seconds).offset / 60)
    var context = BuildContext(identities: identities, date: MailDate(seconds: seconds, offsetMinutes: offset))
    context.members = { try self.members(of: $0) }
    context.warn = { MailCompose.warn($0) }
    context.signature = try? signatureBlock()  // what can't be read was told when the message was begun
    context.directory = currentDirectory()
    context.files = files
    return context
  }

  /// The members of a list or group of contacts.
  private func members(of list: ContactList) throws -> [Address] {
    let book = ContactBook(store: try openStore(), configuration: configuration)
    do {
      return try list.kind == .list
        ? book.expand(list: list.name).map(\.address) : book.expand(group: list.name).map(\.address)
    } catch {
      switch error {
      case .noSuchList, .noSuchGroup: throw ComposeError.unknownList(field: "", name: list.name)
      default: throw error
      }
    }
  }

  /// The signature for this message; nil for none.
  func signatureBlock() throws -> SignatureBlock? {
    if composition.wishes.isUnsigned { return nil }
    if let name = command.text.signature {
      if name == "none" { return nil }
      if name.utf8.contains(UInt8(ascii: "/")) { return try SignatureBlock(file: name) }
      return try identities.named(name).identity.signature.flatMap { try SignatureBlock($0, home: home) }
    }
    return try sender.identity.signature.flatMap { try SignatureBlock($0, home: home) }
  }

  /// Who the message is from.
  var sender: Identities.Choice {
    let from = parseAddressList(composition.addresses.from).flatMap(\.addresses).first
    return from.flatMap { identities.choice(for: $0.address) } ?? identities.standard
  }

  // MARK: Ends without an editor

  /// The message on standard output.
  func print() throws {
    if let brokenPage { throw brokenPage.problem }
    if composition.addresses.isWithoutRecipients {
      throw Failure.usage(
        "no recipients", hint: "Name them with --to, --cc or --bcc; --draft keeps a message without any.")
    }
    if composition.subject.isEmpty { MailCompose.warn("the message has no subject") }
    if let orphan, try draftStore() != nil {
      try keep()
      orphan.remove()
    }
    let output = Output()
    try output.write(try composition.built(context, draft: keeper?.key))
    try output.finish()
  }

  /// Puts the composition into Drafts.
  func keep() throws {
    if keeper == nil { keeper = try draftStore().map { DraftKeeper($0) } }
    guard let keeper else { throw StoreError.noSuchStore(try command.storeOptions.root()) }
    try keeper.save(composition.draftMessage(context))
  }

  func saveDraft() throws {
    try keep()
    orphan?.remove()
    if let path = try keeper?.path() { try printLines([path]) }
  }

  func saveTemplate() throws {
    guard !composition.subject.isEmpty else {
      throw Failure.usage("a template needs a subject: it is its name", hint: "Give one with --subject.")
    }
    let store = try openStore()
    let folder = try DraftKeeper.folder(.templates, of: store)
    if try templates(named: composition.subject, in: store).contains(where: { $0.subject == composition.subject }) {
      throw Failure(
        .cannotCreate, "there is a template '\(composition.subject)' already",
        hint: "Give this one another subject, or remove the other one with mail-trash.")
    }
    composition.thread = .init()
    composition.thread.messageID = newMessageID(for: sender.address)
    var message = NewMessage(bytes: composition.draftMessage(context))
    message.flags = [.seen]
    if let added = try store.add([message], to: folder).first ?? nil { try printLines([added.path]) }
  }
}
